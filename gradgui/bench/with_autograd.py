"""The same work with HIPS autograd, if it is installed."""

from __future__ import annotations

import importlib

from gradgui.bench.cases import LEARNING_RATE, Case
from gradgui.bench.measure import Contender


def epoch(case: Case) -> dict[str, Contender]:
    """Gradient by autograd, update in place."""
    gradient = importlib.import_module("autograd").grad(_loss(case))
    layers = [(weights.copy(), biases.copy()) for weights, biases in case.parameters()]
    x, y = case.samples(case.count)
    starts = range(0, len(x), case.batch)

    def run() -> None:
        for start in starts:
            slopes = gradient(layers, x[start : start + case.batch], y[start : start + case.batch])
            for (weights, biases), (dW, db) in zip(layers, slopes, strict=True):
                weights -= LEARNING_RATE * dW
                biases -= LEARNING_RATE * db

    return {"HIPS autograd": Contender(run, len(starts))}


def _loss(case: Case):  # type: ignore[no-untyped-def]  # noqa: ANN202 - autograd may be missing
    np = importlib.import_module("autograd.numpy")

    def loss(layers, x, y):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        a = x
        for index, (weights, biases) in enumerate(layers):
            z = np.dot(a, weights.T) + biases
            last = index == len(layers) - 1
            a = np.tanh(z) if not case.classes else z if last else np.maximum(z, 0)
        if not case.classes:
            return 0.5 * np.sum((a - y) ** 2) / len(x)
        lower = a - np.max(a, axis=1, keepdims=True)
        return -np.sum(y * (lower - np.log(np.sum(np.exp(lower), axis=1, keepdims=True)))) / len(x)

    return loss
