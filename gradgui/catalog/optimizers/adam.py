"""Adam: momentum, measured by each parameter's own recent gradients."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.optimizers._base import (
    BiasCorrection,
    Decay,
    Epsilon,
    OptimizerKind,
    OptimizerSpec,
    RawMoments,
    Share,
    scalar,
)
from gradgui.catalog.options import Label
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class AdamSpec(OptimizerSpec, frozen=True, tag="adam"):
    """The options of this optimiser."""

    beta1: Annotated[Share, Label(Text(en="β₁, memory of the direction", zh="β₁，方向的记忆"))] = 0.9
    beta2: Annotated[Share, Label(Text(en="β₂, memory of the size", zh="β₂，大小的记忆"))] = 0.999
    epsilon: Epsilon = 1e-8
    weight_decay: Decay = 0.0
    bias_correction: BiasCorrection = True

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        kind = Adam if self.bias_correction else BareAdam
        return kind(self.beta1, self.beta2, self.epsilon, self.weight_decay)


class Adam(RawMoments):
    """step = η m̂ / (√v̂ + ε) (Kingma and Ba 2015); weight decay is added to the gradient, g + λ w, as in PyTorch.

    It remembers Σ β₁^k g and Σ β₂^k g², without the factors 1 − β, which saves two calls; `dials` bring them back.
    """

    id = "adam"
    name = Text(en="Adam", zh="Adam")
    latex = r"w\leftarrow w-\eta\,\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"
    memory_latex = r"m\leftarrow\beta_1 m+(1-\beta_1)\,g,\quad v\leftarrow\beta_2 v+(1-\beta_2)\,g^2"
    spec = AdamSpec

    def __init__(
        self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8, weight_decay: float = 0.0
    ) -> None:
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weight_decay = weight_decay

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        first, second = flat.memory
        keep1, keep2 = scalar(self.beta1, flat.theta), scalar(self.beta2, flat.theta)
        grad, decay = self._decayed(flat)
        return [
            *decay,
            (np.multiply, (first, keep1, first)),
            (np.add, (first, grad, first)),
            (np.multiply, (second, keep2, second)),
            (np.square, (grad, flat.step)),
            (np.add, (second, flat.step, second)),
            (np.sqrt, (second, flat.step)),
            (np.add, (flat.step, dials[1], flat.step)),
            (np.divide, (first, flat.step, flat.step)),
            (np.multiply, (flat.step, dials[0], flat.step)),
        ]

    def _decayed(self, flat: Flat) -> tuple[Array, list[Call]]:
        """g + λ w and the calls that compute it."""
        if not self.weight_decay:
            return flat.grad, []
        shrink = scalar(self.weight_decay, flat.theta)
        return flat.spare, [
            (np.multiply, (flat.theta, shrink, flat.spare)),
            (np.add, (flat.spare, flat.grad, flat.spare)),
        ]

    def tick(self, step: int, rate: float, dials: Dials) -> None:
        """Rewrite the bias correction for this step."""
        size = ((1 - self.beta2) / (1 - self.beta2**step)) ** 0.5
        dials[0][()] = rate * (1 - self.beta1) / (1 - self.beta1**step) / size
        dials[1][()] = self.epsilon / size


class BareAdam(Adam):
    """Without bias correction, step = η m / (√v + ε): v starts at 0 and grows slowly, so the first steps are longer."""

    latex = r"w\leftarrow w-\eta\,\frac{m}{\sqrt{v}+\varepsilon}"

    def squared(self, memory: Array, updates: int) -> Array:
        """v, with the factor that memory leaves out."""
        average: Array = memory[1] * (1 - self.beta2)
        return average

    def tick(self, step: int, rate: float, dials: Dials) -> None:
        """Bring back the factors 1 − β, and nothing else."""
        size = (1 - self.beta2) ** 0.5
        dials[0][()] = rate * (1 - self.beta1) / size
        dials[1][()] = self.epsilon / size


KIND = Adam()
