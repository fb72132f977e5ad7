"""Dense: every input reaches every unit, each with its own weight."""

from __future__ import annotations

import math
from typing import Annotated

from gradgui.catalog.layers._base import (
    ActivationId,
    LayerKind,
    WeightedSpec,
    activate,
    deactivate,
)
from gradgui.catalog.lookup import activation
from gradgui.catalog.options import Label, Range
from gradgui.engine.events import EventKind
from gradgui.engine.parts import Activation, Layer, Site
from gradgui.engine.tape import Shape, Stage
from gradgui.text import Text


class DenseSpec(WeightedSpec, frozen=True, kw_only=True, tag="dense"):
    """The options of a dense layer."""

    units: Annotated[int, Range(1, 64), Label(Text(en="units", zh="神经元数"))]
    activation: ActivationId = "tanh"

    def build(self) -> Dense:
        """The layer for the engine."""
        return Dense(self.units, activation(self.activation))


class Dense(Layer):
    """z = W x + b, a = f(z)."""

    activation: Activation
    dense = True

    def __init__(self, units: int, activation: Activation) -> None:
        self.units = units
        self.activation = activation

    def output_shape(self, shape: Shape) -> Shape:
        """(units,)."""
        return (self.units,)

    def parameter_shape(self, shape: Shape) -> tuple[int, int]:
        """(units, inputs)."""
        return self.units, math.prod(shape)

    def forward(self, site: Site) -> list[Stage]:
        """One product (the row of ones brings the biases), then the activation."""
        assert site.M is not None
        return [Stage(EventKind.LINEAR, [(site.M.dot, (site.x1, site.z))]), activate(self.activation, site)]

    def backward(self, site: Site) -> list[Stage]:
        """∂L/∂z, then the products with the inputs and with the weights.

        One product gives the gradients of W and of b, whose input is the row of ones; the event dL/db only shows it.
        """
        assert site.M is not None
        assert site.G is not None
        return [
            deactivate(self.activation, site),
            Stage(EventKind.D_WEIGHT, [(site.dz.dot, (site.x1.T, site.G))]),
            Stage(EventKind.D_BIAS),
            Stage(EventKind.D_INPUT, [(site.M.T.dot, (site.dz, site.dx1))]),
        ]


class DenseKind(LayerKind):
    """Every input reaches every unit."""

    id = "dense"
    name = Text(en="Dense", zh="全连接")
    latex = r"a=f(Wx+b)"
    spec = DenseSpec
    events = (EventKind.LINEAR, EventKind.ACTIVATION)


KIND = DenseKind()
