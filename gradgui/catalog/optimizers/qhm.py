"""QHM: a mixture of plain descent and momentum, as much of each as one likes."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.optimizers._base import OptimizerKind, OptimizerSpec, Share, scalar
from gradgui.catalog.options import Label, Range
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class QhmSpec(OptimizerSpec, frozen=True, tag="qhm"):
    """The options of this optimiser."""

    beta: Annotated[Share, Label(Text(en="β, memory of the direction", zh="β，方向的记忆"))] = 0.99
    nu: Annotated[float, Range(0.0, 1.0), Label(Text(en="ν, share of momentum", zh="ν，动量所占份额"))] = 0.7

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        return Qhm(self.beta, self.nu)


class Qhm(OptimizerKind):
    """m ← β m + (1 − β) g, step = η ((1 − ν) g + ν m) (Ma and Yarats 2019)."""

    id = "qhm"
    name = Text(en="QHM", zh="QHM")
    latex = r"m\leftarrow\beta m+(1-\beta)g,\quad w\leftarrow w-\eta\,((1-\nu)g+\nu m)"
    spec = QhmSpec
    slots = 1

    def __init__(self, beta: float = 0.99, nu: float = 0.7) -> None:
        self.beta = beta
        self.nu = nu

    def remembered(self, memory: Array) -> Array:
        """m."""
        average: Array = memory[0].copy()
        return average

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        memory = flat.memory[0]
        keep, take, nu, plain = (
            scalar(share, flat.theta) for share in (self.beta, 1 - self.beta, self.nu, 1 - self.nu)
        )
        return [
            (np.multiply, (memory, keep, memory)),
            (np.multiply, (flat.grad, take, flat.step)),
            (np.add, (memory, flat.step, memory)),
            (np.multiply, (flat.grad, plain, flat.spare)),
            (np.multiply, (memory, nu, flat.step)),
            (np.add, (flat.step, flat.spare, flat.step)),
            (np.multiply, (flat.step, rate, flat.step)),
        ]


KIND = Qhm()
