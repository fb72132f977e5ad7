"""Spiral: two arms wound around each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, classified, shares
from gradgui.text import Text


class SpiralSpec(GeneratedSpec, frozen=True, tag="spiral"):
    """Two arms of 1¾ turns."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        arms = shares(self.points, 2)
        x = np.concatenate([_arm(count, turn) for count, turn in zip(arms, (0.0, np.pi), strict=True)])
        x += rng.uniform(-1, 1, x.shape) * self.noise * 2
        return classified(x, np.repeat([1, 0], arms))


def _arm(count: int, turn: float) -> NDArray[np.float64]:
    along = np.arange(count) / max(count, 1)
    angle = 1.75 * along * 2 * np.pi + turn
    return np.stack([5 * along * np.sin(angle), 5 * along * np.cos(angle)], axis=1)


class SpiralKind(DataKind):
    """Two arms of 1¾ turns."""

    id = "spiral"
    name = Text(en="Spiral", zh="螺旋")
    spec = SpiralSpec
    generated = True


KIND = SpiralKind()
