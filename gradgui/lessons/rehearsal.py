"""A recorded solution, played on the bare engine: every command does what the window would do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradgui.document.change import Change, change_between
from gradgui.document.edits import with_parameters
from gradgui.document.experiment import Experiment
from gradgui.engine.gradient_check import parameter_names
from gradgui.errors import UserError
from gradgui.lessons.deeds import Deeds, Look, ends, reached
from gradgui.lessons.facts import Array, Play, condition
from gradgui.lessons.lesson import Act, Do, Lesson
from gradgui.lessons.questions import can_be_asked, next_value
from gradgui.lessons.settings import with_settings
from gradgui.text import Text

LONGEST = 20_000
"""Steps of `until`."""
LONGEST_PLAY = 100
"""Training steps until a breakpoint must have stopped the run."""
STOPS: dict[str, Callable[[float, float], bool]] = {
    "vanishing": lambda first, last: 0 <= first < 0.01 * last,
    "exploding": lambda first, last: first > 100 * last > 0,
}
"""When a breakpoint stops, from ‖∂L/∂z‖ of the first and the last layer."""
NEVER_STOPPED = Text(en="no breakpoint stops this run", zh="没有断点让这次运行停下")
NOT_REACHED = Text(en="not reached: {source}", zh="没有达到：{source}")
NOTHING = Text(en="an act says one thing to do", zh="一条动作只写一件要做的事")


class Rehearsal:
    """One task of a lesson with nobody watching."""

    def __init__(self, lesson: Lesson, step: Do) -> None:
        self._lesson, self._step = lesson, step
        self._start = with_settings(lesson.experiment_of(step.scene), step.set)
        sources = [step.done, *(part.done for part in step.parts)]
        self.deeds = Deeds(self._start, sources, step.arrived)
        self._asked: list[str] = []
        self._begin(self._start)
        self._show()

    @property
    def done(self) -> bool:
        """Whether the task's condition holds now."""
        return self.deeds.holds(self._step.done) and all(self.deeds.holds(part.done) for part in self._step.parts)

    def perform(self, act: Act) -> None:
        """One command; raises UserError where it cannot be carried out."""
        known: dict[str, Callable[[], None]] = {
            "set": lambda: self._set(act),
            "train": lambda: self._train(act.train or 0),
            "until": lambda: self._until(act.until or ""),
            "go": lambda: self._go(act.go or "forward"),
            "step": lambda: self._events(act.step or 0),
            "play": self._play_on,
            "reset": self._reset,
            "ask": lambda: self._ask(act.ask or ""),
            "place": lambda: self._lay(act.place or ()),
            "next": lambda: self._predict(act.next or 0.0),
            "nudge": lambda: self._nudge(act.nudge or ()),
            "loss": lambda: self._plug(act.loss == "unplug"),
            "blame": lambda: self._blame(act.blame or ""),
        }
        named = [name for name in known if getattr(act, name) is not None]
        if len(named) != 1:
            raise UserError(NOTHING)
        known[named[0]]()

    # --- the run

    def _begin(self, experiment: Experiment, theta: Array | None = None) -> None:
        self._experiment, self._play = experiment, Play(experiment)
        if theta is not None:
            self._play.begin_at(0, theta)
        self._theta0 = self._play.compiled.network.theta.astype(np.float64)
        self._iteration, self._unplugged = 0, False

    def _look(self) -> None:
        trainer = self._play.trainer
        done = trainer.cursor == len(trainer.events)
        rate = trainer.updater.learning_rate(trainer.iteration)
        theta = trainer.network.theta.astype(np.float64)
        assert trainer.cursor <= len(trainer.events) or done
        self.deeds.look(Look(theta, trainer.iteration, trainer.cursor, rate, trainer.event_names))

    def _events(self, count: int) -> None:
        trainer = self._play.trainer
        for _ in range(count):
            if trainer.cursor == len(trainer.events):
                trainer.close_step()
            trainer.run_event()
            self._look()

    def _go(self, phase: str) -> None:
        """To the end of the phase: in the step in progress, or in the next one."""
        if phase == "backward" and self._unplugged:
            self.deeds.act("backward_refused")
            return
        trainer = self._play.trainer
        if trainer.cursor == len(trainer.events):
            trainer.close_step()
        end = ends(trainer.event_names)[phase]
        self._events(end - trainer.cursor if end > trainer.cursor else len(trainer.events) - trainer.cursor)

    def _train(self, steps: int) -> None:
        trainer = self._play.trainer
        self._play.trainer.run(steps)
        assert trainer.cursor == 0
        self._look()

    def _play_on(self) -> None:
        """Train until one of the step's breakpoints stops: there the run stays."""
        trainer = self._play.trainer
        for _ in range(LONGEST_PLAY):
            if trainer.cursor < ends(trainer.event_names)["backward"]:
                self._go("backward")
            layers = self.deeds.facts.layers
            first, last = (float(np.linalg.norm(layer.dz)) for layer in (layers[0], layers[-1]))
            for kind, fires in STOPS.items():
                if f"breakpoint:{kind}" in (self._step.unlock or self._lesson.ui.unlock) and fires(first, last):
                    self.deeds.act(f"broke:{kind}")
                    return
            self._go("update")
            trainer.close_step()
        raise UserError(NEVER_STOPPED)

    def _until(self, source: str) -> None:
        wanted = condition(source)
        for _ in range(LONGEST):
            if wanted.truth(self.deeds.names):
                return
            self._train(1)
        raise UserError(NOT_REACHED, source=source)

    def _reset(self) -> None:
        self._begin(self._experiment, self._theta0)
        self.deeds.start(self._experiment, self._theta0)
        self._look()
        self._show()

    # --- the hands

    def _set(self, act: Act) -> None:
        settings = act.set or {}
        network = self._play.compiled.network
        theta, updates = network.theta.astype(np.float64), self._updates()
        before = with_parameters(self._experiment, network, theta)
        after = with_settings(before, settings)
        if change_between(before, after) is Change.START:
            updates = 0
        play = Play(after)
        placed = play.compiled.network.theta.astype(np.float64)
        play.begin_at(updates, placed)
        self._experiment, self._play = after, play
        if updates == 0:
            self._theta0 = placed
        self.deeds.edit(after, placed, updates)
        self._look()
        self._show()

    def _show(self) -> None:
        trainer = self._play.trainer
        if trainer.cursor == len(trainer.events):
            trainer.close_step()
        self._events(reached(trainer.event_names, self._step.show, self._step.stop) - trainer.cursor)
        self._look()

    def _updates(self) -> int:
        trainer = self._play.trainer
        return trainer.iteration + (trainer.cursor == len(trainer.events))

    def _ask(self, layer: str) -> None:
        if can_be_asked(layer, self._asked, len(self._experiment.network.layers)):
            self._asked.append(layer)
            self.deeds.act(f"manual@{layer}")

    def _lay(self, cards: tuple[str, ...]) -> None:
        self.deeds.forget("card:")
        for card in cards:
            self.deeds.act(f"card:{card}")

    def _predict(self, value: float) -> None:
        right, gradient = next_value(self._play, self.deeds.theta, self.deeds.facts)
        if abs(right - value) <= 1e-6 * max(1.0, abs(right)):
            self.deeds.act("typed:+" if gradient > 0 else "typed:-")
            self._train(1)

    def _nudge(self, names: tuple[str, ...]) -> None:
        known = [name for _, name in parameter_names(self._play.compiled.network)]
        for name in names or known:
            if name in known:
                self.deeds.act(f"nudge:{name}")

    def _plug(self, unplugged: bool) -> None:
        self._unplugged = unplugged

    def _blame(self, layer: str) -> None:
        if layer == self._lesson.ui.bug:
            self.deeds.act("found_bug")
