"""What the window may ask the worker to do, as plain values that travel between threads."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.document.compile import Compiled
from gradgui.engine.surface import Plane


@dataclass(frozen=True, slots=True)
class Load:
    """Begin a new run."""

    compiled: Compiled
    revision: int


@dataclass(frozen=True, slots=True)
class Retune:
    """Go on from here under another experiment with the same parameters."""

    compiled: Compiled
    revision: int


@dataclass(frozen=True, slots=True)
class Step:
    """One event forwards."""


@dataclass(frozen=True, slots=True)
class StepBack:
    """One event back."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """A moment of the run: after `cursor` events of training step `iteration`."""

    iteration: int
    cursor: int


@dataclass(frozen=True, slots=True)
class Play:
    """Train until told to pause."""

    steps_per_second: float | None
    """None for as fast as it goes."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop training."""


@dataclass(frozen=True, slots=True)
class UsePlane:
    """The plane on which the ball is shown."""

    plane: Plane | None


Request = Load | Retune | Step | StepBack | GoTo | Play | Pause | UsePlane
