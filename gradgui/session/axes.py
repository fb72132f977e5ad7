"""Which two directions the loss surface shows, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gradgui.document.compile import Compiled
from gradgui.engine.gradient_check import LossAt
from gradgui.engine.network import Network
from gradgui.engine.planes import (
    Plane,
    coordinates,
    gradient_plane,
    parameter_plane,
    pca_plane,
    projected,
    random_plane,
)
from gradgui.engine.samples import Samples
from gradgui.errors import UserError
from gradgui.session.axes_view import AxesChoice, AxesKind, LayerChoices, Ranges, Span
from gradgui.session.snapshot import Array, AxisView
from gradgui.text import Text, same

WIDTH = 2.0
"""How far the first picture reaches to both sides of the middle."""
MARGIN = 0.15
"""Of a path's extent, left free around it."""
FEWEST_POINTS = 3
"""A run needs so many points before it has principal directions."""
LISTED = 20_000
"""Parameters offered as axes."""

UNKNOWN = Text(
    en="{name} is no parameter that training moves here; write a name such as L1.W[0,0] or L2.b[0].",
    zh="{name} 不是这里可训练的参数；请写 L1.W[0,0] 或 L2.b[0] 这样的名称。",
)
TOO_SHORT = Text(
    en="The run has no path yet: train at least {points} steps, then its own directions can be shown.",
    zh="还没有训练轨迹：先训练至少 {points} 步，才能显示它自己的方向。",
)
SAME_TWICE = Text(
    en="Both axes are {name}; choose two different parameters.", zh="两个轴都是 {name}；请选两个不同的参数。"
)

_NAME = re.compile(r"L([1-9]\d{0,3})\.(?:W\[(\d{1,6}),\s*(\d{1,6})\]|b\[(\d{1,6})\])")


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

    choice: AxesChoice
    plane: Plane
    x: AxisView
    y: AxisView
    held: int
    explained: tuple[float, float] | None = None

    @property
    def is_valley(self) -> bool:
        """Whether there is only one direction."""
        return not self.plane.v.any()

    @property
    def ranges(self) -> Ranges:
        """The part that is drawn."""
        return (self.x.low, self.x.high), (self.y.low, self.y.high)

    def within(self, ranges: Ranges) -> Axes:
        """Another part of the same plane."""
        (x0, x1), (y0, y1) = ranges
        return replace(
            self,
            choice=replace(self.choice, ranges=ranges),
            x=replace(self.x, low=x0, high=x1),
            y=replace(self.y, low=y0, high=y1),
        )

    def through(self, theta: Array) -> Axes:
        """The same directions, cut through these parameters."""
        return replace(self, plane=through(self.plane, theta))


def first_axes(compiled: Compiled) -> Axes | None:
    """The weight first used and the one after it that the loss feels; a valley for one trainable parameter only."""
    names = [name for layer in range(len(compiled.network.places)) for name in _leading(compiled.network, layer)]
    if not names:
        return None
    weights = [name for name in names if name.column is not None] or names
    first = weights[0]
    second = next((n for n in weights[1:] if n.layer != first.layer), None)
    second = second or next((n for n in [*weights[1:], *names] if n != first), None)
    choice = AxesChoice(AxesKind.PARAMETERS, first.full, None if second is None else second.full)
    return parameter_axes(compiled.network, choice)


def laid(network: Network, samples: Samples, trail: NDArray[np.floating], choice: AxesChoice) -> Axes:
    """The axes of a choice through the parameters now; `trail` (k, P) is the run so far.

    Raises UserError where they cannot be had.
    """
    if choice.kind is AxesKind.PARAMETERS:
        return parameter_axes(network, choice)
    explained = None
    if choice.kind is AxesKind.RANDOM:
        plane, labels = random_plane(network, choice.seed), ("r1", "r2")
        reach = 1.0
    elif choice.kind is AxesKind.PCA:
        if len(trail) < FEWEST_POINTS or not np.ptp(trail, axis=0).any():
            raise UserError(TOO_SHORT, points=FEWEST_POINTS - 1)
        plane, explained = pca_plane(network, trail)
        labels, reach = ("PC1", "PC2"), 1.0
    else:
        slope = LossAt(network, samples).gradient(network.theta.astype(np.float64)) * network.trainable
        plane, labels = gradient_plane(network, slope, choice.seed), ("∇", "r")
        reach = max(1.0, 0.5 * float(np.linalg.norm(network.theta)))
    spans = around_path(plane, trail, reach) if choice.kind is AxesKind.PCA else ((-reach, reach), (-reach, reach))
    x, y = (AxisView(label, None, *span) for label, span in zip(labels, choice.ranges or spans, strict=True))
    return Axes(choice, plane, x, y, max(int(network.trainable.sum()) - 2, 0), explained)


