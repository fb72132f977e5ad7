"""Hinge: content once the answer is clearly on the right side."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.entry import larger
from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class HingeSpec(LossSpec, frozen=True, tag="hinge"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return Hinge()


class Hinge(LossKind):
    """Σ max(0, 1 − y a) for targets −1 and +1; the slope at the corner is taken as 0."""

    id = "hinge"
    name = Text(en="hinge loss", zh="合页损失")
    term = r"\max(0,\,1-#y\cdot #a)"
    slope = r"-#y\,[#y\cdot #a<1]"
    labels = "plus_minus"
    spec = HingeSpec

    def term_with(self, a: str, y: str) -> str:
        """The classes are −1 and +1."""
        return super().term_with(a, "-1" if y == "0" else y)

    def slope_with(self, a: str, y: str) -> str:
        """The classes are −1 and +1."""
        return super().slope_with(a, "-1" if y == "0" else y)

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        total: Array = np.maximum(0, 1 - y * a).sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        zero, one, minus = scratch.constant(0.0), scratch.constant(1.0), scratch.constant(-1.0)
        return [
            (np.multiply, (y, a, out)),
            (np.subtract, (one, out, out)),
            (larger(out), (out, zero)),
            (np.sign, (out, out)),
            (np.multiply, (out, y, out)),
            (np.multiply, (out, scale, out)),
            (np.multiply, (out, minus, out)),
        ]


KIND = Hinge()
