"""Fair timing: everybody runs in turn, again and again, so that a busy moment hurts all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Contender:
    """Something to time; one call does `work` units of work (training steps, pictures)."""

    run: Callable[[], object]
    work: float = 1.0
    close: Callable[[], object] = lambda: None
    """Ends its threads, if it has any."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long and how often to measure."""

    rounds: int
    slice_s: float
    """For so long each contender runs in each round, at least once."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds per unit of work."""

    median: float
    best: float
    ratio: float
    """How many times as long as the first contender: the median over rounds."""


def measure(contenders: dict[str, Contender], pace: Pace) -> dict[str, Timing]:
    """Time all of them, interleaved; the first one is what the others are compared with."""
    repeats = {name: _repeats(contender, pace) for name, contender in contenders.items()}
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(pace.rounds):
        for name, contender in contenders.items():
            seconds[name].append(_timed(contender, repeats[name]))
    for contender in contenders.values():
        contender.close()
    first = next(iter(seconds.values()))
    return {name: _timing(own, first) for name, own in seconds.items()}


def _repeats(contender: Contender, pace: Pace) -> int:
    """Warm up, then see how often it fits into a slice."""
    _timed(contender, 1)
    once = _timed(contender, 1) * contender.work
    return max(1, int(pace.slice_s / max(once, 1e-9)))


def _timed(contender: Contender, repeats: int) -> float:
    run = contender.run
    with np.errstate(all="ignore"):
        start = time.perf_counter()
        for _ in range(repeats):
            run()
        return (time.perf_counter() - start) / repeats / contender.work


def _timing(own: list[float], first: list[float]) -> Timing:
    ratios = [mine / theirs for mine, theirs in zip(own, first, strict=True)]
    return Timing(statistics.median(own), min(own), statistics.median(ratios))
