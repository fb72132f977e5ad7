"""The straight-line reference: for exactly these networks, only the NumPy calls that cannot be left out.

No events, no layers to choose from, no safety against overflow, nothing to look at. What our engine loses against it is
the price of everything else it can do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from gradgui.bench.cases import LEARNING_RATE, Case, Matrix, directions
from gradgui.bench.measure import Contender

Array = NDArray[np.floating]
Call = tuple[Callable[..., object], tuple[object, ...]]
POINTS = {2: 128, 8: 32}
"""Surface points at once, by the width of the second layer; best on small and on deep networks."""


class Epoch:
    """One pass over the samples as one list of calls."""

    def __init__(self, case: Case) -> None:
        x, y = case.samples(case.count)
        self.theta, grad = case.flat(), case.flat()
        augmented = np.column_stack([x, np.ones(len(x))])
        self._calls: list[Call] = []
        starts = range(0, len(x), case.batch)
        self.steps = len(starts)
        desks: dict[int, _Desk] = {}
        for start in starts:
            inputs, targets = augmented[start : start + case.batch].T, y[start : start + case.batch].T
            batch = inputs.shape[1]
            if batch not in desks:
                desks[batch] = _Desk(case, self.theta, grad, batch)
            self._calls += desks[batch].step(inputs, targets)

    def run(self) -> None:
        """Train."""
        for function, arguments in self._calls:
            function(*arguments)


def epoch(case: Case) -> Contender:
    """One pass over the samples."""
    ready = Epoch(case)
    return Contender(ready.run, ready.steps)


def _matrices(case: Case, flat: Array) -> list[Array]:
    views, start = [], 0
    for inputs, units in zip(case.sizes, case.sizes[1:], strict=False):
        views.append(flat[start : start + units * (inputs + 1)].reshape(units, inputs + 1))
        start += units * (inputs + 1)
    return views


class _Desk:
    """The buffers of one batch size, shared by all its batches so that they stay in the cache."""

    def __init__(self, case: Case, theta: Matrix, grad: Matrix, batch: int) -> None:
        self._case, self._theta, self._grad = case, theta, grad
        self._W, self._G = _matrices(case, theta), _matrices(case, grad)
        self._W_T = [matrix.T for matrix in self._W]
        units = case.sizes[1:]
        starts = np.cumsum([0, *(n + 1 for n in units)])
        self._act, slope, delta, self._one = (np.ones((starts[-1], batch)) for _ in range(4))
        narrow = [slice(start, start + n) for start, n in zip(starts, units, strict=False)]
        wide = [slice(start, start + n + 1) for start, n in zip(starts, units, strict=False)]
        self._a, self._a1 = [self._act[rows] for rows in narrow], [self._act[rows] for rows in wide]
        self._d, self._d1 = [delta[rows] for rows in narrow], [delta[rows] for rows in wide]
        self._slope, self._slope1 = [slope[rows] for rows in narrow], [slope[rows] for rows in wide]
        sloped = slice(0, starts[-2] if case.classes else starts[-1] - 1)
        self._slopes = _slopes(case, self._act[sloped], slope[sloped], self._one[sloped])
        self._activations = [_activation(case, a, last=a is self._a[-1]) for a in self._a]
        self._rate = np.array(LEARNING_RATE / batch)

    def step(self, x: Matrix, y: Matrix) -> list[Call]:
        """Forward, backward, update for one batch, (inputs + 1, B) and (outputs, B)."""
        inputs = [x, *self._a1[:-1]]
        calls: list[Call] = []
        for W, below, a, activation in zip(self._W, inputs, self._a, self._activations, strict=True):
            calls += [(W.dot, (below, a)), *activation]
        calls += [(np.subtract, (self._a[-1], y, self._d[-1])), *self._slopes]
        if not self._case.classes:
            calls.append((np.multiply, (self._d[-1], self._slope[-1], self._d[-1])))
        for layer in reversed(range(len(self._W))):
            calls.append((self._d[layer].dot, (inputs[layer].T, self._G[layer])))
            if layer:
                below = self._d1[layer - 1]
                calls.append((self._W_T[layer].dot, (self._d[layer], below)))
                calls.append((np.multiply, (below, self._slope1[layer - 1], below)))
        calls.append((np.multiply, (self._grad, self._rate, self._grad)))
        return [*calls, (np.subtract, (self._theta, self._grad, self._theta))]


def _activation(case: Case, a: Array, *, last: bool) -> list[Call]:
    if not case.classes:
        return [(np.tanh, (a, a))]
    if not last:
        return [(np.fmax, (a, np.zeros_like(a), a))]
    total = np.empty_like(a)
    return [(np.exp, (a, a)), (np.ones((len(a), len(a))).dot, (a, total)), (np.divide, (a, total, a))]


def _slopes(case: Case, act: Array, slope: Array, ones: Array) -> list[Call]:
    if case.classes:
        return [(np.sign, (act, slope))]
    return [(np.square, (act, slope)), (np.subtract, (ones, slope, slope))]


# ── Loss surface ─────────────────────────────────────────────────────────────────────────────────


def surface(case: Case, side: int, count: int) -> Contender:
    """One picture in float32 by two threads, some points at a time."""
    line = np.linspace(-1, 1, side)
    x, y = (axis.ravel() for axis in np.meshgrid(line, line))
    mix = np.stack([np.ones(side * side), x, y], axis=1).astype(np.float32)
    basis = np.vstack([case.flat(), directions(case)]).astype(np.float32)
    together = POINTS.get(case.sizes[2], 4)
    hands = [_Hand(case, basis, together, count) for _ in range(2)]
    heights = np.empty(len(mix))
    helper = ThreadPoolExecutor(1, "straight")

    def run() -> Matrix:
        heap = deque(range(0, len(mix), together))
        other = helper.submit(hands[1].work, heap, mix, heights)
        hands[0].work(heap, mix, heights)
        other.result()
        return heights

    return Contender(run, close=helper.shutdown)


class _Hand:
    """One thread's buffers and calls."""

    def __init__(self, case: Case, basis: Array, together: int, count: int) -> None:
        self._case, self._together, self._basis = case, together, basis
        x, y = case.samples(count)
        self._count = count
        self._y = np.ascontiguousarray(y.T, np.float32)
        self._mix = np.zeros((together, 3), np.float32)
        self._theta = np.empty((together, basis.shape[1]), np.float32)
        inputs = np.vstack([x.T, np.ones(count)]).astype(np.float32)
        self._calls, self._z = self._bound(inputs)

    def work(self, heap: deque[int], mix: Array, heights: Matrix) -> None:
        """Take points as long as there are any."""
        while heap:
            try:
                start = heap.popleft()
            except IndexError:
                return
            some = mix[start : start + self._together]
            self._mix[: len(some)] = some
            np.dot(self._mix, self._basis, self._theta)
            for function, arguments in self._calls:
                function(*arguments)
            heights[start : start + len(some)] = self._losses()[: len(some)] / self._count

    def _bound(self, inputs: Array) -> tuple[list[Call], Array]:
        """The first layer mixes three known weighted sums; every other one multiplies by each point's own weights."""
        case, points, count = self._case, self._together, inputs.shape[1]
        sums = np.stack([_matrices(case, flat)[0] @ inputs for flat in self._basis]).reshape(3, -1)
        calls: list[Call] = []
        start, a = 0, inputs
        for layer, (wide, units) in enumerate(zip(case.sizes, case.sizes[1:], strict=False)):
            last = layer == len(case.sizes) - 2
            out = np.ones((points, units if last else units + 1, count), np.float32)
            z = out[:, :units]
            if layer == 0:
                calls.append((np.matmul, (self._mix, sums, out.reshape(points, -1)[:, : units * count])))
            else:
                W = self._theta[:, start : start + units * (wide + 1)].reshape(points, units, wide + 1)
                calls.append((np.matmul, (W, a, z)))
            start += units * (wide + 1)
            if not (case.classes and last):
                zero = np.zeros((1, 1, 1), np.float32)
                calls.append((np.fmax, (z, zero, z)) if case.classes else (np.tanh, (z, z)))
            a = out
        return calls, a

    def _losses(self) -> Array:
        z = self._z
        if not self._case.classes:
            np.subtract(z, self._y, z)
            flat = z.reshape(len(z), 1, -1)
            half: Array = 0.5 * np.matmul(flat, flat.transpose(0, 2, 1))[:, 0, 0]
            return half
        right = np.einsum("kij,ij->k", z, self._y)
        np.exp(z, z)
        total: Array = np.log(z.sum(axis=1)).sum(axis=1) - right
        return total


# ── Neuron maps ──────────────────────────────────────────────────────────────────────────────────


def maps(case: Case, points: Matrix) -> Contender:
    """All neurons over a grid, in float32."""
    a = np.vstack([points.T, np.ones(len(points))]).astype(np.float32)
    calls: list[Call] = []
    for weights, biases in case.parameters():
        out = np.ones((len(weights) + 1, len(points)), np.float32)
        W = np.column_stack([weights, biases]).astype(np.float32)
        calls += [(W.dot, (a, out[:-1])), (np.tanh, (out[:-1], out[:-1]))]
        a = out

    def run() -> None:
        for function, arguments in calls:
            function(*arguments)

    return Contender(run)
