"""The plain NumPy loop that everybody writes first: what there is always to compare with."""

from __future__ import annotations

import numpy as np

from gradgui.bench.cases import LEARNING_RATE, Case, Matrix, directions
from gradgui.bench.measure import Contender

Layers = list[tuple[Matrix, Matrix]]


class Epoch:
    """One pass over the samples: forward, backward, update."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._x, self._y = case.samples(case.count)
        self.layers = case.parameters()
        self.steps = len(range(0, case.count, case.batch))

    def run(self) -> None:
        """Train."""
        batch = self._case.batch
        for start in range(0, len(self._x), batch):
            _step(self._case, self.layers, self._x[start : start + batch], self._y[start : start + batch])


def epoch(case: Case) -> Contender:
    """One pass over the samples."""
    ready = Epoch(case)
    return Contender(ready.run, ready.steps)


def _step(case: Case, layers: Layers, x: Matrix, y: Matrix) -> None:
    answers = _forward(case, layers, x)
    delta = (answers[-1] - y) / len(x)
    if not case.classes:
        delta = delta * (1 - answers[-1] ** 2)
    for index in reversed(range(len(layers))):
        weights, biases = layers[index]
        dW, db = delta.T @ answers[index], delta.sum(axis=0)
        if index:
            a = answers[index]
            delta = delta @ weights
            delta = delta * ((a > 0) if case.classes else (1 - a**2))
        weights -= LEARNING_RATE * dW
        biases -= LEARNING_RATE * db


def _forward(case: Case, layers: Layers, x: Matrix) -> list[Matrix]:
    answers = [x]
    for index, (weights, biases) in enumerate(layers):
        z = answers[-1] @ weights.T + biases
        if not case.classes:
            answers.append(np.tanh(z))
        elif index < len(layers) - 1:
            answers.append(np.maximum(z, 0))
        else:
            e = np.exp(z - z.max(axis=1, keepdims=True))
            answers.append(e / e.sum(axis=1, keepdims=True))
    return answers


def surface(case: Case, side: int, count: int) -> Contender:
    """One picture: a loop over its points."""
    x, y = case.samples(count)
    theta, axes = case.flat(), directions(case)
    line = np.linspace(-1, 1, side)

    def run() -> Matrix:
        heights = np.empty((side, side))
        for i, b in enumerate(line):
            for j, a in enumerate(line):
                answers = _forward(case, unpacked(case, theta + a * axes[0] + b * axes[1]), x)[-1]
                heights[i, j] = _loss(case, answers, y)
        return heights

    return Contender(run)


def unpacked(case: Case, flat: Matrix) -> Layers:
    """W and b of every layer, from one long row of numbers."""
    layers, start = [], 0
    for inputs, units in zip(case.sizes, case.sizes[1:], strict=False):
        matrix = flat[start : start + units * (inputs + 1)].reshape(units, inputs + 1)
        layers.append((matrix[:, :-1], matrix[:, -1]))
        start += matrix.size
    return layers


def _loss(case: Case, answers: Matrix, y: Matrix) -> float:
    if case.classes:
        return float(-np.log((answers * y).sum(axis=1)).mean())
    return float(0.5 * ((answers - y) ** 2).sum(axis=1).mean())


def maps(case: Case, points: Matrix) -> Contender:
    """All neurons over a grid."""
    return Contender(lambda: _forward(case, case.parameters(), points))
