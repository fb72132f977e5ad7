"""How large a step is: a phase, a layer, one operation, one neuron, or a single product."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from gradgui.session.snapshot import EventName, Phase
from gradgui.text import Text


class Level(Enum):
    """The five sizes of a step, the largest first."""

    PHASE = "phase"
    LAYER = "layer"
    OPERATION = "operation"
    NEURON = "neuron"
    PRODUCT = "product"

    @property
    def finer(self) -> Level:
        """The next smaller size; the smallest stays."""
        order = list(Level)
        return order[min(order.index(self) + 1, len(order) - 1)]

    @property
    def coarser(self) -> Level:
        """The next larger size; the largest stays."""
        order = list(Level)
        return order[max(order.index(self) - 1, 0)]

    @property
    def looks_inside(self) -> bool:
        """Whether a step is smaller than an event: it shows what the finished event already worked out."""
        return self in (Level.NEURON, Level.PRODUCT)


LEVELS = {
    Level.PHASE: Text(en="Phase", zh="阶段"),
    Level.LAYER: Text(en="Layer", zh="层"),
    Level.OPERATION: Text(en="Operation", zh="运算"),
    Level.NEURON: Text(en="Neuron", zh="神经元"),
    Level.PRODUCT: Text(en="Product", zh="单个乘积"),
}


def stops(events: Sequence[EventName], level: Level) -> tuple[int, ...]:
    """The cursors at which a step of that size ends, in order; the last one is the end of the training step."""
    ends = []
    for place, event in enumerate(events):
        following = events[place + 1] if place + 1 < len(events) else None
        if following is None or _group(event, level) != _group(following, level):
            ends.append(place + 1)
    return tuple(ends)


def stop_after(events: Sequence[EventName], level: Level, cursor: int) -> int | None:
    """The next stop behind `cursor`; None at the end of the training step."""
    return next((stop for stop in stops(events, level) if stop > cursor), None)


def stop_before(events: Sequence[EventName], level: Level, cursor: int) -> int | None:
    """The last stop before `cursor`, 0 being the start of the training step; None at the start."""
    if cursor == 0:
        return None
    return max((stop for stop in stops(events, level) if stop < cursor), default=0)


def beginning(events: Sequence[EventName], level: Level, cursor: int) -> int:
    """The cursor after the first event of the step of that size in which `cursor` lies."""
    if cursor == 0:
        return 0
    return max((stop for stop in stops(events, level) if stop < cursor), default=0) + 1


def _group(event: EventName, level: Level) -> object:
    if level is Level.PHASE:
        return event.phase
    if level is Level.LAYER:
        return event.phase, event.layer if event.phase is not Phase.UPDATE else None
    return event.index
