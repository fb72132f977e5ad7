"""How a run went, for the views: losses, right answers, and how large gradients and steps were in every layer."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gradgui.text import Text

Array = NDArray[np.float64]
NOTHING = Text(en="", zh="")


@dataclass(frozen=True, slots=True)
class ConfusionView:
    """How often each class was taken for which: row i, column j counts examples of class i that were called j."""

    train: Array
    test: Array | None


@dataclass(frozen=True, slots=True)
class CurvesView:
    """How the run went so far; the arrays have the same length."""

    iterations: NDArray[np.int64]
    train_loss: Array
    test_loss: Array
    """NaN where there is no test set."""
    accuracy: Array
    """Share of right answers on the training set, 0 to 1; NaN for regression."""
    ghosts: tuple[GhostView, ...] = ()
    """Other branches of this run, as far as they went."""
    test_accuracy: Array = field(default_factory=lambda: np.zeros(0))
    """The same on the test set. These and what follows are empty where nobody has looked."""
    fit: Array = field(default_factory=lambda: np.zeros(0))
    """R² on the training set; NaN where there are classes."""
    test_fit: Array = field(default_factory=lambda: np.zeros(0))
    gradient_norms: Array = field(default_factory=lambda: np.zeros((0, 0)))
    """(k, layers) length of each layer's gradient in the step that led here; NaN where it was not seen."""
    update_ratios: Array = field(default_factory=lambda: np.zeros((0, 0)))
    """(k, layers) length of each layer's step, as a share of the length of its parameters."""
    name: Text = NOTHING
    """What this run is called where there are ghosts."""
    setting: Text = NOTHING
    """What sets this run apart from the ghosts."""
    seconds: float = 0.0
    """How long this run was trained, in all."""


@dataclass(frozen=True, slots=True)
class GhostView:
    """The loss of a branch that is not the one on the screen."""

    name: Text
    iterations: NDArray[np.int64]
    train_loss: Array
    number: int = 0
    setting: Text = NOTHING
    """What sets this run apart from the others."""
    seconds: float = 0.0
    """How long it was trained, in all."""
