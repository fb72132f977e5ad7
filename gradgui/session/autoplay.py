"""A lesson that plays by itself: tasks are done before the eyes of the class, questions wait for its answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gradgui.lessons.lesson import Do
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState, Stage

PAUSE_MS = 2600
"""Between two acts, and before the next step, at speed 1."""
BUSY_MS = 60
"""How soon to look again while the window is still at the act before."""
SPEEDS = (0.5, 1.0, 2.0, 4.0)


class AutoPlay(QObject):
    """Plays the recorded solution of each task, and goes on where a step is done; at a question it waits."""

    changed = Signal(object)
    """Whether it plays."""

    def __init__(self, run: LessonRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._speed, self._playing, self._act = 1.0, False, 0
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._go)
        run.changed.connect(self._follow)
        run.step_begun.connect(self._begin_step)

    @property
    def playing(self) -> bool:
        """Whether it plays, or waits at a question to play on."""
        return self._playing

    @property
    def speed(self) -> float:
        """1.0 leaves time to speak; 2.0 halves every pause."""
        return self._speed

    def use_speed(self, speed: float) -> None:
        """Shorter or longer pauses from now on."""
        self._speed = min(max(speed, SPEEDS[0]), SPEEDS[-1])

    def change_speed(self, by: int) -> float:
        """So many of the SPEEDS faster, or slower; returns what it is now."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self._speed))
        self.use_speed(SPEEDS[min(max(nearest + by, 0), len(SPEEDS) - 1)])
        return self._speed

    @Slot()
    def start(self) -> None:
        """Play the open lesson from the step that is open."""
        if self._run.state is not None and not self._playing:
            self._playing = True
            self.changed.emit(True)
            if self._run.state.now.stage is Stage.DOING:
                self._run.step_again()
            self._wait()

    @Slot()
    def stop(self) -> None:
        """The teacher takes over."""
        self._next.stop()
        if self._playing:
            self._playing = False
            self.changed.emit(False)

    # --- inside

    def _wait(self, milliseconds: float | None = None) -> None:
        self._next.start(round(PAUSE_MS / self._speed if milliseconds is None else milliseconds))

    @Slot(object)
    def _begin_step(self, _state: LessonState) -> None:
        self._act = 0

    @Slot(object)
    def _follow(self, state: LessonState | None) -> None:
        """A question was answered, or a task came to its end."""
        if state is None or state.wandering:
            self.stop()
        elif self._playing and not self._next.isActive() and state.now.stage in (Stage.DOING, Stage.DONE):
            self._wait()

    @Slot()
    def _go(self) -> None:
        state = self._run.state
        if state is None or not self._playing:
            return
        if state.now.stage is Stage.DONE:
            self._leave_step(state)
        elif state.now.stage is Stage.DOING:
            self._do_next(state)

    def _leave_step(self, state: LessonState) -> None:
        if state.can_go_on:
            self._run.go_on()
            self._wait()
        else:
            self.stop()

    def _do_next(self, state: LessonState) -> None:
        step = state.step
        assert isinstance(step, Do)
        if self._run.hands.busy:
            self._wait(BUSY_MS)
        elif self._act < len(step.solution):
            self._act += 1
            self._run.hands.perform(step.solution[self._act - 1])
            self._wait()
        else:
            self.stop()
