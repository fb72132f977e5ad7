"""What every loss file provides."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from gradgui.catalog.entry import Entry
from gradgui.catalog.options import Label
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
    """A loss with its names and formula."""

    spec: ClassVar[type[LossSpec]]
    gradient_latex: ClassVar[str]
    labels: ClassVar[str] = "any"
    """What targets it needs: any, zero_one, plus_minus, one_hot or shares."""
