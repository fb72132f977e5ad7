"""Which two directions the loss surface shows, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.network import Network
from gradgui.engine.planes import Plane, coordinates, parameter_plane
from gradgui.session.snapshot import Array, AxisView

WIDTH = 2.0
"""How far the first picture reaches to both sides of the middle."""


@dataclass(frozen=True, slots=True)
class ParameterName:
    """One number among all parameters: L2.W[0,1] or L2.b[0]."""

    layer: int
    row: int
    column: int | None
    """None for a bias."""

    @property
    def full(self) -> str:
        """As in lessons and traces."""
        where = f"b[{self.row}]" if self.column is None else f"W[{self.row},{self.column}]"
        return f"L{self.layer + 1}.{where}"

    def short(self, network: Network) -> str:
        """As on the picture: W1, or W2[0,1] where there are several."""
        rows, columns = network.places[self.layer].matrix or (1, 2)
        if self.column is None:
            return f"b{self.layer + 1}" + (f"[{self.row}]" if rows > 1 else "")
        return f"W{self.layer + 1}" + (f"[{self.row},{self.column}]" if rows * (columns - 1) > 1 else "")

    def index(self, network: Network) -> int:
        """Place in the flat vector."""
        place = network.places[self.layer]
        assert place.matrix is not None
        columns = place.matrix[1]
        start: int = place.parameters.start
        return start + self.row * columns + (columns - 1 if self.column is None else self.column)


@dataclass(frozen=True, slots=True)
class Axes:
    """A plane through parameter space and the part of it that is drawn."""

    plane: Plane
    x: AxisView
    y: AxisView
    held: int


def first_axes(compiled: Compiled) -> Axes | None:
    """The weight first used and the one after it that the loss feels; None below two trainable parameters."""
    names = trainable(compiled.network)
    if len(names) < 2:
        return None
    weights = [name for name in names if name.column is not None] or names
    first = weights[0]
    second = next((n for n in weights[1:] if n.layer != first.layer), None)
    second = second or next(n for n in [*weights[1:], *names] if n != first)
    return parameter_axes(compiled.network, first, second)


def parameter_axes(network: Network, first: ParameterName, second: ParameterName) -> Axes:
    """Two parameters, around where they are now."""
    places = [first.index(network), second.index(network)]
    views = []
    for name, place in zip((first, second), places, strict=True):
        value = float(network.theta[place])
        reach = max(WIDTH, 1.5 * abs(value))
        low, high = (-reach, reach) if abs(value) <= WIDTH else (value - reach, value + reach)
        views.append(AxisView(name.short(network), name.full, low, high))
    held = int(network.trainable.sum()) - 2
    return Axes(parameter_plane(network, *places), views[0], views[1], held)


def through(plane: Plane, theta: Array) -> Plane:
    """The parallel plane on which these parameters lie; places on it keep their coordinates."""
    x, y, _ = coordinates(plane, theta)
    return Plane(theta - x * plane.u - y * plane.v, plane.u, plane.v)


def trainable(network: Network) -> list[ParameterName]:
    """Every parameter that training moves, in order."""
    names = []
    for layer, place in enumerate(network.places):
        if place.matrix is None:
            continue
        rows, columns = place.matrix
        free = network.trainable[place.parameters].reshape(rows, columns)
        for row, column in np.argwhere(free):
            names.append(ParameterName(layer, int(row), None if column == columns - 1 else int(column)))
    return names
