"""Which class the brush draws: a button for each, and one more for a new class."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from gradgui.catalog.datasets.points import MOST_CLASSES
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.glyphs import brush_and_pen, class_ink, draw_glyph
from gradgui.gui.language import Speech
from gradgui.gui.theme import Space, Theme

_SIDE = 30


class ClassButton(QAbstractButton):
    """The glyph of a class; a plus on it stands for one that does not exist yet."""

    def __init__(self, number: int, new: bool, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._new, self._theme = number, new, theme
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = speech.say(words.NEW_CLASS if new else words.BRUSH_CLASS, number=number)
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.setFixedSize(theme.px(_SIDE), theme.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and glyph."""
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        painter.setPen(QPen(QColor(p.current if self.hasFocus() else p.ink if on else p.line), 1.5 if on else 1))
        painter.setBrush(QColor(p.hover) if on or self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, px(8), px(8))
        if self._new and not on:
            painter.setPen(QColor(p.muted))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, "+")
            return
        middle = frame.adjusted(px(8), px(8), -px(8), -px(8))
        ink = class_ink(self._theme, self._number)
        draw_glyph(painter, middle, self._number, *brush_and_pen(self._theme, ink, hollow=False))


class ClassChooser(QWidget):
    """Exactly one class is in the brush."""

    chosen = Signal(object)
    """Its number."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._classes = 0
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._hear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        speech.changed.connect(self.rebuild)
        theme.changed.connect(self.rebuild)

    @property
    def choice(self) -> int:
        """The class in the brush."""
        return max(self._group.checkedId(), 0)

    def button(self, number: int) -> QAbstractButton:
        """The button of one class."""
        return self._group.button(number)

    def show_classes(self, classes: int) -> None:
        """Offer so many classes and one more."""
        if classes != self._classes:
            self._classes = classes
            self.rebuild()

    def rebuild(self) -> None:
        """Make the buttons anew."""
        chosen = min(self.choice, self._classes)
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._row.setSpacing(self._theme.px(Space.TINY))
        for number in range(min(self._classes + 1, MOST_CLASSES)):
            button = ClassButton(number, number == self._classes, self._speech, self._theme, self)
            self._group.addButton(button, number)
            self._row.addWidget(button)
        if self._group.button(chosen) is not None:
            self._group.button(chosen).setChecked(True)

    def _hear(self, number: int) -> None:
        self.chosen.emit(number)
