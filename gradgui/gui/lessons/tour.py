"""A short walk through the window: one place at a time is lit, with a sentence beside it; Escape ends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

NAME = Text(en="A walk through the window", zh="带你看看窗口")
ON = Text(en="Go on", zh="继续")
END = Text(en="Begin", zh="开始吧")
SKIP = Text(en="Skip", zh="跳过")
COUNT = Text(en="{now} of {count}", zh="{now}／{count}")
OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down)
DIM = 120
BUBBLE = 320


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and what to say about it."""

    place: QWidget
    words: Text


class Tour(QWidget):
    """Lies over the whole window while it lasts."""

    ended = Signal()

    def __init__(self, spots: Sequence[Spot], speech: Speech, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._spots, self._speech, self._theme, self._index = list(spots), speech, theme, 0
        self._bubble = QFrame(self)
        self._bubble.setObjectName("pane")
        self._words = Prose(speech, theme, size=Size.LARGE, parent=self._bubble)
        self._count = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self._bubble)
        self.on, self.skip = QPushButton(self._bubble), QPushButton(self._bubble)
        mark(self.on, "primary", True)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self.skip)
        row.addWidget(self.on)
        self._column = QVBoxLayout(self._bubble)
        self._column.addWidget(self._words)
        self._column.addLayout(row)
        for button in (self.on, self.skip):
            button.installEventFilter(self)
        self.on.clicked.connect(self.go_on)
        self.skip.clicked.connect(self.end)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.retranslate)
        self.hide()
        parent.installEventFilter(self)

    def begin(self) -> None:
        """From the first place."""
        self._index = 0
        self.show()
        self.raise_()
        self.retranslate()
        self.on.setFocus()

    def go_on(self) -> None:
        """To the next place, or to the end."""
        self._index += 1
        if self._index >= len(self._spots):
            self.end()
        else:
            self.retranslate()

    def end(self) -> None:
        """Leave the window to the user."""
        self.hide()
        self.ended.emit()

    def retranslate(self) -> None:
        """Say the place in the language of now, beside it."""
        say, last = self._speech.say, self._index + 1 >= len(self._spots)
        self.setAccessibleName(say(NAME))
        for button, text in ((self.on, END if last else ON), (self.skip, SKIP)):
            button.setText(say(text))
            button.setAccessibleName(say(text))
            button.setFont(self._theme.font(Size.BODY, bold=button is self.on))
        self.skip.setVisible(not last)
        spot = self._spots[min(self._index, len(self._spots) - 1)]
        self._words.tell(spot.words)
        self._words.setAccessibleName(say(spot.words))
        self._count.say(COUNT, now=self._index + 1, count=len(self._spots))
        edge = self._theme.px(Space.WIDE)
        self._column.setContentsMargins(edge, edge, edge, self._theme.px(Space.GAP))
        self._column.setSpacing(self._theme.px(Space.GAP))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window; on a button, arrows and Escape mean what they mean everywhere in the tour."""
        if watched is self._window:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays in the bubble: nothing below it can be reached."""
        other = self.skip if self.on.hasFocus() and self.skip.isVisible() else self.on
        other.setFocus()
        return True

    def event(self, event: QEvent) -> bool:
        """Keys belong to the tour while it lasts."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape skips, Enter and → go on, ← goes back."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key == Qt.Key.Key_Left and self._index:
            self._index -= 1
            self.retranslate()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_Space):
            self.go_on()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the bubble goes on."""
        self.go_on()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade, hole = QPainterPath(), QPainterPath()
        shade.addRect(QRectF(self.rect()))
        lit = QRectF(self._lit()).adjusted(-4, -4, 4, 4)
        hole.addRoundedRect(lit, px(Space.RADIUS), px(Space.RADIUS))
        dark = QColor(p.ink if not p.dark else p.ground)
        dark.setAlpha(DIM)
        painter.fillPath(shade.subtracted(hole), dark)
        painter.setPen(QPen(QColor(p.current), 2))
        painter.drawPath(hole)
        painter.end()

    def _lit(self) -> QRect:
        place = self._spots[min(self._index, len(self._spots) - 1)].place
        return QRect(place.mapTo(self._window, QPoint(0, 0)), place.size())

    def _place(self) -> None:
        """Cover the window; the bubble stands beside the lit place, wherever there is room."""
        window = self._window
        self.setGeometry(window.rect())
        width = self._theme.px(BUBBLE)
        self._bubble.setFixedWidth(width)
        height = max(self._bubble.heightForWidth(width), self._bubble.sizeHint().height())
        self._bubble.resize(width, height)
        lit, gap = self._lit(), self._theme.px(Space.WIDE)
        sides = (
            QPoint(lit.center().x() - width // 2, lit.bottom() + gap),
            QPoint(lit.center().x() - width // 2, lit.top() - gap - height),
            QPoint(lit.right() + gap, lit.center().y() - height // 2),
            QPoint(lit.left() - gap - width, lit.center().y() - height // 2),
        )
        room = window.rect().adjusted(gap, gap, -gap, -gap)
        found = next((side for side in sides if room.contains(QRect(side, self._bubble.size()))), None)
        if found is None:
            found = QPoint(lit.center().x() - width // 2, lit.bottom() + gap)
        left = min(max(found.x(), gap), max(gap, window.width() - width - gap))
        top = min(max(found.y(), gap), max(gap, window.height() - height - gap))
        self._bubble.move(left, top)
        self.update()
