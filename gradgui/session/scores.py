"""How well the network does: losses, the share of right answers, R², and which class was taken for which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.document.targets import Targets
from gradgui.engine.evaluation import Evaluator
from gradgui.engine.network import Network
from gradgui.engine.update import Updater
from gradgui.session.curves_view import Array, ConfusionView

NONE = float("nan")


@dataclass(frozen=True, slots=True)
class Judged:
    """One set with the answers of now; numbers that make no sense for the task are NaN."""

    loss: float = NONE
    accuracy: float = NONE
    fit: float = NONE
    """R², the share of the targets' spread that is explained: 1 is perfect, 0 no better than their mean."""
    confusion: Array | None = None


def judged(evaluator: Evaluator | None, targets: Targets, y: Array | None) -> Judged:
    """One pass over a set; all NaN where there is none."""
    if evaluator is None or y is None:
        return Judged()
    loss, answers = evaluator.loss_and_answers()
    if targets.task == "regression":
        return Judged(loss, fit=explained(answers, y))
    return Judged(loss, targets.right(answers, y), confusion=confusion(answers, y, targets))


def explained(answers: Array, y: Array) -> float:
    """R²; NaN where all targets are the same."""
    spread = float(((y - y.mean(axis=0)) ** 2).sum())
    with np.errstate(all="ignore"):
        return 1 - float(((answers - y) ** 2).sum()) / spread if spread else NONE


def confusion(answers: Array, y: Array, targets: Targets) -> Array:
    """(k, k) how often class i was taken for class j."""
    if targets.task == "binary":
        true, said, count = _side(y, targets), _side(answers, targets), 2
    else:
        true, said, count = y.argmax(axis=1), answers.argmax(axis=1), y.shape[1]
    table = np.bincount(true * count + said, minlength=count * count).reshape(count, count).astype(np.float64)
    table.setflags(write=False)
    return table


def both(train: Judged, test: Judged) -> ConfusionView | None:
    """For the views; None for regression."""
    return None if train.confusion is None else ConfusionView(train.confusion, test.confusion)


def layer_sizes(network: Network, updater: Updater) -> tuple[Array, Array]:
    """(L,) length of the last gradient, and length of the last step over that of the parameters, layer by layer."""
    norms, ratios = np.full(len(network.places), NONE), np.full(len(network.places), NONE)
    with np.errstate(all="ignore"):
        for index, place in enumerate(network.places):
            if place.matrix is not None:
                part = place.parameters
                norms[index] = np.linalg.norm(network.grad[part])
                ratios[index] = np.linalg.norm(updater.step[part]) / np.linalg.norm(network.theta[part])
    return norms, ratios


def _side(values: Array, targets: Targets) -> NDArray[np.int64]:
    return (values[:, 0] >= targets.middle).astype(np.int64)
