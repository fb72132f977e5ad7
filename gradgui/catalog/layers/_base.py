"""What every layer file provides."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
import numpy as np

from gradgui.catalog.entry import Entry
from gradgui.catalog.options import Label
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Activation, Layer, Site
from gradgui.engine.tape import Shape, Stage
from gradgui.text import Text

Row = tuple[float, ...]
Matrix = tuple[Row, ...]

ActivationId = Annotated[str, Label(Text(en="activation", zh="激活函数"))]
InitializerId = Annotated[str, Label(Text(en="first weights", zh="初始权重"))]


class LayerSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", omit_defaults=True):
    """A layer as it stands in a file."""

    name: Text | None = None

    def build(self) -> Layer:
        """The layer for the engine."""
        raise NotImplementedError


class WeightedSpec(LayerSpec, frozen=True):
    """A layer with weights and biases."""

    W: Matrix | None = None
    """(units, inputs); drawn by `init` from the seed where missing."""
    b: Row | None = None
    frozen: tuple[str, ...] = ()
    """Parameters that stay as they are: W, b, or single entries such as W[0,1] and b[2]."""
    init: InitializerId = "xavier_uniform"


class LayerKind(Entry):
    """A kind of layer with its names, formula and options."""

    spec: ClassVar[type[LayerSpec]]
    role: ClassVar[Literal["weights", "norm", "shape", "noise", "join"]] = "weights"
    events: ClassVar[tuple[EventKind, ...]] = ()
    """What it does on the way forward."""

    def label(self, spec: LayerSpec) -> Text:
        """What to write under such a layer where no activation can stand there."""
        return self.name

    def formula_id(self, spec: LayerSpec) -> str | None:
        """Which classic landscape such a layer is, if it is one."""
        return None


def activate(activation: Activation, site: Site) -> Stage:
    """a = f(z)."""
    return Stage(EventKind.ACTIVATION, activation.value(site.z, site.a, site.scratch))


def deactivate(activation: Activation, site: Site) -> Stage:
    """∂L/∂z from ∂L/∂a, or in closed form where the loss has one."""
    slope = activation.slope(site.z, site.a, site.slope, site.scratch)
    if site.fused is not None:
        return Stage(EventKind.D_PREACTIVATION, site.fused, watch=slope)
    calls = activation.backward(site.a, site.slope, site.da, site.dz, site.scratch)
    if type(activation).backward is not Activation.backward:
        return Stage(EventKind.D_PREACTIVATION, calls, watch=slope)
    return Stage(EventKind.D_PREACTIVATION, calls, slope)


def copied(site: Site, kind: EventKind) -> tuple[Stage, Stage]:
    """Forward and backward of a layer that changes no number."""
    return Stage(kind, [(np.copyto, (site.a, site.x))]), Stage(EventKind.D_INPUT, [(np.copyto, (site.dx, site.da))])


class Joint(Layer):
    """Where links end; they say what comes to it, and how: see Network."""

    def output_shape(self, shape: Shape) -> Shape:
        """As it came in, joined."""
        return shape

    def forward(self, site: Site) -> list[Stage]:
        """Pass it on."""
        return [copied(site, EventKind.COPY)[0]]

    def backward(self, site: Site) -> list[Stage]:
        """Hand it back."""
        return [copied(site, EventKind.COPY)[1]]
