"""Zeros: everybody starts alike, and stays alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class Zeros(InitializerKind):
    """All weights 0."""

    id = "zeros"
    name = Text(en="zeros", zh="全零")
    latex = r"W=0"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        return np.zeros(shape)


KIND = Zeros()
