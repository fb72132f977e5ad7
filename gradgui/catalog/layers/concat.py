"""Concatenate: what a link brings is put beside what the layer before sends."""

from __future__ import annotations

from gradgui.catalog.layers._base import Joint, LayerKind, LayerSpec
from gradgui.engine.events import EventKind
from gradgui.text import Text


class ConcatSpec(LayerSpec, frozen=True, tag="concat"):
    """It has no options."""

    def build(self) -> Joint:
        """The layer for the engine."""
        return Joint()


class ConcatKind(LayerKind):
    """what a link brings is put beside what the layer before sends."""

    id = "concat"
    name = Text(en="Concatenate", zh="拼接")
    latex = r"a=(x_1,\,x_2)"
    spec = ConcatSpec
    role = "join"
    events = (EventKind.COPY,)


KIND = ConcatKind()
