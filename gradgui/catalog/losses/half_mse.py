"""Half squared error: half the square of the gap."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class HalfMseSpec(LossSpec, frozen=True, tag="half_mse"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return HalfMse()


class HalfMse(LossKind):
    """½ Σ (a − y)²: its slope is the gap itself."""

    id = "half_mse"
    name = Text(en="half squared error", zh="半平方误差")
    below = r"2"
    term = r"(@a-#y)^2"
    slope = r"@a-#y"
    labels = "any"
    spec = HalfMseSpec

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        total: Array = 0.5 * np.square(a - y).sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        return [(np.subtract, (a, y, out)), (np.multiply, (out, scale, out))]


KIND = HalfMse()
