"""Residual add: what a link brings is added to what the layer before sends."""

from __future__ import annotations

from gradgui.catalog.layers._base import LayerKind, LayerSpec, copied
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Shape, Stage
from gradgui.text import Text


class AddSpec(LayerSpec, frozen=True, tag="add"):
    """It has no options."""

    def build(self) -> Add:
        """The layer for the engine."""
        return Add()


class Add(Layer):
    """The links into it say what is added; see Network."""

    def output_shape(self, shape: Shape) -> Shape:
        """As it came in, joined."""
        return shape

    def forward(self, site: Site) -> list[Stage]:
        """Pass it on."""
        return [copied(site, EventKind.COPY)[0]]

    def backward(self, site: Site) -> list[Stage]:
        """Hand it back."""
        return [copied(site, EventKind.COPY)[1]]


class AddKind(LayerKind):
    """what a link brings is added to what the layer before sends."""

    id = "add"
    name = Text(en="Add", zh="相加")
    latex = r"a=\sum_k x_k"
    spec = AddSpec
    role = "join"
    events = (EventKind.COPY,)


KIND = AddKind()
