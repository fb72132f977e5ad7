"""Many networks at once: the points of a loss surface laid side by side along the batch axis.

A network with other parameters is just more columns: layer after layer, K grid points times m samples stand in one
(units, K·m) block, on which activations and losses do what they always do. Only the weighted sums differ from point to
point, and even they are shared where the plane does not touch a layer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.network import Network
from gradgui.engine.parts import Activation, Scratch
from gradgui.engine.samples import Samples
from gradgui.engine.tape import Array, Call, Workspace, run

CACHE = 1 << 20
"""Bytes that one block of activations may take, so that it stays in a core's own cache."""
SAMPLES = 512
"""Samples that one block takes at most: long enough for fast loops, short enough for several points beside it."""
ANSWERS = 1 << 22
"""Bytes that the answers of all samples may take."""


def can_fold(network: Network) -> bool:
    """Whether the network is a chain of dense layers (and of such that only act while training)."""
    layers = [place.layer for place in network.places]
    chained = all(place.sources == (index - 1,) for index, place in enumerate(network.places))
    return chained and all(layer.dense or layer.idle for layer in layers) and any(layer.dense for layer in layers)


def touched_layers(network: Network, u: Array, v: Array) -> tuple[bool, ...]:
    """For each layer whether the plane changes any of its parameters."""
    return tuple(bool(u[place.parameters].any() or v[place.parameters].any()) for place in network.places)


