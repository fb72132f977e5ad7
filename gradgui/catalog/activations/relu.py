"""ReLU: negative sums are silent."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.entry import larger
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class ReLU(ActivationKind):
    """a = max(0, z); the slope at 0 is taken as 0."""

    id = "relu"
    name = Text(en="ReLU", zh="ReLU")
    lowest = 0.0
    written = r"\max(0, {@z})"
    slope_written = r"1"
    slope_written_below = r"0"
    slope_from_output = True

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        return [(larger(a), (z, scratch.zeros(z.shape)))]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(np.sign, (a, out))]


KIND = ReLU()
