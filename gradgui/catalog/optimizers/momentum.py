"""Momentum: steps remember their direction, like a rolling ball."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.optimizers._base import OptimizerKind, OptimizerSpec, Share, scalar
from gradgui.catalog.options import Label
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class MomentumSpec(OptimizerSpec, frozen=True, tag="momentum"):
    """The options of this optimiser."""

    momentum: Annotated[Share, Label(Text(en="momentum μ", zh="动量 μ"))] = 0.9

    def build(self) -> Momentum:
        """The optimiser for the engine."""
        return Momentum(self.momentum)


class Momentum(OptimizerKind):
    """v ← μ v + g, step = η v (Polyak 1964, in PyTorch's form)."""

    id = "momentum"
    name = Text(en="momentum", zh="动量")
    latex = r"v\leftarrow\mu v+g,\quad w\leftarrow w-\eta\,v"
    spec = MomentumSpec
    slots = 1

    def __init__(self, momentum: float = 0.9) -> None:
        self.momentum = momentum

    def remembered(self, memory: Array) -> Array:
        """What v has gathered, as an average."""
        average: Array = memory[0] * (1 - self.momentum)
        return average

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        velocity, keep = flat.memory[0], scalar(self.momentum, flat.theta)
        return [
            (np.multiply, (velocity, keep, velocity)),
            (np.add, (velocity, flat.grad, velocity)),
            (np.multiply, (velocity, rate, flat.step)),
        ]


KIND = Momentum()
