"""Normal: mostly small, sometimes large."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.initializers._base import InitializerKind
from gradgui.text import Text


class Normal(InitializerKind):
    """N(0, 0.5²)."""

    id = "normal"
    name = Text(en="normal", zh="正态分布")
    latex = r"W\sim N(0,\,0.5^2)"

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        return 0.5 * rng.standard_normal(shape)


KIND = Normal()
