"""Xavier, normal: as wide as keeps a signal its size through tanh layers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class XavierNormal(InitializerKind):
    """N(0, 2 / (fan in + fan out)) (Glorot and Bengio 2010)."""

    id = "xavier_normal"
    name = Text(en="Xavier, normal", zh="Xavier 正态")
    latex = r"W\sim N\left(0,\,\frac{2}{n_{in}+n_{out}}\right)"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        return math.sqrt(2 / (fan_in + fan_out)) * rng.standard_normal(shape)


KIND = XavierNormal()
