"""The networks that are measured, with made-up samples of the right shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
LEARNING_RATE = 0.03


@dataclass(frozen=True, slots=True)
class Case:
    """A chain of dense layers: tanh throughout with half squared error, or ReLU with softmax and cross-entropy."""

    name: str
    sizes: tuple[int, ...]
    batch: int
    count: int
    """Samples to train on."""
    classes: bool = False
    """ReLU, softmax and cross-entropy instead of tanh and half squared error."""

    @property
    def title(self) -> str:
        """What stands in the table."""
        return f"{self.name}, batch {self.batch}"

    def samples(self, count: int) -> tuple[Matrix, Matrix]:
        """(count, inputs) and (count, outputs): a ring, or random pictures of random classes."""
        rng = np.random.default_rng(0)
        if self.classes:
            x = rng.random((count, self.sizes[0]))
            return x, np.eye(self.sizes[-1])[rng.integers(0, self.sizes[-1], count)]
        radius = np.where(np.arange(count) % 2 == 0, rng.uniform(0, 2.5, count), rng.uniform(3.5, 5, count))
        angle = rng.uniform(0, 2 * np.pi, count)
        x = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
        return x, np.where(radius < 3, 1.0, -1.0)[:, None]

    def parameters(self) -> list[tuple[Matrix, Matrix]]:
        """W (units, inputs) and b (units,) of every layer at the start."""
        rng = np.random.default_rng(1)
        return [
            (rng.standard_normal((n, i)) / np.sqrt(i), 0.1 * rng.standard_normal(n))
            for i, n in zip(self.sizes, self.sizes[1:], strict=False)
        ]

    def flat(self) -> Matrix:
        """(P,) the same, row by row, each row ending with its bias."""
        return np.concatenate([np.column_stack(pair).ravel() for pair in self.parameters()])


SMALL = (2, 4, 2, 1)
DEEP = (2, 8, 8, 8, 8, 8, 8, 1)
DIGITS = Case("64-64-32-10 ReLU", (64, 64, 32, 10), 32, 1438, classes=True)

SMALL_CASE = Case("2-4-2-1 tanh", SMALL, 10, 250)
DEEP_CASE = Case("2-8×6-1 tanh", DEEP, 10, 250)
TRAINING = (
    SMALL_CASE,
    DEEP_CASE,
    Case("2-4-2-1 tanh", SMALL, 30, 250),
    Case("2-8×6-1 tanh", DEEP, 30, 250),
    DIGITS,
    Case("784-256-128-10 ReLU", (784, 256, 128, 10), 64, 3200, classes=True),
)


def directions(case: Case) -> Matrix:
    """(2, P) random directions for a loss surface, each unit's row as long as its own."""
    axes = np.random.default_rng(2).standard_normal((2, len(case.flat())))
    start = 0
    for weights, biases in case.parameters():
        row = weights.shape[1] + 1
        for unit in np.column_stack([weights, biases]):
            part = axes[:, start : start + row]
            part *= np.linalg.norm(unit) / np.linalg.norm(part, axis=1, keepdims=True)
            start += row
    return axes
