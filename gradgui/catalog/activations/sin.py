"""Sine: a wave."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class Sine(ActivationKind):
    """a = sin z."""

    id = "sin"
    name = Text(en="sin", zh="sin")
    lowest, highest = -1.0, 1.0
    written = r"\sin(@z)"
    slope_written = r"\cos(@z)"
    slope_from_output = False

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        return [(np.sin, (z, a))]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(np.cos, (z, out))]


KIND = Sine()
