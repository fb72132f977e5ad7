"""All numbers of one batch on their way through a network, allocated once."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.engine.network import INPUT, Network, Place
from gradgui.engine.tape import Array, Workspace


@dataclass(slots=True)
class LayerBuffers:
    """One layer's numbers; a last row of ones under `a1` carries the next layer's biases."""

    a1: Array
    a: Array
    slope: Array
    da1: Array
    da: Array
    z: Array
    dz: Array
    joined: Array
    """(inputs + 1, B) the joined input, where several outputs come in; else empty."""
    dx1: Array
    """(inputs + 1, B) what the layer hands back; the source's own `da1` where nobody else writes there."""


class Buffers:
    """Buffers for one network and one batch size, laid out so that whole runs of layers are one block."""

    def __init__(self, network: Network, batch: int) -> None:
        self.network = network
        self.batch = batch
        self.workspace = Workspace(batch, network.dtype)
        self.loss = float("nan")
        rows = sum(place.units + 1 for place in network.places)
        self._act = self.workspace.empty("all", "act", (rows, batch), 1.0)
        self._slope = self.workspace.empty("all", "slope", (rows, batch))
        self._delta = self.workspace.empty("all", "delta", (rows, batch))
        self._starts = _starts(network.places)
        self.layers: list[LayerBuffers] = []
        for index, place in enumerate(network.places):
            self.layers.append(self._layer(index, place))

    def passes_directly(self, index: int) -> bool:
        """Whether ∂L/∂x of this layer is ∂L/∂a of its only source, which feeds nobody else."""
        sources = self.network.places[index].sources
        return len(sources) == 1 and sources[0] != INPUT and self.network.consumers(sources[0]) == [index]

    def block(self, layers: list[int]) -> tuple[Array, Array]:
        """Outputs and slopes of neighbouring layers, rows of ones in between included, as one array each."""
        last = layers[-1]
        rows = slice(self._starts[layers[0]], self._starts[last] + self.network.places[last].units)
        return self._act[rows], self._slope[rows]

    def _layer(self, index: int, place: Place) -> LayerBuffers:
        start, units, batch = self._starts[index], place.units, self.batch
        wide, narrow = slice(start, start + units + 1), slice(start, start + units)
        empty = self.workspace.empty
        joined = empty(index, "joined", (place.inputs + 1 if len(place.sources) > 1 else 0, batch), 1.0)
        if self.passes_directly(index):
            dx1 = self.layers[place.sources[0]].da1
        else:
            dx1 = empty(index, "dx", (place.inputs + 1, batch))
        return LayerBuffers(
            self._act[wide],
            self._act[narrow],
            self._slope[narrow],
            self._delta[wide],
            self._delta[narrow],
            empty(index, "z", (units, batch)),
            empty(index, "dz", (units, batch)),
            joined,
            dx1,
        )


def _starts(places: list[Place]) -> list[int]:
    starts, row = [], 0
    for place in places:
        starts.append(row)
        row += place.units + 1
    return starts
