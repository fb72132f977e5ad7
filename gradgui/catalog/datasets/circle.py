"""Circle: one class inside, the other around it."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, classified, shares
from gradgui.text import Text


class CircleSpec(GeneratedSpec, frozen=True, tag="circle"):
    """Class 1 within 2.5 of the middle, class 0 from 3.5 to 5."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        inner, outer = shares(self.points, 2)
        radius = np.concatenate([rng.uniform(0, 2.5, inner), rng.uniform(3.5, 5, outer)])
        angle = rng.uniform(0, 2 * np.pi, self.points)
        x = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
        x += rng.uniform(-5, 5, x.shape) * self.noise / 3
        return classified(x, (np.arange(self.points) < inner).astype(np.int64))


class CircleKind(DataKind):
    """Class 1 within 2.5 of the middle, class 0 from 3.5 to 5."""

    id = "circle"
    name = Text(en="Circle", zh="圆环")
    spec = CircleSpec
    generated = True


KIND = CircleKind()
