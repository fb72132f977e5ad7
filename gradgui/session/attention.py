"""What is looked at closely: the size of a step, one sample of the batch, and a place inside the current event.

Steps smaller than an event need no engine: the finished event left all its numbers behind, they are shown one by one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gradgui.session.levels import Level
from gradgui.session.snapshot import Detail, EventName, Snapshot
from gradgui.session.terms import terms, units_of


class Attention:
    """Adds to every snapshot what the eye is on."""

    def __init__(self) -> None:
        self.level = Level.OPERATION
        self.detail: Detail | None = None
        self.sample: int | None = None
        """Number of a training sample; None for the first of the batch."""
        self._enter_last = False
        self._moment: tuple[int, int, int] | None = None

    def dress(self, snapshot: Snapshot) -> Snapshot:
        """The same moment with what is looked at closely."""
        moment = (snapshot.revision, snapshot.iteration, snapshot.cursor)
        if moment != self._moment:
            self._moment = moment
            self.detail = self._entered(snapshot)
            self._enter_last = False
        return replace(snapshot, detail=self.detail, sample=self._row(snapshot))

    def walk(self, snapshot: Snapshot, back: bool) -> bool:
        """One neuron or product on or back inside the current event; False where it ends there."""
        event = snapshot.current
        if not self.level.looks_inside or event is None or self.detail is None or snapshot.running:
            self._enter_last = back
            return False
        wanted = self._before(snapshot, event, self.detail) if back else self._after(snapshot, event, self.detail)
        if wanted is None:
            self._enter_last = back
            return False
        self.detail = wanted
        return True

    def go_in(self, snapshot: Snapshot) -> None:
        """One size finer, inside the current event."""
        self.level = self.level.finer
        if self.level is Level.NEURON:
            self.detail = self._entered(snapshot)
        elif self.level is Level.PRODUCT and self.detail is not None:
            self.detail = Detail(self.detail.unit, 0)

    def go_out(self) -> None:
        """One size coarser."""
        self.level = self.level.coarser
        if not self.level.looks_inside:
            self.detail = None
        elif self.detail is not None:
            self.detail = Detail(self.detail.unit)

    def use_level(self, level: Level, snapshot: Snapshot | None) -> None:
        """Steps of that size from now on."""
        unit = 0 if self.detail is None else self.detail.unit
        self.level, self.detail = level, None
        if level.looks_inside and snapshot is not None and snapshot.current is not None and not snapshot.running:
            self.detail = Detail(unit, 0 if level is Level.PRODUCT else None)

    def _entered(self, snapshot: Snapshot) -> Detail | None:
        event = snapshot.current
        if not self.level.looks_inside or event is None or snapshot.running:
            return None
        product = self.level is Level.PRODUCT
        if not self._enter_last:
            return Detail(0, 0 if product else None)
        unit = units_of(snapshot, event) - 1
        return Detail(unit, _last_product(snapshot, event, unit) if product else None)

    def _after(self, snapshot: Snapshot, event: EventName, here: Detail) -> Detail | None:
        if here.product is not None and here.product < _last_product(snapshot, event, here.unit):
            return Detail(here.unit, here.product + 1)
        if here.unit + 1 >= units_of(snapshot, event):
            return None
        return Detail(here.unit + 1, None if here.product is None else 0)

    def _before(self, snapshot: Snapshot, event: EventName, here: Detail) -> Detail | None:
        if here.product:
            return Detail(here.unit, here.product - 1)
        if here.unit == 0:
            return None
        unit = here.unit - 1
        return Detail(unit, None if here.product is None else _last_product(snapshot, event, unit))

    def _row(self, snapshot: Snapshot) -> int:
        if self.sample is None:
            return 0
        found = np.flatnonzero(snapshot.batch == self.sample)
        return int(found[0]) if len(found) else 0


def _last_product(snapshot: Snapshot, event: EventName, unit: int) -> int:
    return max(len(terms(snapshot, event, unit)) - 1, 0)
