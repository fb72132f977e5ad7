"""Neuron maps: what every neuron answers at every point of a picture of the input plane."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.buffers import Buffers
from gradgui.engine.network import Network
from gradgui.engine.parts import Clock
from gradgui.engine.program import Program
from gradgui.engine.tape import Array, run

BLOCK = 2500
"""Points at once: a network's activations for so many stay in the cache."""


class NeuronMaps:
    """Answers over a fixed grid of inputs, with dropout off.

    `points` is (G·H, inputs), row by row, for pictures of shape (G, H); (1, H) makes curves instead of pictures.
    """

    def __init__(
        self,
        network: Network,
        points: NDArray[np.float64],
        shape: tuple[int, int],
        dtype: type[np.floating] = np.float32,
    ) -> None:
        self._network = network
        self._shape = shape
        self._twin = network.copy_as(dtype)
        buffers: dict[int, Buffers] = {}
        self._blocks: list[tuple[slice, Program]] = []
        for start in range(0, len(points), BLOCK):
            x1 = np.ones((network.inputs + 1, len(points[start : start + BLOCK])), dtype)
            x1[:-1] = points[start : start + BLOCK].T
            size = x1.shape[1]
            if size not in buffers:
                buffers[size] = Buffers(self._twin, size)
            nothing = np.zeros((network.outputs, size), dtype)
            program = Program(self._twin, buffers[size], x1, nothing, Clock(), training=False)
            self._blocks.append((slice(start, start + size), program))

    def move_to(self, points: NDArray[np.floating]) -> None:
        """Look at as many other inputs from now on."""
        for rows, program in self._blocks:
            program.x1[:-1] = points[rows].T

    def layers(self) -> list[Array]:
        """Per layer (units, G, H) answers with the parameters now, in arrays of their own."""
        self._twin.theta[...] = self._network.theta
        self._twin.state[...] = self._network.state
        rows = sum(place.units for place in self._twin.places)
        answers = np.empty((rows, self._shape[0] * self._shape[1]), self._twin.dtype)
        with np.errstate(all="ignore"):
            for columns, program in self._blocks:
                run(program.forward_calls)
                row = 0
                for layer in program.buffers.layers:
                    answers[row : row + len(layer.a), columns] = layer.a
                    row += len(layer.a)
        return self._by_layer(answers)

    def _by_layer(self, answers: Array) -> list[Array]:
        ends = np.cumsum([place.units for place in self._twin.places])[:-1]
        return [part.reshape(len(part), *self._shape) for part in np.split(answers, ends)]
