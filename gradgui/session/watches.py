"""Watched expressions: what each one comes to now, what it was in the step before, and how it went so far."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

from gradgui.errors import UserError
from gradgui.expressions import Expression, Value
from gradgui.session.facts import Facts, read
from gradgui.session.snapshot import Array, NetworkInfo, Snapshot
from gradgui.text import Text

MANY = 1200
"""Moments remembered for each watch."""
NO_NUMBER = Text(en="this gives no number", zh="结果不是数")


@dataclass(frozen=True, slots=True)
class Reading:
    """A watch at one moment."""

    source: str
    value: float | None = None
    """The number, or the length of a list; None while unknown."""
    count: int = 1
    """How many numbers it is the length of."""
    previous: float | None = None
    """The same in the training step before, if that was seen."""
    trouble: Text | None = None
    """Why it cannot be worked out at all."""
    past: Array = field(default_factory=lambda: np.zeros(0))
    """One value a training step, up to this moment."""

    @property
    def change(self) -> float | None:
        """How much it changed since the step before."""
        return None if self.value is None or self.previous is None else self.value - self.previous


class Watch:
    """One expression and what it came to at the moments that were seen."""

    def __init__(self, source: str, network: NetworkInfo | None = None) -> None:
        self.source = source
        self._expression: Expression = read(source, network)
        self._moments: list[tuple[int, int, float]] = []

    def observe(self, snapshot: Snapshot) -> Reading:
        """Work it out for this moment, and remember it."""
        facts = Facts(snapshot)
        try:
            value, count = _length(self._expression.evaluate(facts))
        except UserError as error:
            trouble = None if facts.asked_too_early else error.text
            return self._reading(snapshot, None, 1, trouble)
        self._remember(snapshot.iteration, snapshot.cursor, value)
        return self._reading(snapshot, value, count, None)

    def forget(self, updates: int) -> None:
        """The run went another way after that many updates."""
        self._moments = [moment for moment in self._moments if moment[0] < updates]

    def _remember(self, iteration: int, cursor: int, value: float) -> None:
        at = bisect_left(self._moments, (iteration, cursor), key=lambda moment: moment[:2])
        if at < len(self._moments) and self._moments[at][:2] == (iteration, cursor):
            self._moments[at] = (iteration, cursor, value)
            return
        self._moments.insert(at, (iteration, cursor, value))
        if len(self._moments) > MANY:
            del self._moments[1:-200:2]

    def _reading(self, snapshot: Snapshot, value: float | None, count: int, trouble: Text | None) -> Reading:
        past = [m for m in self._moments if m[:2] <= (snapshot.iteration, snapshot.cursor)]
        by_step = {iteration: found for iteration, _, found in past}
        earlier = [found for iteration, found in by_step.items() if iteration < snapshot.iteration]
        previous = earlier[-1] if earlier else None
        return Reading(self.source, value, count, previous, trouble, np.array(list(by_step.values())))


def _length(value: Value) -> tuple[float, int]:
    """A number as it is; a list as its length."""
    if isinstance(value, str | tuple | dict):
        raise UserError(NO_NUMBER)
    array = np.asarray(value, np.float64)
    if array.size == 1:
        return float(array.reshape(-1)[0]), 1
    return float(np.linalg.norm(array)), array.size
