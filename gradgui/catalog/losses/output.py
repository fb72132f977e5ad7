"""Output: the answer itself is the loss; for landscapes that are formulas."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class OutputSpec(LossSpec, frozen=True, tag="output"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return Output()


class Output(LossKind):
    """Σ a: targets play no part."""

    id = "output"
    name = Text(en="the answer itself", zh="输出本身")
    term = r"@a"
    slope = r"1"
    labels = "any"
    spec = OutputSpec

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        total: Array = a.sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        return [(np.copyto, (out, scale))]


KIND = Output()
