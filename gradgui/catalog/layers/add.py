"""Residual add: what a link brings is added to what the layer before sends."""

from __future__ import annotations

from gradgui.catalog.layers._base import Joint, LayerKind, LayerSpec
from gradgui.engine.events import EventKind
from gradgui.text import Text


class AddSpec(LayerSpec, frozen=True, tag="add"):
    """It has no options."""

    def build(self) -> Joint:
        """The layer for the engine."""
        return Joint()


class AddKind(LayerKind):
    """what a link brings is added to what the layer before sends."""

    id = "add"
    name = Text(en="Add", zh="相加")
    latex = r"a=\sum_k x_k"
    spec = AddSpec
    role = "join"
    events = (EventKind.COPY,)


KIND = AddKind()
