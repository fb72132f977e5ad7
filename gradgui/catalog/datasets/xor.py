"""XOR: opposite corners belong together."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, classified
from gradgui.text import Text


class XorSpec(GeneratedSpec, frozen=True, tag="xor"):
    """Class 1 where x1 and x2 have the same sign, with a gap along the axes."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        x = rng.uniform(-5, 5, (self.points, 2))
        x += np.where(x > 0, 0.3, -0.3)
        labels = (x[:, 0] * x[:, 1] >= 0).astype(np.int64)
        return classified(x + rng.uniform(-5, 5, x.shape) * self.noise / 3, labels)


class XorKind(DataKind):
    """Class 1 where x1 and x2 have the same sign, with a gap along the axes."""

    id = "xor"
    name = Text(en="XOR", zh="异或")
    spec = XorSpec
    generated = True


KIND = XorKind()
