"""Max pooling: of every window only the largest number goes on."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.layers._base import LayerKind, LayerSpec
from gradgui.catalog.layers._windows import Windows
from gradgui.catalog.options import Label, Range
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Array, Call, Shape, Stage
from gradgui.text import Text


class MaxPoolSpec(LayerSpec, frozen=True, tag="max_pool"):
    """The options of max pooling."""

    size: Annotated[int, Range(1, 8), Label(Text(en="window", zh="窗口"))] = 2
    stride: Annotated[int, Range(1, 8), Label(Text(en="stride", zh="步幅"))] = 2

    def build(self) -> MaxPool:
        """The layer for the engine."""
        return MaxPool(Windows(self.size, self.stride))


class MaxPool(Layer):
    """a = max over the window; only the winner gets a gradient, the first one where several are equal."""

    def __init__(self, windows: Windows) -> None:
        self.windows = windows

    def output_shape(self, shape: Shape) -> Shape:
        """(channels, rows, columns)."""
        rows, columns = self.windows.places(shape)
        return (shape[0], rows, columns)

    def forward(self, site: Site) -> list[Stage]:
        """Lay the windows side by side and take the largest."""
        picture, calls = self.windows.padded(site.x, site.input_shape, site.scratch)
        view = self.windows.view(picture, self.windows.places(site.input_shape))
        parts = self._parts(site, "parts")
        calls += [(np.copyto, (parts, view)), (_pick, (_by_window(parts), site.a, self._winner(site)))]
        return [Stage(EventKind.POOL, calls)]

    def backward(self, site: Site) -> list[Stage]:
        """The winner gets everything."""
        parts = self._parts(site, "d_parts")
        calls: list[Call] = [(_hand_to_winner, (_by_window(parts), site.da, self._winner(site)))]
        calls += self.windows.scatter(parts, site.dx, site.input_shape, site.scratch)
        return [Stage(EventKind.D_INPUT, calls)]

    def _parts(self, site: Site, name: str) -> Array:
        channels, rows, columns = self.output_shape(site.input_shape)
        size = self.windows.size
        return site.scratch.empty(name, (channels, size, size, rows, columns, site.x.shape[1]))

    def _winner(self, site: Site) -> Array:
        channels, rows, columns = self.output_shape(site.input_shape)
        return site.scratch.empty("winner", (channels, 1, rows * columns * site.x.shape[1]))


def _by_window(parts: Array) -> Array:
    """(channels, size², places · B)."""
    return parts.reshape(parts.shape[0], parts.shape[1] * parts.shape[2], -1)


def _pick(parts: Array, a: Array, winner: Array) -> None:
    best: NDArray[np.int64] = parts.argmax(axis=1, keepdims=True)
    np.copyto(winner, best)
    np.copyto(a.reshape(parts.shape[0], 1, -1), np.take_along_axis(parts, best, 1))


def _hand_to_winner(parts: Array, da: Array, winner: Array) -> None:
    parts.fill(0)
    np.put_along_axis(parts, winner.astype(np.int64), da.reshape(parts.shape[0], 1, -1), 1)


class MaxPoolKind(LayerKind):
    """The largest number of every window."""

    id = "max_pool"
    name = Text(en="Max pooling", zh="最大池化")
    latex = r"a=\max_{u,v\in\mathrm{window}}x_{u,v}"
    spec = MaxPoolSpec
    role = "shape"
    events = (EventKind.POOL,)


KIND = MaxPoolKind()
