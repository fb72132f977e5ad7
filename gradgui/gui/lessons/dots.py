"""How far a lesson is: one dot a step; those that were reached can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Space, Theme
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.text import Text

NAME = Text(en="Step {now} of {count}, {done} done", zh="第 {now} 步，共 {count} 步，已完成 {done} 步")


class Dots(QWidget):
    """Done is filled, the open step has a ring, the rest is hollow."""

    chosen = Signal(object)
    """The number of a step, from 0."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._state: LessonState | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_state(self, state: LessonState) -> None:
        """Show how far it is."""
        self._state = state
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Say it in words."""
        state = self._state
        if state is not None:
            done = sum(step.stage is Stage.DONE for step in state.steps)
            words = self._speech.say(NAME, now=state.index + 1, count=len(state.steps), done=done)
            self.setAccessibleName(words)
            self.setToolTip(words)

    def restyle(self) -> None:
        """Take the sizes of now."""
        self.setFixedHeight(self._theme.px(Space.WIDE))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = 0 if self._state is None else len(self._state.steps)
        return QSize(count * self._theme.px(Space.ICON), self._theme.px(Space.WIDE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().x() // self._theme.px(Space.ICON))
        if self._state is not None and 0 <= index <= self._state.reached:
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None or self._state is None:
            super().keyPressEvent(event)
        elif 0 <= self._state.index + way <= self._state.reached:
            self.chosen.emit(self._state.index + way)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = px(4)
        for index, step in enumerate(self._state.steps):
            middle = QPointF(px(Space.ICON) * index + px(7), self.height() / 2)
            done, now = step.stage is Stage.DONE, index == self._state.index
            painter.setPen(QPen(QColor(p.done if done else p.forward), 1.4))
            painter.setBrush(QColor(p.done) if done else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, radius, radius)
            if now:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(p.current), 1.6))
                painter.drawEllipse(middle, radius + px(2.6), radius + px(2.6))
        if self.hasFocus():
            painter.setPen(QPen(QColor(p.current), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        painter.end()
