"""A presenter's remote has two keys: one does what comes next in the class, the other takes it back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gradgui.lessons.lesson import Act, Do
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.text import Text
from gradgui.wiring.classroom import Classroom
from gradgui.wiring.desk import Desk
from gradgui.wiring.lessons import Lessons

ASK = Text(en="PageDown: ask the class", zh="PageDown：请全班表决")
SHOW_VOTE = Text(en="PageDown: show the vote", zh="PageDown：公布票数")
SETTLE = Text(en="PageDown: on with this answer", zh="PageDown：按这个答案往下讲")
LOCK = Text(en="PageDown: this is our answer", zh="PageDown：就选这个")
DO = Text(en="PageDown: do it, {n} of {all}", zh="PageDown：演示第 {n} 步，共 {all} 步")
READ = Text(en="PageDown: read on", zh="PageDown：往下看")
GO_ON = Text(en="PageDown: next step", zh="PageDown：下一步")
NEXT_LESSON = Text(en="PageDown: next lesson", zh="PageDown：下一课")
COME_BACK = Text(en="PageDown: back to the lesson", zh="PageDown：回到课程")
NOTHING_LEFT = Text(
    en="Everything that was recorded for this step has been done. PageUp begins it again.",
    zh="这一步录好的操作都演示完了。按 PageUp 重来。",
)


class Remote(QObject):
    """What the two keys mean follows from what is open: a vote, a question, a task, or the network alone."""

    changed = Signal()
    """The key would do something else now."""

    def __init__(self, desk: Desk, lessons: Lessons, classroom: Classroom, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._lessons, self._classroom, self._run = desk, lessons, classroom, lessons.run
        self._act = 0
        action = desk.actions.action
        action("class_on").triggered.connect(self.go_on)
        action("class_back").triggered.connect(self.go_back)
        desk.window.addActions([action("class_on"), action("class_back")])
        lessons.run.step_begun.connect(self._begin_step)
        lessons.run.changed.connect(self._tell)
        lessons.panel.read.connect(self._tell)
        classroom.vote_moved.connect(self._tell)

    @property
    def next(self) -> Text | None:
        """What the first key would do now, in words; None where the status line says it."""
        state, card = self._run.state, self._classroom.open_card
        if card is not None:
            return SETTLE if card.is_shown else SHOW_VOTE
        if state is None or state.now.stage is Stage.REVEALING:
            return None
        if state.wandering:
            return COME_BACK
        if self._lessons.panel.has_more:
            return READ
        stage = state.now.stage
        if stage is Stage.DOING:
            all_ = len(self._acts(state))
            return DO.filled(n=self._act + 1, all=all_) if self._act < all_ else None
        if stage is Stage.DONE:
            return GO_ON if state.can_go_on else NEXT_LESSON
        return ASK if state.now.chosen is None else LOCK

    @Slot()
    def go_on(self) -> None:
        """Show the vote, read on, ask the class, lock the answer, do the task, next step, next lesson; else step."""
        state, card = self._run.state, self._classroom.open_card
        if card is not None:
            card.go_on()
        elif state is None:
            self._desk.actions.action("step").trigger()
        elif state.wandering:
            self._run.come_back()
        elif not self._lessons.panel.read_on():
            self._take_up(state)

    @Slot()
    def go_back(self) -> None:
        """Vote again, read back, begin the step again, or the step before; without a lesson undo one event."""
        state, card = self._run.state, self._classroom.open_card
        if card is not None:
            card.go_back()
        elif state is None:
            self._desk.actions.action("step_back").trigger()
        elif state.wandering:
            self._run.come_back()
        elif state.now.stage is not Stage.REVEALING:
            self._take_back(state)

    # --- inside

    def _take_up(self, state: LessonState) -> None:
        stage = state.now.stage
        if stage is Stage.DOING:
            self._do_next(state)
        elif stage is Stage.DONE and state.can_go_on:
            self._run.go_on()
        elif stage is Stage.DONE:
            self._lessons.teach_next()
        elif stage is not Stage.REVEALING and state.now.chosen is None:
            self._desk.actions.action("poll").trigger()
        elif stage is not Stage.REVEALING:
            self._run.lock()

    def _take_back(self, state: LessonState) -> None:
        now = state.now
        touched = self._act or now.answers or now.chosen is not None or now.stage is Stage.DONE
        if state.index and (now.stage is Stage.DONE or not touched):
            self._run.go_back()
        elif touched:
            self._run.step_again()

    def _do_next(self, state: LessonState) -> None:
        """The next act of the recorded solution, as soon as the one before is on the screen."""
        acts = self._acts(state)
        if self._run.hands.busy:
            return
        if self._act >= len(acts):
            self._desk.window.say(NOTHING_LEFT)
            return
        self._act += 1
        self._run.hands.perform(acts[self._act - 1])
        self._tell()

    @staticmethod
    def _acts(state: LessonState) -> tuple[Act, ...]:
        return state.step.solution if isinstance(state.step, Do) else ()

    @Slot(object)
    def _begin_step(self, _state: LessonState) -> None:
        self._act = 0

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()
