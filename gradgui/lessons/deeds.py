"""What a student has done since a step of a lesson began, so that conditions such as edited('lr') can be asked."""

from __future__ import annotations

import ast
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradgui.document.experiment import Experiment
from gradgui.engine.events import EventKind, EventName, Phase
from gradgui.engine.gradient_check import parameter_names
from gradgui.errors import UserError
from gradgui.expressions import Expression, Names, Value, parse
from gradgui.lessons.facts import MOMENT, RUN, Array, Facts, Play, condition, kinds
from gradgui.lessons.settings import differences
from gradgui.lessons.stretch import Stretch

KINDS = {
    EventKind.D_OUTPUT: "grad_a",
    EventKind.D_PREACTIVATION: "grad_z",
    EventKind.D_WEIGHT: "grad_W",
    EventKind.D_BIAS: "grad_b",
    EventKind.D_INPUT: "grad_x",
}
"""What order_of calls the events of the backward pass; the others by their own name."""
JUMP = 400
"""Events passed in one go that are still written down one by one."""
KEPT = 2000
"""Of the newest acts."""
LONGEST_WAIT = 0.25
"""Seconds for counting the steps of a stretch that is over before the next begins; the rest is counted on the way."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where the run stands at one moment."""

    theta: Array
    iteration: int
    cursor: int
    rate: float
    events: Sequence[EventName]

    @property
    def updates(self) -> int:
        """Updates done."""
        return self.iteration + (self.cursor == len(self.events))


