"""ELU: like ReLU, but negative sums bend softly towards −1."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.entry import larger, smaller
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class ELU(ActivationKind):
    """a = z for z > 0, else e^z − 1 (Clevert et al. 2015)."""

    id = "elu"
    name = Text(en="ELU", zh="ELU")
    lowest = -1.0
    written = r"@z"
    written_below = r"e^{@z}-1"
    slope_written = r"1"
    slope_written_below = r"e^{@z}"
    slope_from_output = True

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        below, zero = scratch.empty("elu", z.shape), scratch.zeros(z.shape)
        return [
            (smaller(below), (z, zero)),
            (np.expm1, (below, below)),
            (larger(a), (z, zero)),
            (np.add, (a, below, a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(smaller(out), (a, scratch.zeros(a.shape))), (np.add, (out, scratch.constant(1.0), out))]


KIND = ELU()
