"""How many hands an answer got: a bar with its number, and the round before as a pale one behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.text import Text

WORDS, HEIGHT = 96.0, 24.0
"""Room for the number behind the longest bar, and for bar and number from top to bottom."""


class VoteBar(QWidget):
    """Empty until it is told a share."""

    def __init__(self, name: Text, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._speech, self._theme = name, speech, theme
        self._share: float | None = None
        self._before: float | None = None
        self._hands = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.updateGeometry)
        self.retranslate()

    @property
    def share(self) -> float | None:
        """What it shows, 0 to 1; None while the vote is hidden."""
        return self._share

    def show_share(self, share: float, hands: int, before: float | None) -> None:
        """Of all hands; `before` is the share in the round before."""
        self._share, self._hands, self._before = share, hands, before
        self.setAccessibleDescription(f"{hands} ({share:.0%})")
        self.update()

    def show_nothing(self) -> None:
        """The vote is hidden."""
        self._share = self._before = None
        self.setAccessibleDescription("?")
        self.update()

    def retranslate(self) -> None:
        """Name it in the language of now."""
        self.setAccessibleName(self._speech.say(self._name))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WORDS * 2), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, the number in words, the pale bar of the round before."""
        painter, px, palette = QPainter(self), self._theme.px, self._theme.palette
        room = self.width() - px(WORDS)
        bar = QRectF(0, px(Space.TINY), room, self.height() - 2 * px(Space.TINY))
        painter.fillRect(bar, QColor(palette.hover))
        if self._share is None:
            return
        if self._before is not None:
            painter.fillRect(QRectF(0, 0, room * self._before, px(Space.TINY) - 1), QColor(palette.forward))
        bar.setWidth(room * self._share)
        painter.fillRect(bar, QColor(palette.curve_train))
        painter.setFont(self._theme.font(Size.BODY, bold=True))
        painter.setPen(QColor(palette.ink))
        words = QRectF(room + px(Space.SMALL), 0, px(WORDS), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, f"{self._hands} · {self._share:.0%}")
