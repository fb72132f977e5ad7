"""Concatenate: what a link brings is put beside what the layer before sends."""

from __future__ import annotations

from gradgui.catalog.layers._base import LayerKind, LayerSpec, copied
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Shape, Stage
from gradgui.text import Text


class ConcatSpec(LayerSpec, frozen=True, tag="concat"):
    """It has no options."""

    def build(self) -> Concat:
        """The layer for the engine."""
        return Concat()


class Concat(Layer):
    """The links into it say what is put beside; see Network."""

    def output_shape(self, shape: Shape) -> Shape:
        """As it came in, joined."""
        return shape

    def forward(self, site: Site) -> list[Stage]:
        """Pass it on."""
        return [copied(site, EventKind.COPY)[0]]

    def backward(self, site: Site) -> list[Stage]:
        """Hand it back."""
        return [copied(site, EventKind.COPY)[1]]


class ConcatKind(LayerKind):
    """what a link brings is put beside what the layer before sends."""

    id = "concat"
    name = Text(en="Concatenate", zh="拼接")
    latex = r"a=(x_1,\,x_2)"
    spec = ConcatSpec
    role = "join"
    events = (EventKind.COPY,)


KIND = ConcatKind()
