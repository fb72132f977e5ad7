"""The loss as a landscape: its height at every point of a plane through parameter space."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.alone import Alone, is_alone
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
SKETCH, FEWEST_SAMPLES = 4e7, 24
"""A first picture takes about so many multiplications, and fewer samples where all of them would take more."""
SLOW = 10
"""A multiplication takes so many times as long where points are taken one by one."""
EXACT = 2
"""A picture in double precision takes so many times as long."""


@dataclass(frozen=True, slots=True)
class Level:
    """One picture of the landscape; `heights[i, j]` belongs to ys[i], xs[j] and is NaN where the loss is not finite."""

    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    heights: Heights
    final: bool
    """False if a finer picture follows."""
    samples: int | None = None
    """Of so many samples only; None for all."""


class Probe(Protocol):
    """Something that can tell the losses at points of a plane."""

    together: int
    """How many points it takes at once."""

    def prepare(self, basis: NDArray[np.float64]) -> None:
        """Look at another plane: (3, P) origin, u and v."""

    def losses(self, mix: NDArray[np.float64]) -> Heights:
        """(k, 3) multiples of origin, u and v → (k,) losses, summed over all samples."""


class OneByOne:
    """Any network: put the parameters in, run it from the first layer that has changed, read the loss."""

    together = 1

    def __init__(self, network: Network, samples: Samples, dtype: np.dtype[np.floating]) -> None:
        self._original = network
        self._network = network.copy_as(dtype.type)
        self._evaluator = Evaluator(self._network, samples)
        self._count = len(samples) if network.mean else 1
        self._basis = np.zeros((3, network.size))
        self._first = 0, 0
        self._at: NDArray[np.float64] | None = None

    def prepare(self, basis: NDArray[np.float64]) -> None:
        """Take over the plane, and what layers remember now."""
        self._basis[...] = basis
        self._first = _first_touched(self._network, basis[1]), _first_touched(self._network, basis[2])
        self._at = None
        self._network.state[...] = self._original.state

    def losses(self, mix: NDArray[np.float64]) -> Heights:
        """(k,) one after the other."""
        heights = np.empty(len(mix))
        for row, (at, theta) in enumerate(zip(mix, mix @ self._basis, strict=True)):
            self._network.theta[...] = theta
            heights[row] = self._evaluator.loss_from(self._changed(at)) * self._count
        return heights

    def _changed(self, at: NDArray[np.float64]) -> int:
        """The first layer that is another one than at the point before."""
        before, self._at = self._at, at
        if before is None:
            return 0
        moved = [first for first, old, new in zip(self._first, before[1:], at[1:], strict=True) if old != new]
        return min(moved, default=0)


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
        self._alone = is_alone(network)
        self._folds = can_fold(network)
        self._sketch: LossSurface | None = None

    def close(self) -> None:
        """Send the helpers home."""
        self._helpers.shutdown()
        if self._sketch is not None:
            self._sketch.close()

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
        helped: bool = True,
    ) -> Heights:
        """(len(ys), len(xs)) losses; NaN where they are not finite or `stop` came first; `exact`: in float64.

        Without `helped` one thread does it all, where the other cores have better things to do.
        """
        return self._grid(plane, xs, ys, np.dtype(np.float64) if exact else self._dtype, stop, helped)

    def levels(
        self,
        plane: Plane,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        finest: int = 129,
        stop: Stop | None = None,
        *,
        exact: bool = False,
        seconds: float | None = None,
    ) -> Iterator[Level]:
        """Coarse to fine, up to `finest` points along each side; points once known are kept.

        Sides are halved while that is possible: 129 gives 9, 17, 33, 65, 129. With `exact` a last picture in float64
        follows. Ends early, with whole pictures only, when `stop` says True. With `seconds`, the first picture may be a
        sketch of fewer samples, and pictures become no finer where that would take longer.
        """
        xs, ys = np.linspace(*x_range, finest), np.linspace(*y_range, finest)
        table = np.full((finest, finest), np.nan)
        known = np.zeros((finest, finest), bool)
        steps = strides(finest, FEWEST if self._folds or self._alone else FEWEST // 2)
        if seconds is not None:
            yield from self._sketched(plane, xs[:: steps[0]], ys[:: steps[0]])
        start = time.perf_counter()
        for stride in steps:
            new = np.zeros_like(known)
            new[::stride, ::stride] = True
            rows, columns = np.nonzero(new & ~known)
            table[rows, columns] = self._losses(plane, xs[columns], ys[rows], self._dtype, stop)
            if stop is not None and stop():
                return
            known |= new
            next_s = (time.perf_counter() - start) * 4 * (1 + EXACT * exact)
            last = stride == 1 or (seconds is not None and next_s > seconds)
            yield Level(xs[::stride], ys[::stride], table[::stride, ::stride].copy(), final=last and not exact)
            if last:
                break
        if exact:
            heights = self._grid(plane, xs[::stride], ys[::stride], np.dtype(np.float64), stop)
            if stop is None or not stop():
                yield Level(xs[::stride], ys[::stride], heights, final=True)

    def _sketched(self, plane: Plane, xs: NDArray[np.float64], ys: NDArray[np.float64]) -> Iterator[Level]:
        """A picture of as many samples as can be asked at once; nothing where those are all."""
        count = self._sketch_samples(len(xs) * len(ys))
        if count < len(self._samples):
            if self._sketch is None:
                some = np.linspace(0, len(self._samples) - 1, count).astype(int)
                few = Samples(self._samples.x[some], self._samples.y[some])
                self._sketch = LossSurface(self._network, few, self._dtype.type, threads=1)
            heights = self._sketch.heights(plane, xs, ys)
            if not self._network.mean:
                heights *= len(self._samples) / count
            yield Level(xs, ys, heights, final=False, samples=count)

    def _sketch_samples(self, points: int) -> int:
        """How many samples of a picture of so many points can be asked without waiting."""
        if self._alone:
            return len(self._samples)
        work = sum(place.units * place.matrix[1] for place in self._network.places if place.matrix is not None)
        return max(FEWEST_SAMPLES, int(SKETCH / (points * work * (1 if self._folds else SLOW))))

    def _grid(
        self,
        plane: Plane,
        xs: NDArray[np.float64],
        ys: NDArray[np.float64],
        dtype: np.dtype[np.floating],
        stop: Stop | None,
        helped: bool = True,
    ) -> Heights:
        x, y = np.meshgrid(xs, ys)
        return self._losses(plane, x.ravel(), y.ravel(), dtype, stop, helped).reshape(len(ys), len(xs))

    def _losses(
        self,
        plane: Plane,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        dtype: np.dtype[np.floating],
        stop: Stop | None,
        helped: bool = True,
    ) -> Heights:
        """Losses at single points, in pieces that all threads take from one heap."""
        heights = np.full(len(x), np.nan)
        order = self._order(plane, x, y)
        mix = np.stack([np.ones(len(x)), x[order], y[order]], axis=1)
        probes = self._prepared(plane, dtype, len(x))
        size = probes[0].together
        heap = deque(slice(start, start + size) for start in range(0, len(x), size))
        others = [self._helpers.submit(_work, probe, heap, mix, heights, None) for probe in probes[1:] if helped]
        _work(probes[0], heap, mix, heights, stop)
        for other in others:
            other.result()
        heights /= len(self._samples) if self._network.mean else 1
        heights[~np.isfinite(heights)] = np.nan
        placed = np.empty_like(heights)
        placed[order] = heights
        return placed

    def _order(self, plane: Plane, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
        """One by one, points come in such an order that what lies deepest in the network changes least often."""
        if self._folds or self._alone:
            return np.arange(len(x))
        deeper = _first_touched(self._network, plane.u) < _first_touched(self._network, plane.v)
        return np.lexsort((y, x) if deeper else (x, y))

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
        if self._alone or not self._folds:
            return 1
        share = 1 << max(0, (points // (2 * self._threads)).bit_length() - 1)
        return min(share, points_at_once(self._network, len(self._samples), dtype))

    def _probe(self, dtype: np.dtype[np.floating], touched: tuple[bool, ...], together: int) -> Probe:
        if self._alone:
            return Alone(self._network, self._samples)
        if self._folds:
            return Folded(self._network, self._samples, dtype, touched, together)
        return OneByOne(self._network, self._samples, dtype)


def _first_touched(network: Network, direction: NDArray[np.floating]) -> int:
    """The first layer that a direction changes."""
    return next((index for index, place in enumerate(network.places) if direction[place.parameters].any()), 0)


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
