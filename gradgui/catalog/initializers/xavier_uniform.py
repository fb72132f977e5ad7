"""Xavier, uniform: as wide as keeps a signal its size through tanh layers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class XavierUniform(InitializerKind):
    """U(±√(6 / (fan in + fan out))) (Glorot and Bengio 2010)."""

    id = "xavier_uniform"
    name = Text(en="Xavier, uniform", zh="Xavier 均匀")
    latex = r"W\sim U\left(\pm\sqrt{\frac{6}{n_{in}+n_{out}}}\right)"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        limit = math.sqrt(6 / (fan_in + fan_out))
        return rng.uniform(-limit, limit, shape)


KIND = XavierUniform()
