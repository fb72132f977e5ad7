"""He, uniform: as wide as keeps a signal its size through ReLU layers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class HeUniform(InitializerKind):
    """U(±√(6 / fan in)) (He et al. 2015)."""

    id = "he_uniform"
    name = Text(en="He, uniform", zh="He 均匀")
    latex = r"W\sim U\left(\pm\sqrt{\frac{6}{n_{in}}}\right)"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        limit = math.sqrt(6 / fan_in)
        return rng.uniform(-limit, limit, shape)


KIND = HeUniform()
