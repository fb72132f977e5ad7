"""One lesson in the gallery: number, title, minutes, what you will find out, and how far you are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.lessons.lesson import Lesson
from gradgui.text import Text

MINUTES = Text(en="{minutes} min", zh="{minutes} 分钟")
COURSE = Text(en="{minutes} min · short course", zh="{minutes} 分钟 · 短课")
NAME = Text(en="Lesson {order}: {title}. {goal} {done} % done.", zh="第 {order} 课：{title}。{goal}已完成 {done}%。")
BAR = 3


class LessonCard(QAbstractButton):
    """Click or Space opens the lesson."""

    def __init__(
        self, lesson: Lesson, in_course: bool, speech: Speech, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lesson = lesson
        self._speech, self._theme, self._share = speech, theme, 0.0
        minutes = (COURSE if in_course else MINUTES).filled(minutes=lesson.minutes)
        head = SaidLabel(speech, theme, Text(en=f"{lesson.order}", zh=f"{lesson.order}"), size=Size.SMALL, bold=True)
        time = SaidLabel(speech, theme, minutes, size=Size.SMALL, tone=Tone.MUTED)
        title = Prose(speech, theme, lesson.title, size=Size.BODY, bold=True)
        goal = Prose(speech, theme, lesson.opening, size=Size.SMALL, tone=Tone.MUTED)
        self._column = QVBoxLayout(self)
        row = QHBoxLayout()
        row.addWidget(head)
        row.addStretch(1)
        row.addWidget(time)
        self._column.addLayout(row)
        self._column.addWidget(title)
        self._column.addWidget(goal)
        self._column.addStretch(1)
        for label in (head, time, title, goal):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def show_share(self, share: float) -> None:
        """How much of it is done, from 0 to 1."""
        self._share = share
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Say the card in the language of now."""
        lesson = self.lesson
        done = round(100 * self._share)
        words = self._speech.say(NAME, order=lesson.order, title=lesson.title, goal=lesson.opening, done=done)
        self.setAccessibleName(words)

    def restyle(self) -> None:
        """Take the sizes of now."""
        edge = self._theme.px(Space.GAP)
        self._column.setContentsMargins(edge, self._theme.px(Space.SMALL), edge, edge)
        self._column.setSpacing(self._theme.px(Space.TINY))
        self.update()

    def sizeHint(self) -> QSize:
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(Space.TOOL_BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(QColor(p.current if self.hasFocus() else p.line), 1.5 if self.hasFocus() else 1))
        painter.setBrush(QColor(p.hover if lit else p.panel))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, px(Space.SMALL), px(Space.SMALL))
        left, width = px(Space.GAP), self.width() - 2 * px(Space.GAP)
        bar = QRectF(left, self.height() - px(Space.SMALL), width, px(BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(p.line))
        painter.drawRoundedRect(bar, px(BAR) / 2, px(BAR) / 2)
        if self._share > 0:
            painter.setBrush(QColor(p.done))
            bar.setWidth(width * self._share)
            painter.drawRoundedRect(bar, px(BAR) / 2, px(BAR) / 2)
        painter.end()
