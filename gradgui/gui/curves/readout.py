"""One number with its name and, like a legend, the line it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.plotting import DASHED, line_pen


class LineSample(QWidget):
    """A short piece of a curve, as drawn in the plot."""

    def __init__(self, theme: Theme, dashed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._dashed = theme, dashed
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as two dashes and a half."""
        return QSize(self._theme.px(22), self._theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line in the middle."""
        p = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(p.curve_test, 2, DASHED) if self._dashed else line_pen(p.curve_train, 2))
        painter.drawLine(1, self.height() // 2, self.width() - 1, self.height() // 2)


class Readout(QWidget):
    """A caption above a large number; the number's width does not jump."""

    def __init__(self, theme: Theme, sample: LineSample | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._caption, self._value = QLabel(self), QLabel(self)
        self._caption_row = QHBoxLayout()
        if sample is not None:
            self._caption_row.addWidget(sample)
        self._caption_row.addWidget(self._caption)
        self._caption_row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._caption_row)
        column.addWidget(self._value)
        theme.changed.connect(self.restyle)
        self.restyle()

    @property
    def words(self) -> str:
        """The number as shown."""
        return self._value.text()

    def set_caption(self, words: str) -> None:
        """Name the number."""
        self._caption.setText(words)
        self._value.setAccessibleName(words)

    def set_value(self, words: str) -> None:
        """Show the number."""
        if words != self._value.text():
            self._value.setText(words)

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        px, palette = self._theme.px, self._theme.palette
        self._caption_row.setSpacing(px(6))
        self._caption.setFont(self._theme.font(Size.SMALL))
        self._caption.setStyleSheet(f"color: {palette.muted};")
        self._value.setFont(self._theme.font(Size.TITLE, bold=True))
        self._value.setStyleSheet(f"color: {palette.ink};")
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance("0.00000"))
