"""Lion: only the direction counts, every step has the same size."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.optimizers._base import Decay, OptimizerKind, OptimizerSpec, Share, scalar
from gradgui.catalog.options import Label
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class LionSpec(OptimizerSpec, frozen=True, tag="lion"):
    """The options of this optimiser."""

    beta1: Annotated[Share, Label(Text(en="β₁, memory in the step", zh="β₁，步子里的记忆"))] = 0.9
    beta2: Annotated[Share, Label(Text(en="β₂, memory that is kept", zh="β₂，保留的记忆"))] = 0.99
    weight_decay: Decay = 0.0

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        return Lion(self.beta1, self.beta2, self.weight_decay)


class Lion(OptimizerKind):
    """step = η (sign(β₁ m + (1 − β₁) g) + λ w) (Chen et al. 2023)."""

    id = "lion"
    name = Text(en="Lion", zh="Lion")
    latex = r"w\leftarrow w-\eta\left(\mathrm{sign}(\beta_1m+(1-\beta_1)g)+\lambda w\right)"
    spec = LionSpec
    slots = 1

    def __init__(self, beta1: float = 0.9, beta2: float = 0.99, weight_decay: float = 0.0) -> None:
        self.beta1 = beta1
        self.beta2 = beta2
        self.weight_decay = weight_decay

    def remembered(self, memory: Array) -> Array:
        """m."""
        average: Array = memory[0].copy()
        return average

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        memory, decay = flat.memory[0], scalar(self.weight_decay, flat.theta)
        keep1, new1 = scalar(self.beta1, flat.theta), scalar(1 - self.beta1, flat.theta)
        keep2, new2 = scalar(self.beta2, flat.theta), scalar(1 - self.beta2, flat.theta)
        return [
            (np.multiply, (memory, keep1, flat.step)),
            (np.multiply, (flat.grad, new1, flat.spare)),
            (np.add, (flat.step, flat.spare, flat.step)),
            (np.sign, (flat.step, flat.step)),
            (np.multiply, (flat.theta, decay, flat.spare)),
            (np.add, (flat.step, flat.spare, flat.step)),
            (np.multiply, (flat.step, rate, flat.step)),
            (np.multiply, (memory, keep2, memory)),
            (np.multiply, (flat.grad, new2, flat.spare)),
            (np.add, (memory, flat.spare, memory)),
        ]


KIND = Lion()
