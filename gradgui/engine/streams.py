"""Randomness without memory: every draw is a pure function of the seed and of where it is needed.

Going back in time therefore needs no saved generator state: asking again gives the same numbers.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


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
    """The order of `count` samples in that epoch."""
    return stream(seed, Purpose.SHUFFLE, epoch).permutation(count)
