"""A tape is a list of ready-made NumPy calls; running it is all that training does.

Every call is bound once to preallocated buffers, so that a training step allocates nothing and looks nothing up.
An event is a named stretch of the tape: training ignores the names, the debugger runs one stretch at a time. Both run
the same calls on the same buffers and therefore get the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.events import EventKind, EventName

Array = NDArray[np.floating]
Shape = tuple[int, ...]
Call = tuple[Callable[..., object], tuple[object, ...]]


@dataclass(slots=True)
class Stage:
    """The calls of one event, as a layer or a loss writes them down."""

    kind: EventKind
    calls: list[Call] = field(default_factory=list)
    slope: list[Call] = field(default_factory=list)
    """Computes f′(z) before `calls`; kept apart so that neighbouring layers can share one call."""
    watch: list[Call] = field(default_factory=list)
    """Only for somebody who looks (a loss value, ∂L/∂x of the input): training leaves these out."""


@dataclass(frozen=True, slots=True)
class Event:
    """A named stretch of the tape."""

    name: EventName
    calls: tuple[Call, ...]

    def run(self) -> None:
        """Do what the event says."""
        run(self.calls)


def run(calls: Iterable[Call]) -> None:
    """Run calls in order."""
    for function, arguments in calls:
        function(*arguments)


class Workspace:
    """Scratch buffers of one batch size, made once and shared by every batch of that size."""

    def __init__(self, batch: int, dtype: np.dtype[np.floating]) -> None:
        self.batch = batch
        self.dtype = dtype
        self._buffers: dict[tuple[object, ...], Array] = {}

    def empty(self, owner: object, name: str, shape: Shape, fill: float = 0.0) -> Array:
        """The buffer of that owner and name, filled with `fill` when it is first made."""
        key = (owner, name, shape)
        if key not in self._buffers:
            self._buffers[key] = np.full(shape, fill, self.dtype)
        return self._buffers[key]

    def constant(self, value: float) -> Array:
        """A 0-d array: ufuncs take it twice as fast as a Python number."""
        key = ("constant", value)
        if key not in self._buffers:
            self._buffers[key] = np.array(value, self.dtype)
        return self._buffers[key]
