"""Squared error: the square of the gap."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class MseSpec(LossSpec, frozen=True, tag="mse"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return Mse()


class Mse(LossKind):
    """Σ (a − y)²."""

    id = "mse"
    name = Text(en="squared error", zh="平方误差")
    term = r"(@a-#y)^2"
    slope = r"2(@a-#y)"
    labels = "any"
    spec = MseSpec

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        total: Array = np.square(a - y).sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        twice = scratch.constant(2.0)
        return [(np.subtract, (a, y, out)), (np.multiply, (out, scale, out)), (np.multiply, (out, twice, out))]


KIND = Mse()
