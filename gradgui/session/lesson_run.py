"""A lesson in the window: opens its experiment, keeps answers hidden, watches what the student does.

The contract, for everybody who adds a control or a view to a lesson:

* `LessonRun` owns the open lesson. `state` (lesson_state.py, frozen) says which step is open and how far it is;
  `changed` tells a new state, `told` that the numbers are others (after every moment and edit). Views show `state`,
  fill prose with `say(text)` and call the slots `choose`, `lock`, `ask_hint`, `go_on`, `go_back`, `step_again`,
  `lesson_again`, `wander`, `come_back`, `leave`.
* A step begins with a fresh run: `lesson.experiment_of(step.scene)` with `step.set`, then the phases of `step.show`.
  So a step that is begun again is bit for bit the same. A question's `set`, `run` and `reveal` are carried out after
  the answer is locked, on a fresh run too: what the student sees is what `gradgui lessons --check` has checked.
* `session.reins` hold back whatever would give the answer away; refusals come from `reins.refused`.
* `deeds` (lessons/deeds.py) hears of every moment and every edit; a task is done when `step.done` and all its parts
  hold. Ordinary edits through `session.editing`, steps and training need nothing more. What leaves no trace in the run
  is noted with `note("nudge:L1.b[0]")` and asked as count('nudge'), visited('nudge:L1.b[0]') or order_of(…).
* `hands` (lesson_hands.py) does what a lesson's own controls ask: `hands.set({"L1.b": (1.0,)}, key="L1.b")`,
  `hands.train(10)`, `hands.go("backward")`, … `hands.perform(act)` plays one recorded act of a solution the same way,
  and `hands.busy` is False again once the window shows what came of it.
* `unlocked(name)` says whether a control of `ui.unlock` (or the step's own list) is open at this stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gradgui.document.change import Change, change_between
from gradgui.document.edits import with_parameters
from gradgui.document.experiment import Experiment
from gradgui.engine.gradient_check import parameter_names
from gradgui.errors import UserError
from gradgui.lessons.deeds import Deeds, Look, reached
from gradgui.lessons.lesson import Do, Lesson, Predict, Step
from gradgui.lessons.prose import filled
from gradgui.lessons.settings import with_settings
from gradgui.session.axes_view import AxesChoice, AxesKind
from gradgui.session.keepsakes import Notes
from gradgui.session.lesson_hands import Hands
from gradgui.session.lesson_reveal import Reveal
from gradgui.session.lesson_rules import held_back, is_open
from gradgui.session.lesson_state import (
    LessonState,
    Stage,
    at_step,
    begun,
    chosen,
    hinted,
    locked,
    revealed,
    step_again,
    ticked,
    wandering,
)
from gradgui.session.lesson_table import lay_table
from gradgui.session.shelf import Kept, put_away
from gradgui.session.snapshot import EventName, Snapshot
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.session.session import Session

SECONDS = 0.006
"""For counting steps, at a time, in the window's thread."""
PCA_AFTER = 12
"""Steps after which a run has directions of its own."""


