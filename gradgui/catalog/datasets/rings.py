"""Rings: three classes, one around the other."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, classified, shares
from gradgui.text import Text


class RingsSpec(GeneratedSpec, frozen=True, tag="rings"):
    """Rings at distances 0–1.2, 2–3.2 and 4–5.2."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        counts = shares(self.points, 3)
        labels = np.repeat(np.arange(3), counts)
        radius = labels * 2.0 + rng.uniform(0, 1.2, self.points)
        angle = rng.uniform(0, 2 * np.pi, self.points)
        x = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
        return classified(x + rng.standard_normal(x.shape) * self.noise, labels, 3)


class RingsKind(DataKind):
    """Rings at distances 0–1.2, 2–3.2 and 4–5.2."""

    id = "rings"
    name = Text(en="Three rings", zh="三层圆环")
    spec = RingsSpec
    generated = True


KIND = RingsKind()
