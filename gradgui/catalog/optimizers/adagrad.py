"""AdaGrad: parameters that have moved much move less."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.optimizers._base import Epsilon, OptimizerKind, OptimizerSpec, scalar
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class AdaGradSpec(OptimizerSpec, frozen=True, tag="adagrad"):
    """The options of this optimiser."""

    epsilon: Epsilon = 1e-10

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        return AdaGrad(self.epsilon)


class AdaGrad(OptimizerKind):
    """s ← s + g², step = η g / (√s + ε) (Duchi et al. 2011)."""

    id = "adagrad"
    name = Text(en="AdaGrad", zh="AdaGrad")
    latex = r"s\leftarrow s+g^2,\quad w\leftarrow w-\frac{\eta\,g}{\sqrt{s}+\varepsilon}"
    spec = AdaGradSpec
    slots = 1

    def __init__(self, epsilon: float = 1e-10) -> None:
        self.epsilon = epsilon

    def squared(self, memory: Array, updates: int) -> Array:
        """s."""
        total: Array = memory[0].copy()
        return total

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        total, small = flat.memory[0], scalar(self.epsilon, flat.theta)
        return [
            (np.square, (flat.grad, flat.step)),
            (np.add, (total, flat.step, total)),
            (np.sqrt, (total, flat.step)),
            (np.add, (flat.step, small, flat.step)),
            (np.divide, (flat.grad, flat.step, flat.step)),
            (np.multiply, (flat.step, rate, flat.step)),
        ]


KIND = AdaGrad()
