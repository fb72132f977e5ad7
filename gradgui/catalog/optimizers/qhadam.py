"""QHAdam: Adam that also listens to the gradient of this very step."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.optimizers._base import BiasCorrection, Epsilon, OptimizerKind, OptimizerSpec, Share, scalar
from gradgui.catalog.options import Label, Range
from gradgui.engine.parts import Dials, Flat
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class QhAdamSpec(OptimizerSpec, frozen=True, tag="qhadam"):
    """The options of this optimiser."""

    beta1: Annotated[Share, Label(Text(en="β₁, memory of the direction", zh="β₁，方向的记忆"))] = 0.9
    beta2: Annotated[Share, Label(Text(en="β₂, memory of the size", zh="β₂，大小的记忆"))] = 0.999
    nu1: Annotated[float, Range(0.0, 1.0), Label(Text(en="ν₁, share of that direction", zh="ν₁，该方向所占份额"))] = 0.7
    nu2: Annotated[float, Range(0.0, 1.0), Label(Text(en="ν₂, share of that size", zh="ν₂，该大小所占份额"))] = 1.0
    epsilon: Epsilon = 1e-8
    bias_correction: BiasCorrection = True

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        kind = QhAdam if self.bias_correction else BareQhAdam
        return kind(self.beta1, self.beta2, self.nu1, self.nu2, self.epsilon)


class QhAdam(OptimizerKind):
    """step = η ((1 − ν₁) g + ν₁ m̂) / (√((1 − ν₂) g² + ν₂ v̂) + ε) (Ma and Yarats 2019)."""

    id = "qhadam"
    name = Text(en="QHAdam", zh="QHAdam")
    latex = r"w\leftarrow w-\eta\,\frac{(1-\nu_1)g+\nu_1\hat m}{\sqrt{(1-\nu_2)g^2+\nu_2\hat v}+\varepsilon}"
    spec = QhAdamSpec
    slots = 2
    counts_steps = True

    def __init__(
        self, beta1: float = 0.9, beta2: float = 0.999, nu1: float = 0.7, nu2: float = 1.0, epsilon: float = 1e-8
    ) -> None:
        self.beta1, self.beta2 = beta1, beta2
        self.nu1, self.nu2 = nu1, nu2
        self.epsilon = epsilon

    def remembered(self, memory: Array) -> Array:
        """m."""
        average: Array = memory[0].copy()
        return average

    def squared(self, memory: Array, updates: int) -> Array:
        """v̂."""
        average: Array = memory[1] / (1 - self.beta2**updates)
        return average

    def step(self, flat: Flat, rate: Array, dials: Dials) -> list[Call]:
        """Calls that write the step into flat.step."""
        first, second = flat.memory
        keep1, take1, plain1 = (scalar(s, flat.theta) for s in (self.beta1, 1 - self.beta1, 1 - self.nu1))
        keep2, take2, plain2 = (scalar(s, flat.theta) for s in (self.beta2, 1 - self.beta2, 1 - self.nu2))
        epsilon, square, size = scalar(self.epsilon, flat.theta), flat.spare, flat.step
        return [
            (np.multiply, (first, keep1, first)),
            (np.multiply, (flat.grad, take1, size)),
            (np.add, (first, size, first)),
            (np.square, (flat.grad, square)),
            (np.multiply, (second, keep2, second)),
            (np.multiply, (square, take2, size)),
            (np.add, (second, size, second)),
            (np.multiply, (square, plain2, square)),
            (np.multiply, (second, dials[1], size)),
            (np.add, (size, square, size)),
            (np.sqrt, (size, size)),
            (np.add, (size, epsilon, size)),
            (np.multiply, (first, dials[0], square)),
            (np.divide, (square, size, square)),
            (np.divide, (flat.grad, size, size)),
            (np.multiply, (size, plain1, size)),
            (np.add, (size, square, size)),
            (np.multiply, (size, rate, size)),
        ]

    def tick(self, step: int, rate: float, dials: Dials) -> None:
        """Rewrite the bias corrections for this step, together with the shares."""
        dials[0][()] = self.nu1 / (1 - self.beta1**step)
        dials[1][()] = self.nu2 / (1 - self.beta2**step)


class BareQhAdam(QhAdam):
    """The same without bias correction: m and v count as they are."""

    latex = QhAdam.latex.replace(r"\hat ", "")

    def squared(self, memory: Array, updates: int) -> Array:
        """v."""
        average: Array = memory[1].copy()
        return average

    def tick(self, step: int, rate: float, dials: Dials) -> None:
        """The shares alone."""
        dials[0][()], dials[1][()] = self.nu1, self.nu2


KIND = QhAdam()
