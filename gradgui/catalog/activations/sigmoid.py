"""Sigmoid: any number becomes a share between 0 and 1."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class Sigmoid(ActivationKind):
    """a = 1 / (1 + e^−z); e^−z may overflow to ∞, which gives the right 0."""

    id = "sigmoid"
    name = Text(en="sigmoid", zh="sigmoid")
    lowest, highest = 0.0, 1.0
    written = r"\frac{1}{1+e^{-#z}}"
    slope_written = r"a(1-a)"
    slope_from_output = True

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        one = scratch.constant(1.0)
        return [(np.negative, (z, a)), (np.exp, (a, a)), (np.add, (a, one, a)), (np.reciprocal, (a, a))]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(np.subtract, (scratch.constant(1.0), a, out)), (np.multiply, (out, a, out))]


KIND = Sigmoid()
