"""Sine: a wave that a straight line cannot follow."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec
from gradgui.text import Text


class SineSpec(GeneratedSpec, frozen=True, tag="sine"):
    """y = sin x1 for x1 from −5 to 5."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        x = rng.uniform(-5, 5, (self.points, 1))
        return Examples(x, np.sin(x) + rng.uniform(-1, 1, x.shape) * self.noise, names=("x1",))


class SineKind(DataKind):
    """y = sin x1 for x1 from −5 to 5."""

    id = "sine"
    name = Text(en="Sine wave", zh="正弦波")
    spec = SineSpec
    generated = True
    inputs = 1


KIND = SineKind()
