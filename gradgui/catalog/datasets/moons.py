"""Two moons: two crescents that reach into each other."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, classified, shares
from gradgui.text import Text


class MoonsSpec(GeneratedSpec, frozen=True, tag="moons"):
    """Two half circles of radius 3."""

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        upper, lower = shares(self.points, 2)
        t = np.concatenate([np.linspace(0, np.pi, upper), np.linspace(0, np.pi, lower)])
        labels = np.repeat([1, 0], [upper, lower])
        up = np.stack([np.cos(t), np.sin(t)], axis=1)
        down = np.stack([1 - np.cos(t), 0.5 - np.sin(t)], axis=1)
        x = (np.where(labels[:, None] == 1, up, down) - (0.5, 0.25)) * 3
        return classified(x + rng.standard_normal(x.shape) * self.noise * 1.5, labels)


class MoonsKind(DataKind):
    """Two half circles of radius 3."""

    id = "moons"
    name = Text(en="Two moons", zh="双月")
    spec = MoonsSpec
    generated = True


KIND = MoonsKind()
