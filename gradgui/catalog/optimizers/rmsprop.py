"""RMSProp: every parameter is measured by its own recent gradients."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.optimizers._base import Epsilon, OptimizerKind, OptimizerSpec, Share, scalar
from gradgui.catalog.options import Label
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class RmsPropSpec(OptimizerSpec, frozen=True, tag="rmsprop"):
    """The options of this optimiser."""

    rho: Annotated[Share, Label(Text(en="ρ, how long it remembers", zh="ρ，记忆的长短"))] = 0.9
    epsilon: Epsilon = 1e-8

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        return RmsProp(self.rho, self.epsilon)


class RmsProp(OptimizerKind):
    """s ← ρ s + (1 − ρ) g², step = η g / (√s + ε) (Tieleman and Hinton 2012)."""

    id = "rmsprop"
    name = Text(en="RMSProp", zh="RMSProp")
    latex = r"s\leftarrow\rho s+(1-\rho)g^2,\quad w\leftarrow w-\frac{\eta\,g}{\sqrt{s}+\varepsilon}"
    spec = RmsPropSpec
    slots = 1

    def __init__(self, rho: float = 0.9, epsilon: float = 1e-8) -> None:
        self.rho = rho
        self.epsilon = epsilon

    def squared(self, memory: Array, updates: int) -> Array:
        """s."""
        average: Array = memory[0].copy()
        return average

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        mean, small = flat.memory[0], scalar(self.epsilon, flat.theta)
        keep, new = scalar(self.rho, flat.theta), scalar(1 - self.rho, flat.theta)
        return [
            (np.multiply, (mean, keep, mean)),
            (np.square, (flat.grad, flat.step)),
            (np.multiply, (flat.step, new, flat.step)),
            (np.add, (mean, flat.step, mean)),
            (np.sqrt, (mean, flat.step)),
            (np.add, (flat.step, small, flat.step)),
            (np.divide, (flat.grad, flat.step, flat.step)),
            (np.multiply, (flat.step, rate, flat.step)),
        ]


KIND = RmsProp()
