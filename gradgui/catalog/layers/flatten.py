"""Flatten: a picture becomes one long row of numbers."""

from __future__ import annotations

import math

from gradgui.catalog.layers._base import LayerKind, LayerSpec, copied
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Shape, Stage
from gradgui.text import Text


class FlattenSpec(LayerSpec, frozen=True, tag="flatten"):
    """It has no options."""

    def build(self) -> Flatten:
        """The layer for the engine."""
        return Flatten()


class Flatten(Layer):
    """The same numbers in the same order."""

    idle = True

    def output_shape(self, shape: Shape) -> Shape:
        """One long row."""
        return (math.prod(shape),)

    def forward(self, site: Site) -> list[Stage]:
        """Pass it on."""
        return [copied(site, EventKind.FLATTEN)[0]]

    def backward(self, site: Site) -> list[Stage]:
        """Hand it back."""
        return [copied(site, EventKind.FLATTEN)[1]]


class FlattenKind(LayerKind):
    """a picture becomes one long row of numbers."""

    id = "flatten"
    name = Text(en="Flatten", zh="展平")
    latex = r"a=(x_1,\,x_2,\,\dots,\,x_D)"
    spec = FlattenSpec
    role = "shape"
    events = (EventKind.FLATTEN,)


KIND = FlattenKind()
