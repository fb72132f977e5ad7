"""Uniform: anything between −1 and 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class Uniform(InitializerKind):
    """U(−1, 1)."""

    id = "uniform"
    name = Text(en="uniform", zh="均匀分布")
    latex = r"W\sim U(-1,\,1)"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        return rng.uniform(-1.0, 1.0, shape)


KIND = Uniform()
