"""What every neuron answers to the batch in view while training runs, where no map over a plane tells it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.maps import NeuronMaps
from gradgui.engine.network import Network
from gradgui.session.snapshot import LayerValues

MOST = 128
"""Larger batches are not looked at while training runs: time is for training."""


class LiveAnswers:
    """One look at the batch for every picture of a running network; it leaves the training itself alone."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._lookers: dict[int, NeuronMaps] = {}
        """By the number of samples."""

    def added_to(self, layers: tuple[LayerValues, ...], inputs: NDArray[np.floating]) -> tuple[LayerValues, ...]:
        """The same layers with their answers to (inputs, B) numbers, as far as the batch is small enough."""
        count = inputs.shape[1]
        if not 0 < count <= MOST:
            return layers
        if count not in self._lookers:
            self._lookers[count] = NeuronMaps(self._network, np.zeros((count, len(inputs))), (1, count), np.float64)
        looker = self._lookers[count]
        looker.move_to(inputs.T)
        answers = [np.array(values[:, 0, :].T, np.float64) for values in looker.layers()]
        for values in answers:
            values.setflags(write=False)
        return tuple(replace(layer, a=values) for layer, values in zip(layers, answers, strict=True))
