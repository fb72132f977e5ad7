"""Plain gradient descent: one step straight downhill."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.optimizers._base import OptimizerKind, OptimizerSpec
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class SgdSpec(OptimizerSpec, frozen=True, tag="sgd"):
    """The options of this optimiser."""

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        return Sgd()


class Sgd(OptimizerKind):
    """step = η g."""

    id = "sgd"
    name = Text(en="SGD", zh="SGD（普通梯度下降）")
    latex = r"w\leftarrow w-\eta\,g"
    spec = SgdSpec
    slots = 0

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        return [(np.multiply, (flat.grad, rate, flat.step))]


KIND = Sgd()
