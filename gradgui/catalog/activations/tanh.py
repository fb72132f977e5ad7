"""tanh: an S-curve from −1 to 1."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class Tanh(ActivationKind):
    """a = tanh z."""

    id = "tanh"
    name = Text(en="tanh", zh="tanh")
    lowest, highest = -1.0, 1.0
    written = r"\tanh(@z)"
    slope_written = r"1-a^2"
    slope_from_output = True

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        return [(np.tanh, (z, a))]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(np.square, (a, out)), (np.subtract, (scratch.constant(1.0), out, out))]


KIND = Tanh()
