"""AdamW: Adam that also shrinks the parameters a little at every step."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.optimizers._base import Decay, Epsilon, OptimizerKind, OptimizerSpec, RawMoments, Share, scalar
from gradgui.catalog.options import Label
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class AdamWSpec(OptimizerSpec, frozen=True, tag="adamw"):
    """The options of this optimiser."""

    beta1: Annotated[Share, Label(Text(en="β₁, memory of the direction", zh="β₁，方向的记忆"))] = 0.9
    beta2: Annotated[Share, Label(Text(en="β₂, memory of the size", zh="β₂，大小的记忆"))] = 0.999
    epsilon: Epsilon = 1e-8
    weight_decay: Decay = 0.01

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        return AdamW(self.beta1, self.beta2, self.epsilon, self.weight_decay)


class AdamW(RawMoments):
    """step = η (m̂ / (√v̂ + ε) + λ w) (Loshchilov and Hutter 2019)."""

    id = "adamw"
    name = Text(en="AdamW", zh="AdamW")
    latex = r"w\leftarrow w-\eta\left(\frac{\hat m}{\sqrt{\hat v}+\varepsilon}+\lambda w\right)"
    spec = AdamWSpec

    def __init__(
        self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8, weight_decay: float = 0.01
    ) -> None:
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weight_decay = weight_decay

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        first, second = flat.memory
        keep1, keep2 = scalar(self.beta1, flat.theta), scalar(self.beta2, flat.theta)
        shrink = dials[2]
        return [
            (np.multiply, (first, keep1, first)),
            (np.add, (first, flat.grad, first)),
            (np.multiply, (second, keep2, second)),
            (np.square, (flat.grad, flat.step)),
            (np.add, (second, flat.step, second)),
            (np.sqrt, (second, flat.step)),
            (np.add, (flat.step, dials[1], flat.step)),
            (np.divide, (first, flat.step, flat.step)),
            (np.multiply, (flat.step, dials[0], flat.step)),
            (np.multiply, (flat.theta, shrink, flat.spare)),
            (np.add, (flat.step, flat.spare, flat.step)),
        ]

    def tick(self, step: int, rate: float, dials: Dials) -> None:
        """Rewrite the bias correction for this step."""
        size = ((1 - self.beta2) / (1 - self.beta2**step)) ** 0.5
        dials[0][()] = rate * (1 - self.beta1) / (1 - self.beta1**step) / size
        dials[1][()] = self.epsilon / size
        dials[2][()] = rate * self.weight_decay


KIND = AdamW()
