"""Binary cross-entropy: how surprised the machine is by the truth."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations.sigmoid import Sigmoid
from gradgui.catalog.entry import larger
from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.catalog.writing import filled
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class BinaryCrossEntropySpec(LossSpec, frozen=True, tag="bce"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return BinaryCrossEntropy()


class BinaryCrossEntropy(LossKind):
    """−[y ln a + (1 − y) ln(1 − a)]; with a sigmoid before it ∂L/∂z = a − y."""

    id = "bce"
    name = Text(en="binary cross-entropy", zh="二元交叉熵")
    sign = r"-"
    term = r"[@y\ln @a+(1-@y)\ln(1-@a)]"
    slope = r"\frac{@a-@y}{@a\,(1-#a)}"
    labels = "zero_one"
    spec = BinaryCrossEntropySpec
    fuses_with = Sigmoid

    def term_with(self, a: str, y: str) -> str:
        """Of a whole target only one half is left."""
        if y in ("0", "1"):
            return filled(r"\ln #a" if y == "1" else r"\ln(1-#a)", a=a)
        return super().term_with(a, y)

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        with np.errstate(all="ignore"):
            losses = -(_times_log(y, a) + _times_log(1 - y, 1 - a))
        total: Array = losses.sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        rest, one = scratch.empty("bce", a.shape), scratch.constant(1.0)
        tiny = scratch.constant(float(np.finfo(a.dtype).tiny))
        return [
            (np.subtract, (one, a, rest)),
            (np.multiply, (rest, a, rest)),
            (larger(rest), (rest, tiny)),
            (np.subtract, (a, y, out)),
            (np.divide, (out, rest, out)),
            (np.multiply, (out, scale, out)),
        ]

    def per_sample_fused(self, z: Array, a: Array, y: Array) -> Array:
        """ln(1 + e^z) − y z, written so that it is finite, and exact near 0, for any z."""
        total: Array = (np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))).sum(axis=0)
        return total


def _times_log(share: Array, p: Array) -> Array:
    """share · ln p with 0 · ln 0 = 0."""
    return np.where(share == 0, 0.0, share * np.log(p))


KIND = BinaryCrossEntropy()
