"""What every loss file provides."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from gradgui.catalog.entry import Entry
from gradgui.catalog.options import Label
from gradgui.catalog.writing import filled
from gradgui.engine.parts import Loss
from gradgui.text import Text

Reduction = Annotated[
    Literal["mean", "sum"],
    Label(Text(en="over the batch", zh="批内汇总方式")),
]


class LossSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """A loss as it stands in a file."""

    reduction: Reduction = "mean"

    def build(self) -> LossKind:
        """The loss for the engine."""
        raise NotImplementedError


class LossKind(Entry, Loss):
    """A loss, L = sign · 1/below · Σ term over the outputs; the rules in letters follow from the templates.

    In a template `a` is the answer and `y` the target.
    """

    spec: ClassVar[type[LossSpec]]
    term: ClassVar[str]
    """Template of one output's share."""
    slope: ClassVar[str]
    """Template of ∂L/∂a."""
    sign: ClassVar[str] = ""
    below: ClassVar[str] = ""
    true_class: ClassVar[str] = ""
    """With one-hot targets only the right class counts: the template of its share."""
    gradient_latex: ClassVar[str]
    labels: ClassVar[str] = "any"
    """What targets it needs: any, zero_one, plus_minus, one_hot or shares."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        scale = rf"\frac{{1}}{{{cls.below}}}" if cls.below else ""
        if not cls.latex:
            cls.latex = rf"{cls.sign}{scale}\sum_j {filled(cls.term, a='a_j', y='y_j')}"
        cls.gradient_latex = filled(cls.slope, a="a_j", y="y_j")

    def term_with(self, a: str, y: str) -> str:
        """One output's share with letters or numbers put in."""
        return filled(self.term, a=a, y=y)

    def slope_with(self, a: str, y: str) -> str:
        """∂L/∂a, not yet shared among the batch, with letters or numbers put in."""
        return filled(self.slope, a=a, y=y)
