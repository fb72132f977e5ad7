"""Constant: everybody starts with the same weight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class Constant(InitializerKind):
    """All weights 0.5."""

    id = "constant"
    name = Text(en="constant 0.5", zh="常数 0.5")
    latex = r"W=0.5"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        return np.full(shape, 0.5)


KIND = Constant()
