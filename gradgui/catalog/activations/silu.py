"""SiLU: z times its own sigmoid."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class SiLU(ActivationKind):
    """a = z·σ(z) (Elfwing et al. 2017)."""

    id = "silu"
    name = Text(en="SiLU", zh="SiLU")
    lowest = -0.2785
    written = r"\frac{@z}{1+e^{-#z}}"
    slope_written = r"\sigma(@z)+a\,(1-\sigma(@z))"
    slope_from_output = False

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        share, one = scratch.empty("share", z.shape), scratch.constant(1.0)
        return [
            (np.negative, (z, share)),
            (np.exp, (share, share)),
            (np.add, (share, one, share)),
            (np.reciprocal, (share, share)),
            (np.multiply, (z, share, a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        share = scratch.empty("share", z.shape)
        return [
            (np.subtract, (scratch.constant(1.0), share, out)),
            (np.multiply, (out, a, out)),
            (np.add, (out, share, out)),
        ]


KIND = SiLU()
