"""Bumps: Gaussian hills and hollows."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec
from gradgui.text import Text

HILLS = (
    (1.0, (-4.0, 2.5)),
    (1.0, (0.0, 2.5)),
    (1.0, (4.0, 2.5)),
    (-1.0, (-4.0, -2.5)),
    (-1.0, (0.0, -2.5)),
    (-1.0, (4.0, -2.5)),
)


class BumpsSpec(GeneratedSpec, frozen=True, tag="bumps"):
    """Three hills of height 1 and three hollows of depth 1."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        x = rng.uniform(-5, 5, (self.points, 2))
        y = sum((sign * np.exp(-((x - centre) ** 2).sum(axis=1) / 4) for sign, centre in HILLS), np.zeros(self.points))
        y = (np.clip(y, -1, 1) + rng.uniform(-1, 1, self.points) * self.noise)[:, None]
        return Examples(x, y, names=("x1", "x2"))


class BumpsKind(DataKind):
    """Three hills of height 1 and three hollows of depth 1."""

    id = "bumps"
    name = Text(en="Bumps", zh="高斯山丘")
    spec = BumpsSpec
    generated = True


KIND = BumpsKind()
