"""Leaky ReLU: negative sums only whisper."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.catalog.entry import larger
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text

LEAK = 0.01


class LeakyReLU(ActivationKind):
    """a = max(0.01 z, z); the slope at 0 is taken as 0.01."""

    id = "leaky_relu"
    name = Text(en="leaky ReLU", zh="带泄漏 ReLU")
    written = r"\max(0.01\cdot #z, {@z})"
    slope_written = r"1"
    slope_written_below = r"0.01"
    slope_from_output = True

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        return [(np.multiply, (z, scratch.constant(LEAK), a)), (larger(a), (z, a))]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(np.sign, (a, out)), (larger(out), (out, scratch.constant(LEAK)))]


KIND = LeakyReLU()
