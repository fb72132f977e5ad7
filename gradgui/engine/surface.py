"""The loss as a landscape: its height at every point of a plane through parameter space."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.evaluation import Evaluator
from gradgui.engine.folded import Folded, can_fold, points_at_once, touched_layers
from gradgui.engine.network import Network
from gradgui.engine.planes import Plane
from gradgui.engine.samples import Samples

Heights = NDArray[np.float64]
Stop = Callable[[], bool]

FEWEST = 8
"""Cells along a side of the first coarse picture; half of that where every point is slow."""
KEPT = 8
"""Bound calculations kept for the next picture."""


@dataclass(frozen=True, slots=True)
class Level:
    """One picture of the landscape; `heights[i, j]` belongs to ys[i], xs[j] and is NaN where the loss is not finite."""

    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    heights: Heights
    final: bool
    """False if a finer picture follows."""


class Probe(Protocol):
    """Something that can tell the losses at points of a plane."""

    together: int
    """How many points it takes at once."""

    def prepare(self, basis: NDArray[np.float64]) -> None:
        """Look at another plane: (3, P) origin, u and v."""

    def losses(self, mix: NDArray[np.float64]) -> Heights:
        """(k, 3) multiples of origin, u and v → (k,) losses, summed over all samples."""


class OneByOne:
    """Any network: put the parameters in, run it, read the loss."""

    together = 1

    def __init__(self, network: Network, samples: Samples, dtype: np.dtype[np.floating]) -> None:
        self._original = network
        self._network = network.copy_as(dtype.type)
        self._evaluator = Evaluator(self._network, samples)
        self._count = len(samples) if network.mean else 1
        self._basis = np.zeros((3, network.size))

    def prepare(self, basis: NDArray[np.float64]) -> None:
        """Take over the plane, and what layers remember now."""
        self._basis[...] = basis
        self._network.state[...] = self._original.state

    def losses(self, mix: NDArray[np.float64]) -> Heights:
        """(k,) one after the other."""
        heights = np.empty(len(mix))
        for row, theta in enumerate(mix @ self._basis):
            self._network.theta[...] = theta
            heights[row] = self._evaluator.loss() * self._count
        return heights


class LossSurface:
    """Losses of a network over a plane, for one set of samples, with dropout off.

    The calling thread and `threads` − 1 helpers share the work; `close` (or `with`) ends the helpers. Every `stop` is
    asked by the calling thread only, between small pieces of work; once it says True the rest is left out.
    """

    def __init__(
        self, network: Network, samples: Samples, dtype: type[np.floating] = np.float32, threads: int = 2
    ) -> None:
        self._network = network
        self._samples = samples
        self._dtype = np.dtype(dtype)
        self._threads = max(1, threads)
        self._helpers = ThreadPoolExecutor(max(1, self._threads - 1), "surface")
        self._probes: dict[object, list[Probe]] = {}
        self._folds = can_fold(network)

    def close(self) -> None:
        """Send the helpers home."""
        self._helpers.shutdown()

    def __enter__(self) -> LossSurface:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def heights(
        self,
        plane: Plane,
        xs: NDArray[np.float64],
        ys: NDArray[np.float64],
        stop: Stop | None = None,
        *,
        exact: bool = False,
    ) -> Heights:
        """(len(ys), len(xs)) losses; NaN where they are not finite or `stop` came first; `exact`: in float64."""
        return self._grid(plane, xs, ys, np.dtype(np.float64) if exact else self._dtype, stop)

    def levels(
        self,
        plane: Plane,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        finest: int = 129,
        stop: Stop | None = None,
        *,
        exact: bool = False,
    ) -> Iterator[Level]:
        """Coarse to fine, up to `finest` points along each side; points once known are kept.

        Sides are halved while that is possible: 129 gives 9, 17, 33, 65, 129. With `exact` a last picture in float64
        follows. Ends early, with whole pictures only, when `stop` says True.
        """
        xs, ys = np.linspace(*x_range, finest), np.linspace(*y_range, finest)
        table = np.full((finest, finest), np.nan)
        known = np.zeros((finest, finest), bool)
        for stride in strides(finest, FEWEST if self._folds else FEWEST // 2):
            new = np.zeros_like(known)
            new[::stride, ::stride] = True
            rows, columns = np.nonzero(new & ~known)
            table[rows, columns] = self._losses(plane, xs[columns], ys[rows], self._dtype, stop)
            if stop is not None and stop():
                return
            known |= new
            yield Level(xs[::stride], ys[::stride], table[::stride, ::stride].copy(), final=stride == 1 and not exact)
        if exact:
            heights = self._grid(plane, xs, ys, np.dtype(np.float64), stop)
            if stop is None or not stop():
                yield Level(xs, ys, heights, final=True)

    def _grid(
        self,
        plane: Plane,
        xs: NDArray[np.float64],
        ys: NDArray[np.float64],
        dtype: np.dtype[np.floating],
        stop: Stop | None,
    ) -> Heights:
        x, y = np.meshgrid(xs, ys)
        return self._losses(plane, x.ravel(), y.ravel(), dtype, stop).reshape(len(ys), len(xs))

    def _losses(
        self,
        plane: Plane,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        dtype: np.dtype[np.floating],
        stop: Stop | None,
    ) -> Heights:
        """Losses at single points, in pieces that all threads take from one heap."""
        heights = np.full(len(x), np.nan)
        mix = np.stack([np.ones(len(x)), x, y], axis=1)
        probes = self._prepared(plane, dtype, len(x))
        size = probes[0].together
        heap = deque(slice(start, start + size) for start in range(0, len(x), size))
        others = [self._helpers.submit(_work, probe, heap, mix, heights, None) for probe in probes[1:]]
        _work(probes[0], heap, mix, heights, stop)
        for other in others:
            other.result()
        heights /= len(self._samples) if self._network.mean else 1
        heights[~np.isfinite(heights)] = np.nan
        return heights

    def _prepared(self, plane: Plane, dtype: np.dtype[np.floating], points: int) -> list[Probe]:
        touched = touched_layers(self._network, plane.u, plane.v)
        key = (dtype, touched, self._together(points, dtype))
        if key not in self._probes:
            while len(self._probes) >= KEPT:
                self._probes.pop(next(iter(self._probes)))
            self._probes[key] = [self._probe(*key) for _ in range(self._threads)]
        basis = np.stack([plane.origin, plane.u, plane.v])
        for probe in self._probes[key]:
            probe.prepare(basis)
        return self._probes[key]

    def _together(self, points: int, dtype: np.dtype[np.floating]) -> int:
        """Points per piece of work: what fits the cache, but so few that every thread gets several pieces."""
        if not self._folds:
            return 1
        share = 1 << max(0, (points // (2 * self._threads)).bit_length() - 1)
        return min(share, points_at_once(self._network, len(self._samples), dtype))

    def _probe(self, dtype: np.dtype[np.floating], touched: tuple[bool, ...], together: int) -> Probe:
        if self._folds:
            return Folded(self._network, self._samples, dtype, touched, together)
        return OneByOne(self._network, self._samples, dtype)


def strides(finest: int, fewest: int) -> list[int]:
    """Steps from coarse to fine: powers of two that divide the side and leave at least `fewest` cells."""
    stride = 1
    while (finest - 1) % (2 * stride) == 0 and (finest - 1) // (2 * stride) >= fewest:
        stride *= 2
    return [1 << power for power in reversed(range(stride.bit_length()))]


def _work(probe: Probe, heap: deque[slice], mix: NDArray[np.float64], heights: Heights, stop: Stop | None) -> None:
    """Take pieces from the heap until it is empty; whoever hears `stop` empties it for all."""
    with np.errstate(all="ignore"):
        while True:
            try:
                rows = heap.popleft()
            except IndexError:  # empty: another thread may have been faster
                return
            heights[rows] = probe.losses(mix[rows])
            if stop is not None and stop():
                heap.clear()
