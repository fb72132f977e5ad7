"""He, normal: as wide as keeps a signal its size through ReLU layers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class HeNormal(InitializerKind):
    """N(0, 2 / fan in) (He et al. 2015)."""

    id = "he_normal"
    name = Text(en="He, normal", zh="He 正态")
    latex = r"W\sim N\left(0,\,\frac{2}{n_{in}}\right)"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        return math.sqrt(2 / fan_in) * rng.standard_normal(shape)


KIND = HeNormal()
