"""The same work with scikit-learn, if it is installed."""

from __future__ import annotations

import importlib
import warnings

import numpy as np

from gradgui.bench.cases import LEARNING_RATE, Case
from gradgui.bench.measure import Contender


def epoch(case: Case) -> dict[str, Contender]:
    """`partial_fit` is one pass over the samples; its output layer is logistic, the amount of work is the same."""
    networks = importlib.import_module("sklearn.neural_network")
    x, y = case.samples(case.count)
    labels = y.argmax(1) if case.classes else (y[:, 0] > 0).astype(int)
    model = networks.MLPClassifier(
        case.sizes[1:-1],
        activation="relu" if case.classes else "tanh",
        solver="sgd",
        batch_size=case.batch,
        learning_rate_init=LEARNING_RATE,
        momentum=0.0,
        alpha=0.0,
    )
    model.partial_fit(x, labels, classes=np.unique(labels))

    def run() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.partial_fit(x, labels)

    return {"scikit-learn": Contender(run, -(-case.count // case.batch))}
