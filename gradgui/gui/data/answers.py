"""What an output means: which class the network answers, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.session.snapshot import DataView

Array = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Answers:
    """How to read outputs and targets of one data set."""

    classes: int
    """0 for regression."""
    low: float
    """The target of class 0, or the lowest target of a regression."""
    high: float
    """The target of class 1, or the highest target of a regression."""
    one_hot: bool
    """One output per class rather than a single yes-or-no output."""

    @classmethod
    def of(cls, data: DataView) -> Answers:
        """Read the ends from the targets themselves: 0/1 for a sigmoid, −1/+1 for a tanh."""
        low, high = _ends(data.targets)
        if data.classes == 2 and data.targets.shape[1] == 1:
            return cls(2, -1.0 if low < 0 else 0.0, 1.0, one_hot=False)
        if data.classes:
            return cls(data.classes, 0.0, 1.0, one_hot=True)
        return cls(0, low, high, one_hot=False)

    @property
    def signed(self) -> bool:
        """Whether zero is the middle of a regression's values."""
        return self.low < 0 < self.high

    def targets(self, targets: Array) -> Ints:
        """(N,) class numbers of (N, outputs) targets; all 0 for regression."""
        if not self.classes:
            return np.zeros(len(targets), np.intp)
        if not self.one_hot:
            return (targets[:, 0] > (self.low + self.high) / 2).astype(np.intp)
        if targets.shape[1] == 1:
            return targets[:, 0].astype(np.intp)
        return np.asarray(targets.argmax(axis=1), np.intp)

    def lean(self, output: NDArray[np.floating]) -> NDArray[np.floating]:
        """A single output as −1 (surely `low`) to +1 (surely `high`); NaN counts as undecided."""
        low, high = self._balanced_ends()
        middle, half = (low + high) / 2, (high - low) / 2
        return np.asarray(np.clip(np.nan_to_num((output - middle) / half, nan=0.0), -1.0, 1.0))

    def verdict(self, outputs: NDArray[np.floating]) -> tuple[Ints, NDArray[np.floating]]:
        """Class numbers and sureness from 0 to 1 of (outputs, …) answers."""
        if not self.one_hot:
            lean = self.lean(outputs[0])
            return (lean > 0).astype(np.intp), np.abs(lean)
        shares = _shares(outputs)
        best = shares[: self.classes].argmax(axis=0)  # a network of the data before may have more outputs
        top = np.take_along_axis(shares, best[None], axis=0)[0]
        even = 1 / max(2, len(outputs))
        return best, np.clip((top - even) / (1 - even), 0.0, 1.0)

    def _balanced_ends(self) -> tuple[float, float]:
        if not self.classes and self.signed:
            reach = max(-self.low, self.high)
            return -reach, reach
        return self.low, self.high


def shares_of(answers: Answers, outputs: NDArray[np.floating]) -> NDArray[np.float64]:
    """(classes, N) how sure the network is of each class; one yes-or-no output is split in two."""
    if answers.one_hot:
        return np.asarray(_shares(outputs)[: answers.classes], np.float64)
    yes = (answers.lean(outputs[0]) + 1) / 2
    return np.asarray(np.stack([1 - yes, yes]), np.float64)


def _ends(targets: Array) -> tuple[float, float]:
    safe = targets[np.isfinite(targets)]
    if not safe.size:
        return 0.0, 1.0
    low, high = float(safe.min()), float(safe.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _shares(outputs: NDArray[np.floating]) -> NDArray[np.floating]:
    """Outputs as shares of 1: probabilities stay as they are, scores go through softmax."""
    safe = np.clip(np.nan_to_num(outputs, nan=0.0), -1e6, 1e6)
    total = safe.sum(axis=0)
    if safe.min() >= 0 and np.abs(total - 1).max() < 1e-3:
        return np.asarray(safe)
    powers = np.exp(safe - safe.max(axis=0))
    return np.asarray(powers / powers.sum(axis=0))
