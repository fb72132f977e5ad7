"""How sure the network is of each class: a bar and a number for every one, the longest in ink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.data import sheet_words as words
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.session.snapshot import Array
from gradgui.text import Text

_ROW, _NAME, _NUMBER = 19, 72, 48


class ShareBars(QWidget):
    """Shares of 1; hatched with “?” until something was asked."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._names: tuple[Text, ...] = ()
        self._shares: Array | None = None
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)

    @property
    def shares(self) -> Array | None:
        """What is shown."""
        return self._shares

    def show_shares(self, names: tuple[Text, ...], shares: Array | None) -> None:
        """Show one share for each class."""
        if names != self._names:
            self._names = names
            self.updateGeometry()
        self._shares = shares
        self.retranslate()

    def retranslate(self) -> None:
        """Say the best answer in the language of now."""
        said = self._speech.say(words.NO_ANSWER)
        if self._shares is not None and len(self._shares) == len(self._names):
            best = int(self._shares.argmax())
            said = self._speech.say(words.BEST, name=self._names[best], share=f"{100 * self._shares[best]:.0f}")
        self.setAccessibleName(said)
        self.update()

    def restyle(self) -> None:
        """Take the sizes of now."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each class."""
        return QSize(self._theme.px(180), self._theme.px(_ROW) * max(len(self._names), 1))

    def minimumSizeHint(self) -> QSize:
        """Rows are never cut."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        known = self._shares is not None and len(self._shares) == len(self._names)
        best = int(self._shares.argmax()) if known and self._shares is not None else -1
        for number in range(len(self._names)):
            share = float(self._shares[number]) if known and self._shares is not None else None
            self._draw_row(painter, number, share, number == best)

    def _name_width(self) -> int:
        """As wide as the longest name, within limits."""
        metrics = QFontMetrics(self._theme.font(Size.SMALL, bold=True))
        longest = max((metrics.horizontalAdvance(self._speech.say(name)) for name in self._names), default=0)
        return min(longest + self._theme.px(10), self._theme.px(_NAME))

    def _draw_row(self, painter: QPainter, number: int, share: float | None, best: bool) -> None:
        px, p = self._theme.px, self._theme.palette
        row = QRectF(0, number * px(_ROW), self.width(), px(_ROW))
        painter.setFont(self._theme.font(Size.SMALL, bold=best))
        painter.setPen(QColor(p.ink))
        wide = self._name_width()
        name = painter.fontMetrics().elidedText(
            self._speech.say(self._names[number]), Qt.TextElideMode.ElideRight, wide - px(4)
        )
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, name)
        room = row.adjusted(wide, px(5), -px(_NUMBER), -px(5))
        painter.setPen(Qt.PenStyle.NoPen)
        if share is None:
            painter.fillRect(room, QBrush(QColor(p.forward), Qt.BrushStyle.BDiagPattern))
        else:
            painter.setBrush(QColor(p.line))
            painter.drawRoundedRect(room, 3, 3)
            painter.setBrush(QColor(p.ink if best else p.forward))
            painter.drawRoundedRect(QRectF(room.x(), room.y(), max(room.width() * share, 1), room.height()), 3, 3)
        painter.setPen(QColor(p.ink if best else p.muted))
        said = "?" if share is None else f"{100 * share:.1f} %" if share < 0.9995 else "100 %"
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, said)
