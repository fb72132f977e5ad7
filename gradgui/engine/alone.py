"""A landscape that is a formula: no example plays a part in it, so all its points are put in at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.network import Network
from gradgui.engine.samples import Samples

ANSWERS = 1 << 18
"""Losses worked out at once."""


def is_alone(network: Network) -> bool:
    """Whether the network is a single layer whose answer no example changes."""
    return len(network.places) == 1 and network.places[0].layer.alone


class Alone:
    """Losses at points of a plane, straight from the formula, always in double precision."""

    def __init__(self, network: Network, samples: Samples) -> None:
        self._network = network
        self._y = np.ascontiguousarray(samples.y.T[:, None, :], np.float64)
        self.together = max(1, ANSWERS // len(samples))
        self._basis = np.zeros((3, network.size))

    def prepare(self, basis: NDArray[np.float64]) -> None:
        """Look at another plane."""
        self._basis[...] = basis

    def losses(self, mix: NDArray[np.float64]) -> NDArray[np.float64]:
        """(k, 3) multiples of origin, u and v → (k,) losses, summed over all samples."""
        answers = self._network.places[0].layer.answers(mix @ self._basis)
        everywhere = np.broadcast_to(answers[None, :, None], (1, len(mix), self._y.shape[2]))
        totals: NDArray[np.float64] = self._network.loss.per_sample(everywhere, self._y).sum(axis=-1)
        return totals