def parameter_axes(network: Network, choice: AxesChoice) -> Axes:
    """One or two parameters, around where they are now; raises UserError for names that mean nothing."""
    assert choice.first is not None
    if choice.first == choice.second:
        raise UserError(SAME_TWICE, name=choice.first)
    names = [named(network, name) for name in (choice.first, choice.second) if name is not None]
    places = [name.index(network) for name in names]
    spans = choice.ranges or (None, None)
    views = [
        AxisView(name.short(network), name.full, *(span or _span(network, name, place)))
        for name, place, span in zip(names, places, spans, strict=False)
    ]
    if len(views) == 1:
        views.append(AxisView("", None, 0.0, 0.0))
    held = int(network.trainable.sum()) - len(names)
    plane = parameter_plane(network, places[0], places[1] if len(places) > 1 else None)
    return Axes(choice, plane, views[0], views[1], held)


def _span(network: Network, name: ParameterName, place: int) -> Span:
    layer = network.places[name.layer]
    if layer.layer.span is not None:
        return layer.layer.span[place - layer.parameters.start]
    value = float(network.theta[place])
    reach = max(WIDTH, 1.5 * abs(value))
    return (-reach, reach) if abs(value) <= WIDTH else (value - reach, value + reach)


def around_path(plane: Plane, thetas: NDArray[np.floating], least: float = 0.0) -> Ranges:
    """The part of the plane that these parameters (k, P) take up, with some room around; `least` half widths."""
    points = projected(plane, thetas)
    low, high = points.min(axis=0), points.max(axis=0)
    return around(low, high, least)


def around(low: Array, high: Array, least: float = 0.0) -> Ranges:
    """Spans with a margin, never thinner than twice `least`."""
    half = np.maximum((high - low) * (0.5 + MARGIN), max(least * 0.1, 1e-6))
    half = np.maximum(half, 0.25 * half.max())
    middle = (low + high) / 2
    spans = [(float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True)]
    return spans[0], spans[1]


def through(plane: Plane, theta: Array) -> Plane:
    """The parallel plane on which these parameters lie; places on it keep their coordinates."""
    x, y, _ = coordinates(plane, theta)
    return Plane(theta - x * plane.u - y * plane.v, plane.u, plane.v)


def named(network: Network, text: str) -> ParameterName:
    """The trainable parameter of that full name; raises UserError where there is none."""
    match = _NAME.fullmatch(text.strip())
    if match:
        row, column = (match[4], None) if match[4] is not None else (match[2], int(match[3]))
        name = ParameterName(int(match[1]) - 1, int(row), column)
        if _exists(network, name) and network.trainable[name.index(network)]:
            return name
    raise UserError(UNKNOWN, name=text)


def _exists(network: Network, name: ParameterName) -> bool:
    if name.layer >= len(network.places):
        return False
    matrix = network.places[name.layer].matrix
    return matrix is not None and name.row < matrix[0] and (name.column is None or name.column < matrix[1] - 1)


def offered(compiled: Compiled) -> tuple[LayerChoices, ...]:
    """The parameters that can be chosen, layer by layer."""
    network, specs = compiled.network, compiled.experiment.network.layers
    names = tuple(spec.name or same(f"L{layer + 1}") for layer, spec in enumerate(specs))
    free = tuple(
        None if place.matrix is None else (place.matrix[1], network.trainable[place.parameters].tobytes())
        for place in network.places
    )
    return _offered(free, names)


@lru_cache(maxsize=4)
def _offered(free: tuple[tuple[int, bytes] | None, ...], names: tuple[Text, ...]) -> tuple[LayerChoices, ...]:
    """Columns of each layer and which of its parameters are free; thousands of names, so they are written once."""
    room, layers = LISTED, []
    for layer, (places, name) in enumerate(zip(free, names, strict=True)):
        found = [] if places is None else _named(layer, np.frombuffer(places[1], bool).reshape(-1, places[0]))[:room]
        room -= len(found)
        if found:
            layers.append(LayerChoices(f"L{layer + 1}", name, tuple(parameter.full for parameter in found)))
    return tuple(layers)


def _named(layer: int, free: NDArray[np.bool_]) -> list[ParameterName]:
    """Names of the free parameters of a layer, (rows, columns + 1), in order."""
    bias = free.shape[1] - 1
    return [ParameterName(layer, row, None if column == bias else column) for row, column in np.argwhere(free).tolist()]


def _leading(network: Network, layer: int) -> list[ParameterName]:
    """The first few of them: enough to choose axes from."""
    place = network.places[layer]
    if place.matrix is None:
        return []
    free = network.trainable[place.parameters].reshape(place.matrix)
    places = np.flatnonzero(free)
    weights = places[places % place.matrix[1] < place.matrix[1] - 1]
    few = np.zeros_like(free)
    few.ravel()[[*places[:2], *weights[:2]]] = True
    return _named(layer, few)
