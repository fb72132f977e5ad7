"""Two Gaussians: two clouds that one straight line can part."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, classified, shares
from gradgui.text import Text


class GaussSpec(GeneratedSpec, frozen=True, tag="gauss"):
    """Class 1 around (2, 2), class 0 around (−2, −2)."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        right = shares(self.points, 2)[0]
        labels = (np.arange(self.points) < right).astype(np.int64)
        centre = np.where(labels[:, None] == 1, 2.0, -2.0)
        return classified(centre + (0.5 + 3.5 * self.noise) ** 0.5 * rng.standard_normal((self.points, 2)), labels)


class GaussKind(DataKind):
    """Class 1 around (2, 2), class 0 around (−2, −2)."""

    id = "gauss"
    name = Text(en="Two clouds", zh="两团高斯")
    spec = GaussSpec
    generated = True


KIND = GaussKind()
