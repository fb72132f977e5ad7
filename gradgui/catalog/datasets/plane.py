"""Plane: a slope that a single unit can learn."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec
from gradgui.text import Text


class PlaneSpec(GeneratedSpec, frozen=True, tag="plane"):
    """y = (x1 + x2) / 10."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        x = rng.uniform(-5, 5, (self.points, 2))
        y = (x.sum(axis=1) / 10 + rng.uniform(-1, 1, self.points) * self.noise)[:, None]
        return Examples(x, y, names=("x1", "x2"))


class PlaneKind(DataKind):
    """y = (x1 + x2) / 10."""

    id = "plane"
    name = Text(en="Plane", zh="平面")
    spec = PlaneSpec
    generated = True


KIND = PlaneKind()
