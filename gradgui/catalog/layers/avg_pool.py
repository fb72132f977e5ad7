"""Average pooling: of every window the mean goes on."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.layers._base import LayerKind, LayerSpec
from gradgui.catalog.layers._windows import Windows
from gradgui.catalog.options import Label, Range
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Layer, Site
from gradgui.engine.tape import Call, Shape, Stage
from gradgui.text import Text


class AvgPoolSpec(LayerSpec, frozen=True, tag="avg_pool"):
    """The options of average pooling."""

    size: Annotated[int, Range(1, 8), Label(Text(en="window", zh="窗口"))] = 2
    stride: Annotated[int, Range(1, 8), Label(Text(en="stride", zh="步幅"))] = 2

    def build(self) -> AvgPool:
        """The layer for the engine."""
        return AvgPool(Windows(self.size, self.stride))


class AvgPool(Layer):
    """a = mean over the window; every member gets the same share of the gradient."""

    def __init__(self, windows: Windows) -> None:
        self.windows = windows

    def output_shape(self, shape: Shape) -> Shape:
        """(channels, rows, columns)."""
        rows, columns = self.windows.places(shape)
        return (shape[0], rows, columns)

    def forward(self, site: Site) -> list[Stage]:
        """The mean of every window."""
        picture, calls = self.windows.padded(site.x, site.input_shape, site.scratch)
        view = self.windows.view(picture, self.windows.places(site.input_shape))
        target = site.a.reshape(*site.output_shape, site.x.shape[1])
        return [Stage(EventKind.POOL, [*calls, (np.mean, (view, (1, 2), None, target))])]

    def backward(self, site: Site) -> list[Stage]:
        """Equal shares."""
        channels, rows, columns = site.output_shape
        size, batch = self.windows.size, site.x.shape[1]
        parts = site.scratch.empty("d_parts", (channels, size, size, rows, columns, batch))
        shares = site.da.reshape(channels, 1, 1, rows, columns, batch)
        calls: list[Call] = [(np.multiply, (shares, site.scratch.constant(1 / size**2), parts))]
        calls += self.windows.scatter(parts, site.dx, site.input_shape, site.scratch)
        return [Stage(EventKind.D_INPUT, calls)]


class AvgPoolKind(LayerKind):
    """The mean of every window."""

    id = "avg_pool"
    name = Text(en="Average pooling", zh="平均池化")
    latex = r"a=\frac{1}{K^2}\sum_{u,v\in\mathrm{window}}x_{u,v}"
    spec = AvgPoolSpec
    role = "shape"
    events = (EventKind.POOL,)


KIND = AvgPoolKind()
