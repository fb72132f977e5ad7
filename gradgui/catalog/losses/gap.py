"""Gap: what is missing to certainty about the true class."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class GapSpec(LossSpec, frozen=True, tag="gap"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return Gap()


class Gap(LossKind):
    """1 − Σ y a: with a share for the true class, 1 − p."""

    id = "gap"
    name = Text(en="gap to certainty", zh="与百分之百的差距")
    latex = r"1-\sum_j y_ja_j"
    term = r"(1-#y\cdot #a)"
    slope = r"-#y"
    true_class = r"(1-#a)"
    labels = "shares"
    spec = GapSpec

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        total: Array = 1.0 - (y * a).sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        minus = scratch.constant(-1.0)
        return [(np.multiply, (y, scale, out)), (np.multiply, (out, minus, out))]


KIND = Gap()
