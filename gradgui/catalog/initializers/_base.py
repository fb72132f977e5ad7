"""What every initialiser file provides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.entry import Entry


class InitializerKind(Entry):
    """A way to draw the first weights; biases start at 0."""

    def draw(self, shape: tuple[int, int], fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """(units, inputs) weights."""
        raise NotImplementedError
