"""Targets: what the network should say for each example, as numbers its output and loss can use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.activations.tanh import Tanh
from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.losses._base import LossKind
from gradgui.engine.network import Network
from gradgui.errors import UserError
from gradgui.text import Text


@dataclass(frozen=True, slots=True)
class Targets:
    """Coded targets and how to read an answer."""

    y: NDArray[np.float64]
    task: str
    """regression, binary or multiclass."""
    middle: float = 0.5
    """Where a binary answer tips over."""

    def right(self, answers: NDArray[np.float64], y: NDArray[np.float64]) -> float:
        """Share of right answers, 0 to 1; NaN for regression."""
        if self.task == "regression" or not len(y):
            return float("nan")
        if self.task == "binary":
            return float(np.mean((answers[:, 0] >= self.middle) == (y[:, 0] >= self.middle)))
        return float(np.mean(answers.argmax(axis=1) == y.argmax(axis=1)))


def coded(examples: Examples, network: Network, loss: LossKind) -> Targets:
    """Code the targets for this output layer and loss; raises UserError where they do not fit."""
    outputs = network.outputs
    if examples.labels is not None:
        signed = loss.labels == "plus_minus" or (outputs == 1 and isinstance(network.places[-1].layer.activation, Tanh))
        y, task = _classes(examples, outputs), "binary" if outputs == 1 else "multiclass"
        return Targets(2 * y - 1 if signed else y, task, 0.0 if signed else 0.5)
    assert examples.y is not None
    _same_width(outputs, examples.y.shape[1])
    _suits(examples.y, loss)
    if loss.labels == "any":
        return Targets(examples.y, "regression")
    task = "binary" if outputs == 1 else "multiclass"
    return Targets(examples.y, task, 0.0 if loss.labels == "plus_minus" else 0.5)


def _classes(examples: Examples, outputs: int) -> NDArray[np.float64]:
    assert examples.labels is not None
    if outputs == 1 and examples.classes == 2:
        return examples.labels[:, None].astype(np.float64)
    if outputs != examples.classes:
        raise UserError(
            Text(
                en="The data has {classes} classes, but the last layer has {units} units: it needs one for each class"
                " (or a single one for two classes).",
                zh="数据有 {classes} 类，但最后一层有 {units} 个神经元：每一类需要一个（只有两类时也可以只用一个）。",
            ),
            classes=examples.classes,
            units=outputs,
        )
    return np.eye(examples.classes)[examples.labels]


def _same_width(outputs: int, targets: int) -> None:
    if outputs != targets:
        raise UserError(
            Text(
                en="The data has {targets} target numbers for each example, but the last layer has {units} units.",
                zh="每个样本有 {targets} 个目标值，但最后一层有 {units} 个神经元。",
            ),
            targets=targets,
            units=outputs,
        )


def _suits(y: NDArray[np.float64], loss: LossKind) -> None:
    wrong = {
        "zero_one": bool(((y < 0) | (y > 1)).any()),
        "plus_minus": bool((np.abs(y) != 1).any()),
        "shares": bool((y < 0).any() or (np.abs(y.sum(axis=1) - 1) > 1e-6).any()),
    }
    wanted = {
        "zero_one": Text(en="targets from 0 to 1", zh="0 到 1 的目标值"),
        "plus_minus": Text(en="targets −1 or +1", zh="−1 或 +1 的目标值"),
        "shares": Text(en="targets that are not negative and add up to 1", zh="非负且总和为 1 的目标值"),
    }
    if wrong.get(loss.labels, False):
        raise UserError(
            Text(en="data.y: the loss “{loss}” needs {wanted}.", zh="data.y：损失“{loss}”需要{wanted}。"),
            loss=loss.name,
            wanted=wanted[loss.labels],
        )