class Deeds:
    """Hears of every edit and every moment; answers a task's condition."""

    def __init__(self, experiment: Experiment, sources: Sequence[str], arrived: str | None = None) -> None:
        """`sources`: all conditions that will be asked; what stands inside their seen('…') is looked for at once."""
        self._wanted = _inside(sources, "seen")
        self._counts_steps = any(word in source for source in sources for word in ("runs(", "h["))
        self._asks_runs = self._counts_steps or any("last_run(" in source for source in sources)
        self._arrived = None if arrived is None else condition(arrived)
        self._seen: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._edited: set[str] = set()
        self._acts: list[str] = []
        self._stretches: list[Stretch] = []
        self._events = 1
        self._theta = np.zeros(0)
        self._since = 0
        self._facts: Facts | None = None
        self._look: Look | None = None
        self._renew(experiment)
        self.start(experiment, self._play.compiled.network.theta.astype(np.float64))

    # --- what happens

    def start(self, experiment: Experiment, theta: Array) -> None:
        """The same start again, or another one that nobody made by hand."""
        self._place = 0
        if self._stretches and not self._stretches[-1].steps:
            self._stretches.pop()
        self._move(experiment, theta, 0, placed=False)

    def edit(self, experiment: Experiment, theta: Array, updates: int) -> None:
        """The student changed the experiment, or put the parameters somewhere; (P,) as they are now."""
        self._edited.update(differences(self._experiment, experiment))
        moved = self._moved(theta)
        self._edited.update(moved)
        self._place = updates * self._events
        self._move(experiment, theta, updates, placed=bool(moved))

    def act(self, name: str) -> None:
        """Something that leaves no trace in the run: nudge:L1.b[0], manual@L3, report:L2, card:da1/dW1, …"""
        self._acts.append(name)
        del self._acts[:-KEPT]
        self._counts[name.partition(":")[0]] += 1

    def forget(self, kind: str) -> None:
        """Begin anew with acts of one kind, such as card."""
        self._acts = [name for name in self._acts if not name.startswith(kind)]

    def look(self, look: Look, seconds: float = 1e9) -> bool:
        """See where the run stands; False if the time was not enough to retrace it."""
        if len(look.theta) != self._play.compiled.network.size:
            return True
        self._pass_events(look)
        self._look, self._theta = look, look.theta.astype(np.float64)
        if self._stretches:
            self._stretches[-1].follow(look.theta, look.updates)
        self._facts = None
        for source, expression in self._wanted.items():
            if source not in self._seen and _holds(expression, self.facts.names):
                self._seen.add(source)
        return self.retrace(seconds)

    def retrace(self, seconds: float = 1e9) -> bool:
        """Count the steps that were made, those of earlier runs first; False if the time was not enough."""
        if not self._counts_steps:
            return True
        end, self._facts = time.perf_counter() + seconds, None  # the losses on the way are others now
        return all(run.retrace(end - time.perf_counter()) for run in self._stretches)

    # --- what can be asked

    @property
    def facts(self) -> Facts:
        """The numbers where the run stands."""
        if self._facts is None:
            losses = self._stretches[-1].losses if self._stretches else ()
            rate = self._experiment.optimizer.learning_rate if self._look is None else self._look.rate
            self._facts = self._play.facts_at(self._theta, rate=rate, steps=self._steps(), losses=losses)
        return self._facts

    @property
    def names(self) -> Names:
        """Everything that a condition may use."""
        return {
            **self.facts.names,
            "seen": lambda source: parse(source, MOMENT).source in self._seen,
            "edited": lambda name: any(e == name or e.startswith(f"{name}[") for e in self._edited),
            "count": lambda kind: self._counts[str(kind)],
            "visited": lambda name: name in self._acts,
            "order_of": self._order_of,
            "placed": lambda *cards: [a for a in self._acts if a.startswith("card:")] == [f"card:{c}" for c in cards],
            "last_run": self._last_run,
            "runs": self._runs,
            "broke_on": lambda kind: f"broke:{kind}" in self._acts,
            "typed_next_ok": lambda sign: f"typed:{'+' if sign > 0 else '-'}" in self._acts,
            "found_bug": lambda: "found_bug" in self._acts,
        }

    def holds(self, source: str) -> bool:
        """Whether a condition is fulfilled; one that cannot be answered now is not."""
        return _holds(condition(source), self.names)

    def counted(self, kind: str) -> int:
        """How often something happened: forward, backward, update, nudge."""
        return self._counts[kind]

    def runs(self) -> list[dict[str, Value]]:
        """What can be told of each stretch of training, the oldest first."""
        return [{name: value for name, value in run.names().items() if name in RUN} for run in self._stretches]  # type: ignore[misc]

    @property
    def play(self) -> Play:
        """The engine that answers, for a nudge."""
        return self._play

    @property
    def theta(self) -> Array:
        """The parameters where the run stands."""
        return self._theta

    # --- inside

    def _move(self, experiment: Experiment, theta: Array, updates: int, *, placed: bool) -> None:
        """The run goes on from here."""
        if experiment is not self._experiment:
            self._renew(experiment)
        self._theta, self._since = theta.astype(np.float64), updates
        self._look = self._facts = None
        if self._asks_runs and len(theta) == self._play.compiled.network.size:
            if self._stretches and not self._stretches[-1].steps:
                placed = self._stretches.pop().placed or placed
            self.retrace(LONGEST_WAIT)
            start = Stretch(experiment, theta, updates, placed=placed, arrived=self._arrived)
            self._stretches = [*self._stretches[-60:], start]

    def _moved(self, theta: Array) -> list[str]:
        """Which parameters a hand has moved."""
        if len(self._theta) != len(theta):
            return []
        names = parameter_names(self._play.compiled.network)
        return [names[index][1] for index in np.flatnonzero(theta != self._theta)]

    def _renew(self, experiment: Experiment) -> None:
        self._experiment, self._play = experiment, Play(experiment)
        self._facts = self._look = None

    def _pass_events(self, look: Look) -> None:
        """Write down which events ran since the last look."""
        whole = self._events = len(look.events)
        old, new = self._place, look.iteration * whole + look.cursor
        self._place = new
        for phase, end in ends(look.events).items():
            self._counts[phase] += max(0, (new - end) // whole - (old - end) // whole) if new > old else 0
        if old < new <= old + JUMP:
            for place in range(old, new):
                self._acts.append(act_name(look.events[place % whole]))
        if new != old and look.cursor and look.events[look.cursor - 1].phase is Phase.BACKWARD:
            self._acts.append(f"report:{look.events[look.cursor - 1].layer_id}")
        del self._acts[:-KEPT]

    def _steps(self) -> int:
        if self._stretches:
            return self._stretches[-1].steps
        return 0 if self._look is None else max(0, self._look.updates - self._since)

    def _order_of(self, *names: Value) -> bool:
        """Whether these acts happened in this order, whatever lay between them."""
        acts = iter(self._acts)
        return all(str(name) in acts for name in names)

    def _last_run(self, what: str) -> Value:
        if not self._stretches:
            return False if what == "dragged" else float("nan")
        run = self._stretches[-1]
        answers: dict[str, Value] = {
            "steps": run.steps,
            "start": run.first_number(),
            "dragged": run.placed,
            "lr": self._experiment.optimizer.learning_rate,
        }
        return answers[what]

    def _runs(self, source: str) -> bool:
        expression = parse(source, RUN | kinds())
        return any(_holds(expression, run.names()) for run in self._stretches)


def act_name(event: EventName) -> str:
    """What an event is called in a lesson: grad_b@L3, update@L1, …"""
    return f"{KINDS.get(event.kind, event.kind.value)}@{event.layer_id}"


def reached(events: Sequence[EventName], phases: Sequence[str], stop: str | None) -> int:
    """After how many events these phases have been shown: their end, or the event that a lesson stops at."""
    found = next((event.index + 1 for event in events if stop is not None and act_name(event) == stop), None)
    return max((ends(events)[phase] for phase in phases), default=0) if found is None else found


def ends(events: Sequence[EventName]) -> dict[str, int]:
    """After how many events each phase is over."""
    ends: dict[str, int] = {}
    for event in events:
        name = "forward" if event.phase in (Phase.FORWARD, Phase.LOSS) else event.phase.value
        ends[name] = event.index + 1
    return ends


def _inside(sources: Sequence[str], function: str) -> dict[str, Expression]:
    """Every condition inside seen('…'), by its own words."""
    found: dict[str, Expression] = {}
    for source in sources:
        for node in ast.walk(condition(source).tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
                inner = parse(str(node.args[0].value), MOMENT) if isinstance(node.args[0], ast.Constant) else None
                if inner is not None:
                    found[inner.source] = inner
    return found


def _holds(expression: Expression, names: Names) -> bool:
    try:
        return expression.truth(names)
    except UserError:
        return False
