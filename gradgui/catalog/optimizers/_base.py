"""What every optimiser file provides."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec
import numpy as np

from gradgui.catalog.entry import Entry
from gradgui.catalog.options import Label, Range
from gradgui.engine.parts import Optimizer
from gradgui.engine.tape import Array
from gradgui.text import Text

LearningRate = Annotated[float, Range(0.0, 1e9), Label(Text(en="learning rate η", zh="学习率 η"))]
Share = Annotated[float, Range(0.0, 0.999999)]
Epsilon = Annotated[float, Range(0.0, 1.0), Label(Text(en="ε, keeps the division safe", zh="ε，防止除以零"))]
BiasCorrection = Annotated[bool, Label(Text(en="bias correction", zh="偏差修正"))]
"""Whether averages that began at 0 are scaled up to what they would be without that beginning."""
Decay = Annotated[float, Range(0.0, 1e3), Label(Text(en="weight decay", zh="权重衰减"))]


class OptimizerSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An optimiser as it stands in a file."""

    learning_rate: LearningRate = 0.1

    def build(self) -> OptimizerKind:
        """The optimiser for the engine."""
        raise NotImplementedError


class OptimizerKind(Entry, Optimizer):
    """An optimiser with its names and its rule."""

    spec: ClassVar[type[OptimizerSpec]]
    memory_latex: ClassVar[str] = ""
    """How it remembers, where `latex` only says how it moves."""

    @property
    def rule_latex(self) -> str:
        """The whole rule for a parameter w with the gradient g."""
        return rf"{self.memory_latex},\quad {self.latex}" if self.memory_latex else self.latex


class RawMoments(OptimizerKind):
    """Remembers Σ β₁^k g and Σ β₂^k g², without the factors 1 − β."""

    slots = 2
    counts_steps = True
    beta1: float
    beta2: float

    def remembered(self, memory: Array) -> Array:
        """m, with the factor that memory leaves out."""
        average: Array = memory[0] * (1 - self.beta1)
        return average

    def squared(self, memory: Array, updates: int) -> Array:
        """v̂, with the factor that memory leaves out."""
        average: Array = memory[1] * (1 - self.beta2) / (1 - self.beta2**updates)
        return average


def scalar(value: float, like: Array) -> Array:
    """A 0-d constant in the precision of `like`."""
    return np.array(value, like.dtype)
