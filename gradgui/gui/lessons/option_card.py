"""One answer to choose: a card with a ring, a tick or a cross, its words, and below them what to say about it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import Tone
from gradgui.text import Text

RING = 16
TICK = ((0.22, 0.54), (0.43, 0.74), (0.8, 0.28))
CROSS = (((0.28, 0.28), (0.72, 0.72)), ((0.72, 0.28), (0.28, 0.72)))
RIGHT = Text(en="{words} Right.", zh="{words} 答对了。")
WRONG = Text(en="{words} Not right.", zh="{words} 不对。")


class Mark(Enum):
    """What stands before the words."""

    OPEN = "open"
    CHOSEN = "chosen"
    RIGHT = "right"
    WRONG = "wrong"


class OptionCard(QAbstractButton):
    """Click or Space picks it."""

    def __init__(self, words: Text, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._speech, self._theme = words, speech, theme
        self._mark = Mark.OPEN
        self._label = Prose(speech, theme, words, parent=self)
        self._feedback = Prose(speech, theme, size=Size.BODY, parent=self)
        for label in (self._label, self._feedback):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._feedback.hide()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label)
        self._column.addWidget(self._feedback)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def mark(self) -> Mark:
        """What stands before the words."""
        return self._mark

    def show_state(self, words: Text, mark: Mark, feedback: Text | None, enabled: bool) -> None:
        """Read like this now."""
        self._words, self._mark = words, mark
        self._label.tell(words)
        self._feedback.tell(feedback)
        self._label.set_tone(Tone.MUTED if not enabled and mark is Mark.OPEN else Tone.PLAIN)
        self.setEnabled(enabled)
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Name it in the language of now, with the verdict."""
        said = self._speech.say(self._words)
        verdict = {Mark.RIGHT: RIGHT, Mark.WRONG: WRONG}.get(self._mark)
        self.setAccessibleName(self._speech.say(verdict, words=said) if verdict else said)

    def restyle(self) -> None:
        """Take the sizes of now."""
        px = self._theme.px
        left = px(Space.GAP) + px(RING) + px(Space.SMALL)
        self._column.setContentsMargins(left, px(Space.SMALL), px(Space.GAP), px(Space.SMALL))
        self._column.setSpacing(px(Space.TINY))
        self.update()

    def sizeHint(self) -> QSize:
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._label.fontMetrics().height() + 2 * self._theme.px(Space.SMALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self._mark is Mark.CHOSEN
        hovered = self.underMouse() and self.isEnabled()
        border = p.current if chosen or self.hasFocus() else p.done if self._mark is Mark.RIGHT else p.line
        painter.setPen(QPen(QColor(border), 1.5 if chosen or self.hasFocus() else 1))
        painter.setBrush(QColor(p.hover if hovered else p.panel))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, px(Space.SMALL), px(Space.SMALL))
        side = px(RING)
        line = self._label.fontMetrics().height()
        top = px(Space.SMALL) + (line - side) / 2
        self._draw_mark(painter, QRectF(px(Space.GAP), max(top, 2), side, side))
        painter.end()

    def _draw_mark(self, painter: QPainter, box: QRectF) -> None:
        p = self._theme.palette
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._mark in (Mark.OPEN, Mark.CHOSEN):
            painter.setPen(QPen(QColor(p.current if self._mark is Mark.CHOSEN else p.forward), 1.5))
            painter.drawEllipse(box)
            if self._mark is Mark.CHOSEN:
                painter.setBrush(QColor(p.current))
                inside = box.width() * 0.28
                painter.drawEllipse(box.adjusted(inside, inside, -inside, -inside))
            return
        right = self._mark is Mark.RIGHT
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(p.done if right else p.muted))
        painter.drawEllipse(box)
        pen = QPen(QColor(p.panel), max(1.6, box.width() * 0.12))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for stroke in (TICK,) if right else CROSS:
            painter.drawPolyline(QPolygonF([_inside(box, *place) for place in stroke]))


def _inside(box: QRectF, u: float, v: float) -> QPointF:
    return QPointF(box.x() + u * box.width(), box.y() + v * box.height())