def points_at_once(network: Network, samples: int, dtype: np.dtype[np.floating]) -> int:
    """How many points fit into the cache together, and their answers into memory."""
    columns = CACHE // (_widest(network) * dtype.itemsize)
    answers = ANSWERS // (network.outputs * samples * dtype.itemsize)
    return max(1, min(answers, columns // _samples_at_once(samples)))


@dataclass(slots=True)
class Block:
    """Some of the samples, and what is known about them before any point is looked at."""

    samples: slice
    x1: Array
    """(inputs + 1, m) with a last row of ones."""
    parts: Array
    """(units, 3, m) weighted sums of the first touched layer at the origin, along u and along v."""


class Folded:
    """Losses of up to `together` points at once, `touched` saying which layers differ; each thread needs its own.

    Everything is bound beforehand: threads that meet between two NumPy calls wait for each other.
    """

    def __init__(
        self, network: Network, samples: Samples, dtype: np.dtype[np.floating], touched: tuple[bool, ...], together: int
    ) -> None:
        self._network = network
        self._layers = [index for index, place in enumerate(network.places) if place.layer.dense]
        self._touched = touched
        self._first = next((index for index in self._layers if touched[index]), self._layers[-1])
        self._dtype = dtype
        self._widest = _widest(network)
        self.together = together
        self._theta = np.zeros(network.size, dtype)
        self._thetas = np.zeros((together, network.size), dtype)
        self._basis = np.zeros((3, network.size), dtype)
        self._mix = np.zeros((together, 3), dtype)
        self._workspaces: dict[int, Workspace] = {}
        self._y = np.ascontiguousarray(samples.y.T[:, None, :], dtype)
        self._ones = np.ones(len(samples), dtype)
        self._blocks = self._cut(samples)
        self._calls: list[Call] = [(np.dot, (self._mix, self._basis, self._thetas))]
        self._answers = self._bind()

    def prepare(self, basis: NDArray[np.float64]) -> None:
        """Look at another plane: (3, P) origin, u and v."""
        self._basis[...] = basis
        self._theta[...] = basis[0]
        for block in self._blocks:
            x1 = self._below(block.x1)
            for part, flat in enumerate(self._basis):
                matrix = self._network.matrix(self._first, flat)
                assert matrix is not None
                block.parts[:, part] = matrix @ x1

    def losses(self, mix: NDArray[np.float64]) -> NDArray[np.float64]:
        """(k, 3) multiples of origin, u and v → (k,) losses, summed over all samples; k up to `together`."""
        self._mix[: len(mix)] = mix
        run(self._calls)
        loss, answers = self._network.loss, self._answers
        if self._network.fused:
            losses = loss.per_sample_fused(answers, answers, self._y)
        else:
            losses = loss.per_sample(answers, self._y)
        totals: NDArray[np.float64] = losses.dot(self._ones)[: len(mix)]  # BLAS adds up in blocks, four times as fast
        return totals

    def _below(self, x1: Array) -> Array:
        """What comes into the first touched layer: the same for every point."""
        for index in self._layers[: self._layers.index(self._first)]:
            matrix = self._network.matrix(index, self._theta)
            assert matrix is not None
            z = matrix @ x1
            x1 = np.ones((len(z) + 1, z.shape[1]), self._dtype)
            scratch = Scratch(Workspace(z.shape[1], self._dtype), "below")
            run(self._activation(index).value(z, x1[:-1], scratch))
        return x1

    def _activation(self, index: int) -> Activation:
        activation = self._network.places[index].layer.activation
        assert activation is not None
        return activation

    # --- binding

    def _cut(self, samples: Samples) -> list[Block]:
        size, blocks = _samples_at_once(len(samples)), []
        for start in range(0, len(samples), size):
            some = slice(start, min(start + size, len(samples)))
            x1 = np.ones((self._network.inputs + 1, some.stop - start), self._dtype)
            x1[:-1] = samples.x[some].T
            parts = np.zeros((self._network.places[self._first].units, 3, x1.shape[1]), self._dtype)
            blocks.append(Block(some, x1, parts))
            self._workspaces.setdefault(x1.shape[1], Workspace(self.together * x1.shape[1], self._dtype))
        return blocks

    def _bind(self) -> Array:
        """Write down all calls; returns where the answers will be, (outputs, K, samples).

        A loss that is fused with the last activation wants nothing but z; for it z is the answer.
        """
        outputs = self._network.outputs
        answers = np.zeros((outputs, self.together, self._y.shape[2]), self._dtype)
        for block in self._blocks:
            count = block.x1.shape[1]
            self._calls += self._block_calls(block, count)
            found = self._rows(outputs, count)[0 if self._network.fused else 1].reshape(outputs, self.together, count)
            if len(self._blocks) == 1:
                return found
            self._calls.append((np.copyto, (answers[:, :, block.samples], found)))
        return answers

    def _block_calls(self, block: Block, count: int) -> list[Call]:
        calls: list[Call] = []
        for index in self._layers[self._layers.index(self._first) :]:
            units = self._network.places[index].units
            z, a = self._rows(units, count)
            if index == self._first:
                calls.append((np.matmul, (self._mix, block.parts, z.reshape(units, self.together, count))))
            else:
                calls.append(self._weighted_sum(index, z, count))
            if index != self._layers[-1] or not self._network.fused:
                calls += self._activation(index).value(z, a, Scratch(self._workspaces[count], "folded"))
        return calls

    def _weighted_sum(self, index: int, z: Array, count: int) -> Call:
        place = self._network.places[index]
        assert place.matrix is not None
        x1 = self._inputs(place.inputs, count)
        if not self._touched[index]:
            return self._theta[place.parameters].reshape(place.matrix).dot, (x1, z)
        matrices = self._thetas[:, place.parameters].reshape(self.together, *place.matrix)
        return np.matmul, (matrices, _by_point(x1, self.together), _by_point(z, self.together))

    def _rows(self, units: int, count: int) -> tuple[Array, Array]:
        """z and a of a layer, (units, K·m); all layers share them, the last row of ones brings the biases."""
        workspace = self._workspaces[count]
        z = workspace.empty("folded", "z", (self._widest, workspace.batch))
        return z[self._widest - units :], self._inputs(units, count)[:-1]

    def _inputs(self, units: int, count: int) -> Array:
        workspace = self._workspaces[count]
        return workspace.empty("folded", "a", (self._widest + 1, workspace.batch), 1.0)[self._widest - units :]


def _by_point(block: Array, points: int) -> Array:
    """(units, K·m) → (K, units, m), a view."""
    return block.reshape(len(block), points, block.shape[1] // points).transpose(1, 0, 2)


def _widest(network: Network) -> int:
    return max(place.units for place in network.places if place.layer.dense)


def _samples_at_once(samples: int) -> int:
    """Blocks of nearly equal length."""
    return math.ceil(samples / math.ceil(samples / SAMPLES))
