"""An experiment: data, network, loss, optimiser and training, as one frozen value.

This is the public file format; names and meanings never change, new ones may be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Union

import msgspec

from gradgui.catalog.datasets._base import DataSpec
from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.losses._base import LossSpec
from gradgui.catalog.optimizers._base import OptimizerSpec
from gradgui.catalog.options import Label, Range
from gradgui.catalog.registry import data_kinds, layer_kinds, loss_kinds, optimizer_kinds
from gradgui.document.locks import LocksSpec
from gradgui.document.notes import BookmarkSpec, BreakpointSpec, PositionSpec
from gradgui.text import Text

FORMAT = "gradgui.experiment"
VERSION = 1

if TYPE_CHECKING:
    AnyData = DataSpec
    AnyLayer = LayerSpec
    AnyLoss = LossSpec
    AnyOptimizer = OptimizerSpec
else:
    AnyData = Union[tuple(kind.spec for kind in data_kinds().values())]  # noqa: UP007
    AnyLayer = Union[tuple(kind.spec for kind in layer_kinds().values())]  # noqa: UP007
    AnyLoss = Union[tuple(kind.spec for kind in loss_kinds().values())]  # noqa: UP007
    AnyOptimizer = Union[tuple(kind.spec for kind in optimizer_kinds().values())]  # noqa: UP007

Penalty = Annotated[float, Range(0.0, 1e6)]


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from", "target": "to"}):
    """A skip link: the output of one layer also feeds a later one."""

    source: str
    target: str
    how: Literal["add", "concat"] = "add"


class NetworkSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Layers in order, L1, L2, …, and links beyond the chain."""

    layers: tuple[AnyLayer, ...]
    links: tuple[Link, ...] = ()


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the learning rate changes with time."""

    kind: Literal["constant", "step", "exponential", "cosine", "warmup"] = "constant"
    every: Annotated[int, Range(1, 10**9), Label(Text(en="epochs", zh="epoch 数"))] = 10
    """Epochs: between drops (step), to the end (cosine), of warming up (warmup)."""
    factor: Annotated[float, Range(0.0, 1.0), Label(Text(en="factor", zh="系数"))] = 0.5
    """What is kept at each drop (step) or each epoch (exponential); the last share (cosine)."""


class TrainingSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How training goes through the examples."""

    batch_size: Annotated[int, Range(0, 1_000_000), Label(Text(en="batch size (0 = all)", zh="批大小（0 = 全部）"))] = 0
    shuffle: Annotated[bool, Label(Text(en="shuffle every epoch", zh="每个 epoch 打乱"))] = True
    seed: Annotated[int, Range(0, 2**31 - 1), Label(Text(en="seed", zh="随机种子"))] = 1
    l1: Annotated[Penalty, Label(Text(en="L1", zh="L1"))] = 0.0
    l2: Annotated[Penalty, Label(Text(en="L2", zh="L2"))] = 0.0
    clip_norm: Annotated[Penalty, Label(Text(en="largest gradient norm (0 = any)", zh="梯度范数上限（0 = 不限）"))] = (
        0.0
    )
    clip_value: Annotated[
        Penalty, Label(Text(en="largest gradient entry (0 = any)", zh="单个梯度上限（0 = 不限）"))
    ] = 0.0
    schedule: Schedule = Schedule()


class Experiment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Everything that a run depends on, and what was noted down about it."""

    format: Literal["gradgui.experiment"]
    version: int
    title: Text | None = None
    data: AnyData
    features: tuple[str, ...] | None = None
    network: NetworkSpec
    loss: AnyLoss
    optimizer: AnyOptimizer
    training: TrainingSpec = TrainingSpec()
    breakpoints: tuple[BreakpointSpec, ...] = ()
    watches: tuple[str, ...] = ()
    bookmarks: tuple[BookmarkSpec, ...] = ()
    position: PositionSpec | None = None
    locks: LocksSpec | None = None

    def with_(self, **changes: object) -> Experiment:
        """A copy with some fields changed."""
        return msgspec.structs.replace(self, **changes)
