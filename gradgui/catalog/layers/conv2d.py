"""Convolution: one small pattern is looked for at every place of the picture."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from gradgui.catalog.layers._base import ActivationId, LayerKind, WeightedSpec, activate, deactivate
from gradgui.catalog.layers._windows import Windows
from gradgui.catalog.lookup import activation
from gradgui.catalog.options import Label, Range
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Activation, Layer, Site
from gradgui.engine.tape import Array, Call, Shape, Stage
from gradgui.text import Text


class Conv2dSpec(WeightedSpec, frozen=True, kw_only=True, tag="conv2d"):
    """The options of a convolution."""

    filters: Annotated[int, Range(1, 64), Label(Text(en="filters", zh="卷积核数"))]
    size: Annotated[int, Range(1, 11), Label(Text(en="window", zh="窗口"))] = 3
    stride: Annotated[int, Range(1, 8), Label(Text(en="stride", zh="步幅"))] = 1
    padding: Annotated[int, Range(0, 8), Label(Text(en="zeros around", zh="补零"))] = 0
    activation: ActivationId = "relu"

    def build(self) -> Conv2d:
        """The layer for the engine."""
        return Conv2d(self.filters, Windows(self.size, self.stride, self.padding), activation(self.activation))


class Conv2d(Layer):
    """z[f, i, j] = Σ W[f, c, u, v] x[c, i·stride + u, j·stride + v] + b[f], as one product over all windows.

    W is (filters, channels · size · size).
    """

    activation: Activation

    def __init__(self, filters: int, windows: Windows, activation: Activation) -> None:
        self.filters = filters
        self.windows = windows
        self.activation = activation

    def output_shape(self, shape: Shape) -> Shape:
        """(filters, rows, columns)."""
        return (self.filters, *self.windows.places(shape))

    def parameter_shape(self, shape: Shape) -> tuple[int, int]:
        """(filters, channels · size²)."""
        self.windows.places(shape)
        return self.filters, shape[0] * self.windows.size**2

    def fan(self, shape: Shape) -> tuple[int, int]:
        """(channels · size², filters · size²)."""
        return shape[0] * self.windows.size**2, self.filters * self.windows.size**2

    def forward(self, site: Site) -> list[Stage]:
        """Lay the windows side by side, one product, then the activation."""
        assert site.M is not None
        places = self.windows.places(site.input_shape)
        picture, calls = self.windows.padded(site.x, site.input_shape, site.scratch)
        columns, parts = self._columns(site, "columns", 1.0)
        calls.append((np.copyto, (parts, self.windows.view(picture, places))))
        calls.append((site.M.dot, (columns, site.z.reshape(self.filters, -1))))
        return [Stage(EventKind.LINEAR, calls), activate(self.activation, site)]

    def backward(self, site: Site) -> list[Stage]:
        """∂L/∂z, the product with the windows, and every window's share added back to its place."""
        assert site.M is not None
        assert site.G is not None
        columns, _ = self._columns(site, "columns", 1.0)
        back, parts = self._columns(site, "d_columns", 0.0)
        dz = site.dz.reshape(self.filters, -1)
        hand_back: list[Call] = [(site.M.T.dot, (dz, back))]
        hand_back += self.windows.scatter(parts, site.dx, site.input_shape, site.scratch)
        return [
            deactivate(self.activation, site),
            Stage(EventKind.D_WEIGHT, [(dz.dot, (columns.T, site.G))]),
            Stage(EventKind.D_BIAS),
            Stage(EventKind.D_INPUT, hand_back),
        ]

    def _columns(self, site: Site, name: str, fill: float) -> tuple[Array, Array]:
        """(channels·size² + 1, rows·columns·B) with a last row of ones, and its window view."""
        rows, columns = self.windows.places(site.input_shape)
        size, channels, batch = self.windows.size, site.input_shape[0], site.x.shape[1]
        flat = site.scratch.empty(name, (channels * size * size + 1, rows * columns * batch), fill)
        return flat, flat[:-1].reshape(channels, size, size, rows, columns, batch)


class Conv2dKind(LayerKind):
    """One small pattern, looked for everywhere."""

    id = "conv2d"
    name = Text(en="Convolution", zh="卷积")
    latex = r"z_{c,r,s}=\sum_{k,u,v}W_{c,k,u,v}\,x_{k,\,r+u,\,s+v}+b_c"
    spec = Conv2dSpec
    events = (EventKind.LINEAR, EventKind.ACTIVATION)


KIND = Conv2dKind()
