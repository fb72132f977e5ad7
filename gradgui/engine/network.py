"""A network: layers in a row (with skip links), all their parameters in one flat vector."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.parts import Layer, Loss
from gradgui.engine.tape import Array, Shape
from gradgui.errors import UserError
from gradgui.text import Text

INPUT = -1
"""The source number of the network's own input."""


class How(Enum):
    """How several outputs become one input."""

    ADD = "add"
    CONCAT = "concat"


@dataclass(frozen=True, slots=True)
class Place:
    """One layer in its network: where its input comes from and where its parameters lie."""

    layer: Layer
    sources: tuple[int, ...]
    how: How
    input_shape: Shape
    output_shape: Shape
    parameters: slice
    matrix: tuple[int, int] | None
    """(rows, columns + 1): the last column holds the biases."""
    state: slice

    @property
    def inputs(self) -> int:
        """Numbers that come in per sample."""
        return math.prod(self.input_shape)

    @property
    def units(self) -> int:
        """Numbers that go out per sample."""
        return math.prod(self.output_shape)


class Network:
    """The layers, their shapes and one flat parameter vector `theta` with its gradient `grad`."""

    def __init__(
        self,
        input_shape: Shape,
        layers: Sequence[tuple[Layer, tuple[int, ...], How]],
        loss: Loss,
        *,
        mean: bool = True,
        dtype: type[np.floating] = np.float64,
    ) -> None:
        self.input_shape = input_shape
        self.loss = loss
        self.mean = mean
        self.dtype = np.dtype(dtype)
        self.places = _places(input_shape, layers)
        self.theta: Array = np.zeros(self.size, self.dtype)
        self.grad: Array = np.zeros(self.size, self.dtype)
        states = [place.layer.initial_state(place.input_shape) for place in self.places]
        self.state: Array = np.concatenate(states).astype(self.dtype)
        self.trainable: NDArray[np.bool_] = np.ones(self.size, bool)

    @property
    def size(self) -> int:
        """Number of parameters."""
        return int(self.places[-1].parameters.stop)

    @property
    def inputs(self) -> int:
        """Numbers per sample that come in."""
        return math.prod(self.input_shape)

    @property
    def outputs(self) -> int:
        """Numbers per sample that go out."""
        return self.places[-1].units

    @property
    def fused(self) -> bool:
        """Whether loss and output activation have a common closed form for ∂L/∂z."""
        pair = self.loss.fuses_with
        return pair is not None and isinstance(self.places[-1].layer.activation, pair)

    def matrix(self, index: int, flat: Array) -> Array | None:
        """Layer `index`'s (rows, columns + 1) view into a flat vector."""
        place = self.places[index]
        return None if place.matrix is None else flat[place.parameters].reshape(place.matrix)

    def weights(self, index: int, flat: Array | None = None) -> Array | None:
        """(rows, columns) view of W."""
        matrix = self.matrix(index, self.theta if flat is None else flat)
        return None if matrix is None else matrix[:, :-1]

    def biases(self, index: int, flat: Array | None = None) -> Array | None:
        """(rows,) view of b."""
        matrix = self.matrix(index, self.theta if flat is None else flat)
        return None if matrix is None else matrix[:, -1]

    def weight_mask(self) -> NDArray[np.bool_]:
        """(P,) True where the parameter is a weight, False where it is a bias."""
        mask = np.zeros(self.size)
        for index in range(len(self.places)):
            weights = self.weights(index, mask)
            if weights is not None:
                weights[...] = 1
        return mask.astype(bool)

    def consumers(self, source: int) -> list[int]:
        """Layers that read the output of layer `source`."""
        return [index for index, place in enumerate(self.places) if source in place.sources]

    def copy_as(self, dtype: type[np.floating]) -> Network:
        """The same network with its own parameters in another precision."""
        layers = [(place.layer, place.sources, place.how) for place in self.places]
        twin = Network(self.input_shape, layers, self.loss, mean=self.mean, dtype=dtype)
        with np.errstate(over="ignore"):  # after a blow-up a parameter may be too large for the smaller numbers
            twin.theta[...] = self.theta
            twin.state[...] = self.state
        twin.trainable[...] = self.trainable
        return twin


def joined_shape(shapes: Sequence[Shape], how: How) -> Shape:
    """Shape of several outputs joined: added element by element, or stacked along the first axis.

    Raises UserError where they do not fit together.
    """
    first = shapes[0]
    for shape in shapes[1:]:
        if how is How.ADD and shape != first:
            raise UserError(
                Text(
                    en="{a} and {b} cannot be added: both must have the same shape.",
                    zh="{a} 与 {b} 不能相加：两者形状必须相同。",
                ),
                a=_said(first),
                b=_said(shape),
            )
        if how is How.CONCAT and shape[1:] != first[1:]:
            raise UserError(
                Text(
                    en="{a} and {b} cannot be put beside each other: only their first numbers may differ.",
                    zh="{a} 与 {b} 不能拼接：只有第一个数可以不同。",
                ),
                a=_said(first),
                b=_said(shape),
            )
    return first if how is How.ADD else (sum(shape[0] for shape in shapes), *first[1:])


def _said(shape: Shape) -> str:
    return " × ".join(map(str, shape))


def _places(input_shape: Shape, layers: Sequence[tuple[Layer, tuple[int, ...], How]]) -> list[Place]:
    places: list[Place] = []
    start = state = 0
    for layer, sources, how in layers:
        shapes = [input_shape if s == INPUT else places[s].output_shape for s in sources]
        shape = joined_shape(shapes, how)
        matrix = layer.parameter_shape(shape)
        whole = None if matrix is None else (matrix[0], matrix[1] + 1)
        size = 0 if whole is None else whole[0] * whole[1]
        kept = layer.state_size(shape)
        output = layer.output_shape(shape)
        places.append(
            Place(layer, sources, how, shape, output, slice(start, start + size), whole, slice(state, state + kept))
        )
        start += size
        state += kept
    return places
