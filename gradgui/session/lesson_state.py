"""How far a student is in a lesson: a value that changes only by the moves below, so that it can be kept and tested."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from gradgui.lessons.lesson import Do, Lesson, Predict, Step


class Stage(Enum):
    """Where a step stands."""

    ASKING = "asking"
    """A question is open; nothing is revealed."""
    REVEALING = "revealing"
    """The answer is locked; the run is moving to where the truth can be seen."""
    EXPLAINING = "explaining"
    """A wrong answer was given and the truth is on the screen: choose again."""
    DOING = "doing"
    """A task is open."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class StepState:
    """One step, as far as it got."""

    stage: Stage
    chosen: int | None = None
    """The option that is picked but not locked."""
    answers: tuple[int, ...] = ()
    """Options locked so far; the first one is the prediction."""
    right: int | None = None
    """The option that the engine proved true; None before the reveal."""
    hinted: bool = False
    parts: tuple[bool, ...] = ()
    """Ticks of a task's list."""

    @property
    def answer(self) -> int | None:
        """The option whose feedback is shown: the last one locked, once the truth is known."""
        return self.answers[-1] if self.answers and self.right is not None else None

    @property
    def predicted(self) -> bool:
        """Whether the very first answer was right."""
        return bool(self.answers) and self.answers[0] == self.right


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson and the step that is open."""

    lesson: Lesson
    steps: tuple[StepState, ...]
    index: int = 0
    wandering: bool = False
    """Whether the student plays freely; the lesson waits."""

    @property
    def step(self) -> Step:
        """The step that is open."""
        return self.lesson.steps[self.index]

    @property
    def now(self) -> StepState:
        """How far that step is."""
        return self.steps[self.index]

    @property
    def finished(self) -> bool:
        """Whether every step is done."""
        return all(step.stage is Stage.DONE for step in self.steps)

    @property
    def can_go_on(self) -> bool:
        """Whether the next step may be opened."""
        return self.now.stage is Stage.DONE and self.index + 1 < len(self.steps)

    @property
    def reached(self) -> int:
        """The furthest step that may be opened."""
        done = [state.stage is Stage.DONE for state in self.steps]
        return next((index for index, is_done in enumerate(done) if not is_done), len(done) - 1)


def begun(lesson: Lesson) -> LessonState:
    """A lesson that nobody has begun."""
    return LessonState(lesson, tuple(_fresh(step) for step in lesson.steps))


def _fresh(step: Step) -> StepState:
    if isinstance(step, Do):
        return StepState(Stage.DOING, parts=(False,) * len(step.parts))
    return StepState(Stage.ASKING)


# ── Moves; one that does not fit the stage changes nothing ───────────────────────────────────────


def with_now(state: LessonState, now: StepState) -> LessonState:
    """The open step is like this now."""
    steps = (*state.steps[: state.index], now, *state.steps[state.index + 1 :])
    return replace(state, steps=steps)


def chosen(state: LessonState, option: int) -> LessonState:
    """An option is picked; it can still be changed."""
    step, now = state.step, state.now
    open_ = now.stage in (Stage.ASKING, Stage.EXPLAINING) and isinstance(step, Predict)
    if not open_ or not 0 <= option < len(step.options) or option in now.answers:  # type: ignore[union-attr]
        return state
    return with_now(state, replace(now, chosen=option))


def locked(state: LessonState) -> LessonState:
    """The picked option is the answer: a prediction has to be looked at, a second try is judged at once."""
    now = state.now
    if now.chosen is None:
        return state
    answers = (*now.answers, now.chosen)
    if now.stage is Stage.ASKING:
        return with_now(state, replace(now, stage=Stage.REVEALING, answers=answers, chosen=None))
    done = now.chosen == now.right
    return with_now(state, replace(now, stage=Stage.DONE if done else Stage.EXPLAINING, answers=answers, chosen=None))


def revealed(state: LessonState, right: int) -> LessonState:
    """The truth is on the screen."""
    now = state.now
    if now.stage is not Stage.REVEALING:
        return state
    stage = Stage.DONE if now.answers[-1] == right else Stage.EXPLAINING
    return with_now(state, replace(now, stage=stage, right=right))


def hinted(state: LessonState) -> LessonState:
    """The hint is shown."""
    return with_now(state, replace(state.now, hinted=True))


def ticked(state: LessonState, done: bool, parts: tuple[bool, ...]) -> LessonState:
    """A task's condition was looked at; what has been done stays done."""
    now = state.now
    if now.stage is not Stage.DOING:
        return state
    all_parts = parts if not done else (True,) * len(parts)
    return with_now(state, replace(now, parts=all_parts, stage=Stage.DONE if done else Stage.DOING))


def at_step(state: LessonState, index: int) -> LessonState:
    """Another step is open, as far as it may be."""
    return replace(state, index=min(max(index, 0), state.reached))


def step_again(state: LessonState) -> LessonState:
    """The open step as if nobody had touched it."""
    return with_now(state, _fresh(state.step))


def wandering(state: LessonState, away: bool) -> LessonState:
    """Free play begins or ends."""
    return replace(state, wandering=away)
