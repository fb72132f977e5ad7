"""Softplus: ReLU with a rounded corner."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class Softplus(ActivationKind):
    """a = ln(1 + e^z); its slope is σ(z) = 1 − e^−a."""

    id = "softplus"
    name = Text(en="softplus", zh="softplus")
    lowest = 0.0
    written = r"\ln(1+e^{@z})"
    slope_written = r"\frac{1}{1+e^{-#z}}"
    slope_from_output = True

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        return [(np.logaddexp, (scratch.constant(0.0), z, a))]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(np.negative, (a, out)), (np.expm1, (out, out)), (np.negative, (out, out))]


KIND = Softplus()
