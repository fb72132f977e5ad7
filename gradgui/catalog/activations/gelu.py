"""GELU: z times the chance that a normal number is smaller, in the tanh form."""

from __future__ import annotations

import math

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text

ROOT, CUBIC = math.sqrt(2 / math.pi), 0.044715


class GELU(ActivationKind):
    """a = z/2 · (1 + tanh(√(2/π)(z + 0.044715 z³))) (Hendrycks and Gimpel 2016)."""

    id = "gelu"
    name = Text(en="GELU", zh="GELU")
    lowest = -0.1701
    written = r"#z\cdot\Phi(@z)"
    slope_written = r"\Phi(@z)+#z\,\varphi(@z)"
    slope_from_output = False

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        bent, one = scratch.empty("bent", z.shape), scratch.constant(1.0)
        return [
            (np.square, (z, bent)),
            (np.multiply, (bent, scratch.constant(CUBIC), bent)),
            (np.add, (bent, one, bent)),
            (np.multiply, (bent, z, bent)),
            (np.multiply, (bent, scratch.constant(ROOT), bent)),
            (np.tanh, (bent, bent)),
            (np.add, (bent, one, a)),
            (np.multiply, (a, z, a)),
            (np.multiply, (a, scratch.constant(0.5), a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        bent, inner = scratch.empty("bent", z.shape), scratch.empty("inner", z.shape)
        one, half = scratch.constant(1.0), scratch.constant(0.5)
        return [
            (np.square, (z, inner)),
            (np.multiply, (inner, scratch.constant(3 * CUBIC), inner)),
            (np.add, (inner, one, inner)),
            (np.multiply, (inner, scratch.constant(ROOT), inner)),
            (np.multiply, (inner, z, inner)),
            (np.square, (bent, out)),
            (np.subtract, (one, out, out)),
            (np.multiply, (out, inner, out)),
            (np.add, (out, bent, out)),
            (np.add, (out, one, out)),
            (np.multiply, (out, half, out)),
        ]


KIND = GELU()
