"""The lesson beside the three views: its title, the open step, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.lessons.dots import Dots
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.lessons.step_view import StepView
from gradgui.gui.lessons.welcome import Welcome
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.lessons.lesson import Lesson, all_lessons
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.text import Text

LESSON = Text(en="Lesson {order} · about {minutes} min", zh="第 {order} 课 · 约 {minutes} 分钟")
IN_COURSE = Text(en="Lesson {order} · {place} of {count} today", zh="第 {order} 课 · 今天第 {place}／{count} 课")
AGAIN = Text(en="Begin this step again", zh="这一步重新开始")
WANDER = Text(en="Play freely", zh="自由探索")
COME_BACK = Text(en="Back to lesson", zh="回到课程")
BACK = Text(en="The step before", zh="上一步")
NEXT = Text(en="Next", zh="下一步")
FINISH = Text(en="Next lesson", zh="下一课")
THE_END = Text(en="Finish", zh="结束")
ALL = Text(en="All lessons", zh="全部课程")
LEAVE = Text(en="Close the lesson", zh="退出课程")
FREE = Text(
    en="Everything is yours now: change what you like. The lesson waits here, exactly as you left it.",
    zh="现在一切都由你做主，想改什么就改什么。课程停在原处等你回来。",
)
OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class LessonPanel(QWidget):
    """Shows a LessonRun; without a lesson, the invitation."""

    next_lesson_asked = Signal()
    gallery_asked = Signal()
    read = Signal()
    """Another part of the words can be seen."""

    def __init__(
        self, run: LessonRun, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._run, self._speech, self._theme, self._icons = run, speech, theme, icons
        self.view: StepView | None = None
        self.row: tuple[Lesson, ...] = ()
        """The lessons that follow each other."""
        self._arrived = False
        """Whether a new step waits for the keyboard: whoever goes on with Tab begins at its first answer."""
        self.welcome = Welcome(speech, theme, self)
        self._make_head()
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._scroll.setWidget(self._body)
        for told in (self._scroll.verticalScrollBar().valueChanged, self._scroll.verticalScrollBar().rangeChanged):
            told.connect(self.read)
        self._make_foot()
        self._arrange()
        run.step_begun.connect(self._make_view)
        run.changed.connect(self.show_state)
        run.told.connect(self._refresh)
        run.step_done.connect(self._bring_answer_soon)
        run.hands.said.connect(self._tell)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()
        self.show_state(run.state)

    @property
    def has_more(self) -> bool:
        """Whether words of the step lie below what can be seen."""
        bar = self._scroll.verticalScrollBar()
        return bar.maximum() - bar.value() > self._theme.px(Space.WIDE)

    def read_on(self) -> bool:
        """Show the words below; False where all has been seen."""
        more, bar = self.has_more, self._scroll.verticalScrollBar()
        if more:
            bar.setValue(bar.value() + bar.pageStep() - self._theme.px(2 * Space.WIDE))
        return more

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(Space.LESSON), self._theme.px(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(Space.LESSON), self._theme.px(240))

    def show_state(self, state: LessonState | None) -> None:
        """Show the lesson as far as it is; None for the invitation."""
        if state is None:
            self._return_keys()
        for part in (self._head, self._scroll, self._foot):
            part.setVisible(state is not None)
        self.welcome.setVisible(state is None)
        if state is None:
            self._drop_view()
            return
        if self.view is None:
            self._make_view(state)
        assert self.view is not None
        self.view.show_state(state)
        self._show_head(state)
        if self._arrived:
            self._arrived = False
            self.view.show()
            self.view.setFocus()
        self._show_foot(state)
        if state.now.stage is Stage.EXPLAINING and state.now.chosen is None:
            self._bring_answer_soon()

    def retranslate(self) -> None:
        """Say the buttons in the language of now."""
        words = {self._again: AGAIN, self._leave: LEAVE, self._all: ALL, self._back: BACK}
        for button, text in words.items():
            said = self._speech.say(text)
            button.setToolTip(said)
            button.setAccessibleName(said)
        if self._run.state is not None:
            self._show_foot(self._run.state)

    def restyle(self) -> None:
        """Take the sizes of now."""
        px = self._theme.px
        self._outer.setContentsMargins(px(Space.SMALL), px(Space.SMALL), px(Space.SMALL), px(Space.SMALL))
        self._outer.setSpacing(px(Space.SMALL))
        self._column.setContentsMargins(px(Space.TINY), px(Space.TINY), px(Space.SMALL), px(Space.TINY))
        for button, icon in (
            (self._again, "reset"),
            (self._leave, "close"),
            (self._all, "lessons"),
            (self._back, "chevron_left"),
        ):
            button.setIcon(self._icons.icon(icon, self._theme.palette.muted))
            button.setIconSize(QSize(1, 1) * px(Space.ICON))
            button.setFixedSize(QSize(1, 1) * px(Space.BUTTON - Space.TINY))
        self.updateGeometry()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._return_keys()

    def event(self, event: QEvent) -> bool:
        """Space and arrows belong to the answer or slider that has the keyboard, not to the run."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in OWN_KEYS and not (self.view is not None and self.view.hasFocus()):
                event.accept()
                return True
        return super().event(event)

    # --- inside

    def _make_head(self) -> None:
        self._head = QWidget(self)
        self._order = SaidLabel(self._speech, self._theme, size=Size.SMALL, tone=Tone.MUTED, parent=self._head)
        self._title = Prose(self._speech, self._theme, size=Size.LARGE, bold=True, parent=self._head)
        self.dots = Dots(self._speech, self._theme, self._head)
        self.dots.chosen.connect(self._run.go_to)
        self._all, self._leave = self._tool(self._head), self._tool(self._head)
        self._all.clicked.connect(self.gallery_asked)
        self._leave.clicked.connect(self._run.leave)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._order, 1)
        row.addWidget(self._all)
        row.addWidget(self._leave)
        column = QVBoxLayout(self._head)
        column.setContentsMargins(self._theme.px(Space.TINY), 0, 0, 0)
        column.setSpacing(self._theme.px(Space.TINY))
        column.addLayout(row)
        column.addWidget(self._title)
        column.addWidget(self.dots)

    def _make_foot(self) -> None:
        self._foot = QWidget(self)
        self._free = Prose(self._speech, self._theme, FREE, size=Size.SMALL, tone=Tone.MUTED, parent=self._foot)
        self._again, self._back = self._tool(self._foot), self._tool(self._foot)
        self._again.clicked.connect(self._run.step_again)
        self._back.clicked.connect(self._run.go_back)
        self.wander, self.next = QPushButton(self._foot), QPushButton(self._foot)
        self.wander.clicked.connect(self._wander)
        self.next.clicked.connect(self._go_on)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(Space.TINY))
        for button in (self.wander, self.next):
            mark(button, "tight", True)
        for widget, stretch in ((self._back, 0), (self._again, 0), (self.wander, 1), (self.next, 1)):
            row.addWidget(widget, stretch)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(self._theme.px(Space.TINY), 0, self._theme.px(Space.TINY), 0)
        column.addWidget(self._free)
        column.addLayout(row)

    def _arrange(self) -> None:
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._head)
        self._outer.addWidget(self._scroll, 1)
        self._outer.addWidget(self._foot)
        self._outer.addWidget(self.welcome, 1)

    def _tool(self, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        mark(button, "bare", True)
        return button

    def _make_view(self, state: LessonState) -> None:
        self._drop_view()
        self.view = StepView(self._run, state, self._speech, self._theme, self._icons, self._body)
        self.view.option_chosen.connect(self._run.choose)
        self.view.locked.connect(self._run.lock)
        self.view.hint_asked.connect(self._run.ask_hint)
        self._column.addWidget(self.view)
        self._arrived = True
        self._scroll.verticalScrollBar().setValue(0)

    def _return_keys(self) -> None:
        """The keys are the window's again, not those of whatever button Qt finds next."""
        holder = QApplication.focusWidget()
        if holder is not None and self.isAncestorOf(holder):
            self.window().setFocus()

    def _drop_view(self) -> None:
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None

    def _show_head(self, state: LessonState) -> None:
        lesson = state.lesson
        if lesson in self.row and len(self.row) < len(all_lessons()):
            place = self.row.index(lesson) + 1
            self._order.say(IN_COURSE, order=lesson.order, place=place, count=len(self.row))
        else:
            self._order.say(LESSON, order=lesson.order, minutes=lesson.minutes)
        self._title.tell(lesson.title)
        self.dots.show_state(state)

    def _show_foot(self, state: LessonState) -> None:
        say, free = self._speech.say, state.wandering
        last = state.index + 1 == len(state.steps)
        done = state.now.stage is Stage.DONE
        on = THE_END if self.row and state.lesson is self.row[-1] else FINISH
        words = {self.wander: COME_BACK if free else WANDER, self.next: on if last else NEXT}
        for button, text in words.items():
            button.setText(say(text))
            button.setAccessibleName(say(text))
            button.setFont(self._theme.font(Size.BODY, bold=button is self.next and done))
        self._free.setVisible(free)
        self._scroll.setEnabled(not free)
        self.wander.setEnabled(free or state.now.stage is not Stage.REVEALING)
        self.next.setEnabled(not free and (state.can_go_on or (last and done)))
        mark(self.next, "primary", done and not free)
        mark(self.wander, "primary", free)
        self._again.setEnabled(not free)
        self._back.setEnabled(not free and state.index > 0)

    def _bring_answer_soon(self) -> None:
        QTimer.singleShot(0, self._bring_answer)

    def _bring_answer(self) -> None:
        """What came of a task or an answer must be seen, also below a long list."""
        if self.view is not None and self.view.outcome.isVisible():
            self._scroll.ensureWidgetVisible(self.view.outcome)

    def _refresh(self) -> None:
        if self.view is not None and self._run.state is not None:
            self.view.refresh()

    def _tell(self, text: Text) -> None:
        if self.view is not None:
            self.view.tell(text)

    def _wander(self) -> None:
        state = self._run.state
        if state is not None:
            self._run.come_back() if state.wandering else self._run.wander()

    def _go_on(self) -> None:
        state = self._run.state
        if state is not None and state.can_go_on:
            self._run.go_on()
        elif state is not None and state.index + 1 == len(state.steps):
            self.next_lesson_asked.emit()
