"""One data set of the gallery: a stamp-sized picture with its name below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from gradgui.gui.data.thumbnail import blank, thumbnail
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.session.snapshot import DataView
from gradgui.text import Text

SIDE, WIDE, HIGH = 52, 77, 90


class SetCard(QAbstractButton):
    """Pressed to learn from this set; framed while it is in force."""

    def __init__(
        self,
        kind: str,
        name: Text,
        question: Text,
        data: DataView | None,
        speech: Speech,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        """`data` None: an icon stands for a set that is chosen elsewhere."""
        super().__init__(parent)
        self.kind = kind
        self._name, self._question, self._data = name, question, data
        self._speech, self._theme, self._icons = speech, theme, icons
        self._picture: QPixmap | None = None
        self._hovered = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Say the name in the language of now."""
        self.setText(self._speech.say(self._name))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._speech.say(self._question))
        self.setToolTip(self._speech.say(self._question))
        self._fit_words()
        self.update()

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        self._picture = None
        self.setFixedSize(self.sizeHint())
        self._fit_words()
        self.update()

    def _fit_words(self) -> None:
        """A long word is written a little smaller rather than cut."""
        font = self._theme.font(Size.SMALL)
        longest = max((QFontMetricsF(font).horizontalAdvance(word) for word in self.text().split()), default=0.0)
        room = self._theme.px(WIDE - 2)
        self.setFont(self._theme.font(Size.SMALL * room / longest) if longest > room else font)

    def sizeHint(self) -> QSize:
        """A picture and two lines."""
        return QSize(self._theme.px(WIDE), self._theme.px(HIGH))

    def nextCheckState(self) -> None:
        """Only the document says which one is in force."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Calm down."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, picture, name."""
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(p.hover))
            painter.drawRoundedRect(frame, px(8), px(8))
        edge = p.current if self.hasFocus() else p.ink if self.isChecked() else None
        if edge is not None:
            painter.setPen(QPen(QColor(edge), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, px(8), px(8))
        side = px(SIDE)
        painter.drawPixmap((self.width() - side) // 2, px(6), self._drawn())
        painter.setPen(QColor(p.ink if self.isChecked() else p.muted))
        words = QRectF(0, px(6) + side + px(1), self.width(), self.height() - px(8) - side)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.text())

    def _drawn(self) -> QPixmap:
        if self._picture is None:
            size, ratio = QSize(self._theme.px(SIDE), self._theme.px(SIDE)), self.devicePixelRatioF()
            if self._data is None:
                self._picture = blank(self._icons.pixmap("table", ratio, self._theme.palette.muted), self._theme, size)
            else:
                self._picture = thumbnail(self._data, self._theme, size, ratio)
        return self._picture
