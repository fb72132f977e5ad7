"""Cross-entropy: how surprised the machine is by the true class."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations.softmax import Softmax
from gradgui.catalog.entry import larger
from gradgui.catalog.losses._base import LossKind, LossSpec
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class CrossEntropySpec(LossSpec, frozen=True, tag="cross_entropy"):
    """The options of this loss."""

    def build(self) -> LossKind:
        """The loss for the engine."""
        return CrossEntropy()


class CrossEntropy(LossKind):
    """−Σ y ln a for targets that add up to 1; with a softmax before it ∂L/∂z = a − y."""

    id = "cross_entropy"
    name = Text(en="cross-entropy", zh="交叉熵")
    sign = r"-"
    term = r"@y\ln @a"
    slope = r"-\frac{@y}{@a}"
    true_class = r"\ln #a"
    labels = "shares"
    spec = CrossEntropySpec
    fuses_with = Softmax

    def per_sample(self, a: Array, y: Array) -> Array:
        """(B,) losses."""
        with np.errstate(all="ignore"):
            losses = np.where(y == 0, 0.0, -y * np.log(a))
        total: Array = losses.sum(axis=0)
        return total

    def gradient(self, a: Array, y: Array, out: Array, scale: Array, scratch: Scratch) -> list[Call]:
        """Calls that write scale · ∂L/∂a into out."""
        tiny = scratch.constant(float(np.finfo(a.dtype).tiny))
        return [
            (larger(out), (a, tiny)),
            (np.divide, (y, out, out)),
            (np.negative, (out, out)),
            (np.multiply, (out, scale, out)),
        ]

    def per_sample_fused(self, z: Array, a: Array, y: Array) -> Array:
        """ln Σ e^(z − peak) − Σ y (z − peak) for targets that add up to 1: finite for any z, exact for small losses.

        One large intermediate result instead of three: a loss surface asks for many samples at once.
        """
        lower = z - z.max(axis=0)
        right: Array = np.einsum("j...,j...->...", y, lower)
        np.exp(lower, out=lower)
        total: Array = np.log(lower.sum(axis=0)) - right
        return total


KIND = CrossEntropy()
