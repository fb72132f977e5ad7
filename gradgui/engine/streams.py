"""Randomness without memory: every draw is a pure function of the seed and of where it is needed.

Going back in time therefore needs no saved generator state: asking again gives the same numbers.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

EPOCHS_TOGETHER = 16
NUMBERS_TOGETHER = 1 << 16
"""How many epochs are shuffled at once; part of what a seed means, so never changed."""


class Purpose(IntEnum):
    """What a stream is for; streams of different purposes never overlap."""

    DATA = 0
    SPLIT = 1
    WEIGHTS = 2
    SHUFFLE = 3
    DROPOUT = 4
    NOISE = 5
    DIRECTIONS = 6


def stream(seed: int, purpose: Purpose, *where: int) -> np.random.Generator:
    """The generator for one purpose at one place, such as (epoch, step, layer)."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, int(purpose), *where])))


def shuffled(seed: int, epoch: int, count: int) -> NDArray[np.int64]:
    """The order of `count` samples in that epoch, read-only."""
    together = max(1, min(EPOCHS_TOGETHER, NUMBERS_TOGETHER // max(1, count)))
    block, row = divmod(epoch, together)
    orders: NDArray[np.int64] = _orders(seed, block, together, count)[row]
    return orders


@lru_cache(maxsize=4)
def _orders(seed: int, block: int, epochs: int, count: int) -> NDArray[np.int64]:
    """The orders of neighbouring epochs: making a generator costs more than shuffling a few hundred samples."""
    orders = np.tile(np.arange(count), (epochs, 1))
    stream(seed, Purpose.SHUFFLE, block).permuted(orders, axis=1, out=orders)
    orders.setflags(write=False)
    return orders
