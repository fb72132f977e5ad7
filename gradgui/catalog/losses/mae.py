"""Absolute error: the size of the gap, however large."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class MaeSpec(LossSpec, frozen=True, tag="mae"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return Mae()


class Mae(LossKind):
    """Σ |a − y|; the slope at 0 is taken as 0."""

    id = "mae"
    name = Text(en="absolute error", zh="绝对误差")
    term = r"|@a-#y|"
    slope = r"\mathrm{sign}(@a-#y)"
    labels = "any"
    spec = MaeSpec

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        total: Array = np.abs(a - y).sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        return [(np.subtract, (a, y, out)), (np.sign, (out, out)), (np.multiply, (out, scale, out))]


KIND = Mae()
