"""Nesterov: momentum that looks ahead before it steps."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.optimizers._base import scalar
from gradgui.catalog.optimizers.momentum import Momentum, MomentumSpec
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class NesterovSpec(MomentumSpec, frozen=True, tag="nesterov"):
    """The options of this optimiser."""

    def build(self) -> Nesterov:
        """The optimiser for the engine."""
        return Nesterov(self.momentum)


class Nesterov(Momentum):
    """v ← μ v + g, step = η (g + μ v) (Nesterov 1983, in PyTorch's form)."""

    id = "nesterov"
    name = Text(en="Nesterov", zh="Nesterov 动量")
    latex = r"v\leftarrow\mu v+g,\quad w\leftarrow w-\eta\,(g+\mu v)"
    spec = NesterovSpec

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        velocity, keep = flat.memory[0], scalar(self.momentum, flat.theta)
        return [
            (np.multiply, (velocity, keep, velocity)),
            (np.add, (velocity, flat.grad, velocity)),
            (np.multiply, (velocity, keep, flat.step)),
            (np.add, (flat.step, flat.grad, flat.step)),
            (np.multiply, (flat.step, rate, flat.step)),
        ]


KIND = Nesterov()