class LessonRun(QObject):
    """The open lesson, if one is open; lives in the window's thread."""

    changed = Signal(object)
    """The LessonState, or None when the lesson was left."""
    told = Signal()
    """Numbers in the prose may be others now."""
    step_begun = Signal(object)
    """The LessonState: its step begins with a fresh run."""
    step_done = Signal(object)
    """The LessonState: its step has just been done."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state: LessonState | None = None
        self.deeds: Deeds | None = None
        self.reveal = Reveal(session, self)
        self.hands = Hands(self)
        self._experiment: Experiment | None = None
        self._history: object = None
        self._home: Kept | None = None
        self._lesson_kept: Kept | None = None
        self._free_kept: Kept | None = None
        self._shown: LessonState | None = None
        self._opening = self._looks_for_run = False
        self._counting = QTimer(self, interval=0)
        self._counting.timeout.connect(self._count_on)
        self.reveal.finished.connect(self._judge)
        session.shown.connect(self._look)
        session.editing.changed.connect(self._hear_edit)
        session.document_changed.connect(self._hear_document)

    # --- opening and leaving

    def open(self, lesson: Lesson) -> None:
        """Teach this lesson from its first step; what was open is put aside."""
        if self.state is None:
            self._home = put_away(self.session)
        self._free_kept = None
        self.state = begun(lesson)
        self._begin_step()

    def leave(self) -> None:
        """Close the lesson; what was open before comes back as it was."""
        if self.state is None:
            return
        self._end()
        if self._home is not None:
            home, self._home = self._home, None
            self.session.bring_back(home)

    def wander(self) -> None:
        """Free play from here: nothing is held back, and the lesson waits where it is."""
        state, session = self.state, self.session
        if state is None or state.wandering or state.now.stage is Stage.REVEALING:
            return
        self._lesson_kept = put_away(session)
        self._opening = True
        if self._free_kept is not None:
            session.bring_back(self._free_kept)
        elif session.compiled is not None and session.experiment is not None:
            theta = session.theta
            session.open(with_parameters(session.experiment, session.compiled.network, theta), session.folder)
            session.opened.emit(self._lesson_kept.notes if self._lesson_kept is not None else Notes())
        self._opening = False
        self._set(wandering(state, True))

    def come_back(self) -> None:
        """End free play: the lesson is exactly where it was; what was built in free play waits for the next time."""
        state = self.state
        if state is None or not state.wandering or self._lesson_kept is None:
            return
        self._free_kept = put_away(self.session)
        self._opening = True
        self.session.bring_back(self._lesson_kept)
        self._opening = False
        self._set(wandering(state, False))

    # --- steps

    def choose(self, option: int) -> None:
        """Pick an option; nothing is locked yet."""
        if self.state is not None:
            self._set(chosen(self.state, option))

    def lock(self) -> None:
        """The picked option is the answer."""
        state = self.state
        if state is None or state.wandering:
            return
        was = state.now.stage
        self._set(locked(state))
        assert self.state is not None
        if was is Stage.ASKING and self.state.now.stage is Stage.REVEALING:
            self._reveal()
        elif self.state.now.stage is Stage.DONE and was is not Stage.DONE:
            self.step_done.emit(self.state)

    def ask_hint(self) -> None:
        """Show the hint."""
        if self.state is not None:
            self._set(hinted(self.state))

    def go_on(self) -> None:
        """To the next step, once this one is done."""
        if self.state is not None and self.state.can_go_on:
            self.go_to(self.state.index + 1)

    def go_back(self) -> None:
        """To the step before."""
        if self.state is not None and self.state.index:
            self.go_to(self.state.index - 1)

    def go_to(self, index: int) -> None:
        """To any step that has been reached."""
        state = self.state
        if state is not None and not state.wandering and at_step(state, index).index != state.index:
            self.state = at_step(state, index)
            self._begin_step()

    def step_again(self) -> None:
        """This step from its identical start."""
        if self.state is not None and not self.state.wandering:
            self.state = step_again(self.state)
            self._begin_step()

    def lesson_again(self) -> None:
        """The lesson from its identical start."""
        if self.state is not None:
            self.open(self.state.lesson)

    # --- what views and controls ask

    def say(self, text: Text) -> Text:
        """Prose with the numbers of now; slots that have no number yet stay a question mark."""
        if self.deeds is None:
            return text
        try:
            return filled(text, self.deeds.names)
        except UserError:
            return text

    def unlocked(self, control: str) -> bool:
        """Whether a control is open now."""
        return self.state is not None and is_open(self.state, control)

    def parameters(self) -> tuple[str, ...]:
        """Full names of all parameters, such as L1.W[0,0]."""
        return () if self.deeds is None else tuple(n for _, n in parameter_names(self.deeds.play.compiled.network))

    def note(self, act: str) -> None:
        """The student did something that leaves no trace in the run."""
        if self.deeds is not None:
            self.deeds.act(act)
            self._tick()

    # --- inside: a step begins

    def _begin_step(self) -> None:
        state = self.state
        assert state is not None
        step = state.step
        experiment = state.lesson.experiment_of(step.scene)
        if isinstance(step, Do):
            experiment = with_settings(experiment, step.set)
            sources = [step.done, *(part.done for part in step.parts)]
            self.deeds = Deeds(experiment, sources, step.arrived)
        else:
            self.deeds = Deeds(experiment, [option.true_if or "0" for option in step.options])
        self.hands.begin()
        self._open(experiment)
        self._looks_for_run = lay_table(self.session, state.lesson, experiment)
        self.step_begun.emit(state)
        self._set(state)

    def _open(self, experiment: Experiment) -> None:
        """A fresh run, with the phases that the step shows."""
        session, state = self.session, self.state
        self.reveal.cancel()
        if experiment.title is None and state is not None:
            experiment = experiment.with_(title=state.lesson.short_title)
        self._opening = True
        session.open(experiment)
        self._opening = False
        self._experiment = session.experiment
        self._history = session.editing.history
        self.show_phases(0)

    def show_phases(self, updates: int) -> None:
        """Run what the step shows of the training step that begins after so many updates."""
        state, compiled = self.state, self.session.compiled
        if state is None or compiled is None or not state.step.show:
            return
        with self.session.reins.lifted():
            self.session.go_to(updates, reached(self.events, state.step.show, _stop_of(state.step)))

    @property
    def events(self) -> tuple[EventName, ...]:
        """The events of one training step of the open experiment."""
        assert self.deeds is not None
        return self.deeds.play.trainer.event_names

    # --- inside: predictions

    def _reveal(self) -> None:
        """Carry out what the question is about, where it can be seen."""
        state = self.state
        assert state is not None
        step = state.step
        assert isinstance(step, Predict)
        if step.set:
            experiment = with_settings(state.lesson.experiment_of(step.scene), step.set)
            self.deeds = Deeds(experiment, [option.true_if or "0" for option in step.options])
            self._open(experiment)
        if not step.run and not step.reveal:
            self._judge()
            return
        self.reveal.begin(step.run, reached(self.events, step.reveal, step.stop))

    @Slot()
    def _judge(self) -> None:
        state, deeds = self.state, self.deeds
        if state is None or deeds is None or state.now.stage is not Stage.REVEALING:
            return
        step = state.step
        assert isinstance(step, Predict)
        deeds.retrace()  # an answer may ask for any step of the way
        right = [i for i, o in enumerate(step.options) if (deeds.holds(o.true_if) if o.true_if else bool(o.right))]
        self._set(revealed(state, right[0] if right else 0))
        assert self.state is not None
        if self.state.now.stage is Stage.DONE:
            self.step_done.emit(self.state)

    # --- inside: watching

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        state, deeds = self.state, self.deeds
        if state is None or deeds is None or state.wandering or self.session.theta is not snapshot.theta:
            return
        events = snapshot.network.events
        look = Look(snapshot.theta, snapshot.iteration, snapshot.cursor, snapshot.learning_rate, events)
        if not deeds.look(look, SECONDS):
            self._counting.start()
        if self._looks_for_run and not snapshot.running and look.updates >= PCA_AFTER:
            self._looks_for_run = False
            self.session.scenery.choose(AxesChoice(AxesKind.PCA))
        self._tick()

    @Slot()
    def _count_on(self) -> None:
        if self.deeds is None or self.deeds.retrace(SECONDS):
            self._counting.stop()
            self._tick()

    def _tick(self) -> None:
        """See whether the task is done."""
        state, deeds = self.state, self.deeds
        if state is None or deeds is None or state.wandering:
            return
        step = state.step
        if isinstance(step, Do) and state.now.stage is Stage.DOING and not self._counting.isActive():
            parts = tuple(deeds.holds(part.done) for part in step.parts)
            done = all(parts) and deeds.holds(step.done)
            self._set(ticked(state, done, parts))
            if done and self.state is not None:
                self.step_done.emit(self.state)
        self.told.emit()

    @Slot()
    def _hear_edit(self) -> None:
        """Something was edited, or another document was opened."""
        state, session, deeds = self.state, self.session, self.deeds
        if state is None or deeds is None or state.wandering or self._opening:
            return
        experiment, theta = session.experiment, session.theta
        if session.editing.history is not self._history or experiment is None or theta is None:
            self._home = None
            self._end()
            return
        assert self._experiment is not None
        fresh = change_between(self._experiment, experiment) is Change.START
        updates = 0 if fresh else self.updates
        self._experiment = experiment
        deeds.edit(experiment, theta.astype(np.float64), updates)
        self.show_phases(updates)
        self._tick()

    @Slot(object)
    def _hear_document(self, experiment: Experiment) -> None:
        """The same document again: the student went back to its start."""
        state, theta = self.state, self.session.theta
        if state is None or self.deeds is None or state.wandering or self._opening or theta is None:
            return
        if experiment is self._experiment:
            self.deeds.start(experiment, theta.astype(np.float64))
            self.show_phases(0)

    @property
    def updates(self) -> int:
        """Updates done where the run stands."""
        snapshot = self.session.snapshot
        if snapshot is None or snapshot.revision != self.session.revision:
            return 0
        return snapshot.iteration + (snapshot.cursor == len(snapshot.network.events))

    def refresh(self) -> None:
        """What may be done has changed."""
        if self.state is not None:
            self.session.reins.hold(held_back(self.state, self.hands.unplugged))

    def _set(self, state: LessonState) -> None:
        same, self.state = state == self._shown, state
        self.refresh()
        if not same:
            self._shown = state
            self.changed.emit(state)

    def _end(self) -> None:
        self.reveal.cancel()
        self._counting.stop()
        self.state = self.deeds = self._shown = None
        self._lesson_kept = self._free_kept = None
        self.session.reins.hold({})
        self.changed.emit(None)


def _stop_of(step: Step) -> str | None:
    """Where the phases that a task shows end; a question's stop belongs to its answer."""
    return step.stop if isinstance(step, Do) else None
