"""Line: one weight and one bias, to be found again among scattered points."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.datasets._base import DataKind, Examples, GeneratedSpec, Noise
from gradgui.text import Text


class LineSpec(GeneratedSpec, frozen=True, tag="line"):
    """y = ½ x1 + 1 for x1 from −5 to 5."""

    noise: Noise = 0.3

    def draw(self, rng: np.random.Generator) -> Examples:
        """`points` examples."""
        x = rng.uniform(-5, 5, (self.points, 1))
        return Examples(x, 0.5 * x + 1 + rng.uniform(-1, 1, x.shape) * self.noise, names=("x1",))


class LineKind(DataKind):
    """y = ½ x1 + 1 for x1 from −5 to 5."""

    id = "line"
    name = Text(en="Line", zh="直线")
    spec = LineSpec
    generated = True
    inputs = 1


KIND = LineKind()
