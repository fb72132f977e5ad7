"""A race of optimisers over one landscape, as the window sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.optimizers._base import OptimizerSpec
from gradgui.text import Text

LIMIT = 3000
"""Steps after which whoever is still on the way has not arrived."""


@dataclass(frozen=True, slots=True)
class RaceWish:
    """Who races, how fast, and to where."""

    entrants: tuple[str, ...]
    """Catalog ids of optimisers."""
    learning_rate: float
    goal: float
    """The race is won by whoever comes below this loss first."""
    limit: int = LIMIT
    own: tuple[OptimizerSpec, ...] = ()
    """Options of those that do not run with the common rate and the usual options."""


@dataclass(frozen=True, slots=True, eq=False)
class RunnerView:
    """One optimiser on its way."""

    id: str
    name: Text
    path: NDArray[np.float64]
    """(k, 3) x, y, loss after 0, 1, 2, … steps."""
    momenta: NDArray[np.float64]
    """(k, 2) the average of past gradients that it carries on, along x and y; 0 where it remembers none."""
    gradients: NDArray[np.float64]
    """(k, 2) ∂L/∂x and ∂L/∂y of the batch whose step leads on from there; NaN where nothing leads on."""
    squares: NDArray[np.float64]
    """(k, 2) root of the past gradients squared that it divides by, along x and y; 0 where it keeps none."""
    rate: float
    """Its learning rate."""
    arrived: int | None
    """Steps it needed to come below the goal; None: not (yet)."""
    overshoots: int
    """Steps that made the loss rise."""
    lost: bool
    """Its loss is no longer a finite number."""
    rank: int | None
    """1 for the winner; those that need equally many steps share a rank."""


@dataclass(frozen=True, slots=True, eq=False)
class RaceView:
    """All runners as far as they have come."""

    number: int
    """Counts races."""
    runners: tuple[RunnerView, ...]
    goal: float
    steps: int
    """How far the race is computed; every runner has gone so far, or has arrived or is lost."""
    done: bool
