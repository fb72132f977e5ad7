"""Huber: squared near the target, absolute far away."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.entry import larger, smaller
from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.catalog.options import Label, Range
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class HuberSpec(LossSpec, frozen=True, tag="huber"):
    """The options of this loss."""

    delta: Annotated[
        float, Range(1e-6, 1e6), Label(Text(en="δ, where it turns straight", zh="δ，从这里开始变成直线"))
    ] = 1.0

    def build(self) -> LossKind:
        """The loss for the engine."""
        return Huber(self.delta)


class Huber(LossKind):
    """½ gap² up to δ, then δ (gap − ½ δ) (Huber 1964)."""

    id = "huber"
    name = Text(en="Huber loss", zh="Huber 损失")
    term = r"h_{\delta}(@a-#y)"
    slope = r"\mathrm{clip}(@a-#y,\,-\delta,\,\delta)"
    labels = "any"
    spec = HuberSpec

    def __init__(self, delta: float = 1.0) -> None:
        self.delta = delta

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        gap = np.abs(a - y)
        losses = np.where(gap <= self.delta, 0.5 * gap * gap, self.delta * (gap - 0.5 * self.delta))
        total: Array = losses.sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        low, high = scratch.constant(-self.delta), scratch.constant(self.delta)
        return [
            (np.subtract, (a, y, out)),
            (larger(out), (out, low)),
            (smaller(out), (out, high)),
            (np.multiply, (out, scale, out)),
        ]


KIND = Huber()
