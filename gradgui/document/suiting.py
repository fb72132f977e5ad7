"""Lets the end of a network suit other data: as many outputs as there are answers, and a loss that can judge them."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.layers.dense import DenseSpec
from gradgui.catalog.losses._base import LossKind
from gradgui.catalog.registry import activation_kinds
from gradgui.document.edits.edit import with_layer
from gradgui.document.edits.settings import set_features, set_loss
from gradgui.document.experiment import Experiment
from gradgui.document.rules import check_features
from gradgui.errors import UserError


def suited(experiment: Experiment, examples: Examples) -> Experiment:
    """The same experiment, changed only where its last layer, loss or features do not suit these examples.

    Two classes get one sigmoid unit with binary cross-entropy, more get softmax with cross-entropy, numbers get
    identity units with half squared error; what already suits is left alone. An output that cannot reach every number,
    such as tanh for a price of 70, does not suit.
    """
    experiment = _with_possible_features(experiment, examples)
    index = len(experiment.network.layers) - 1
    last = experiment.network.layers[index]
    if not isinstance(last, DenseSpec):
        return experiment
    units, activation, loss = _wanted(examples)
    if last.units == units and _suits(experiment.loss.build(), last.activation, examples):
        return experiment
    layer = msgspec.structs.replace(last, units=units, activation=activation)
    return set_loss(with_layer(experiment, index, layer), loss)


def _with_possible_features(experiment: Experiment, examples: Examples) -> Experiment:
    try:
        check_features(experiment.features, examples.names)
    except UserError:
        return set_features(experiment, None)
    return experiment


def _wanted(examples: Examples) -> tuple[int, str, str]:
    if examples.labels is None:
        assert examples.y is not None
        return examples.y.shape[1], "identity", "half_mse"
    if examples.classes == 2:
        return 1, "sigmoid", "bce"
    return examples.classes, "softmax", "cross_entropy"


def _suits_numbers(loss: LossKind, activation: str, examples: Examples) -> bool:
    """Numbers that happen to be answers of yes-or-no questions, or shares, may be judged as such."""
    y = examples.y
    assert y is not None
    if loss.labels == "zero_one":
        return activation == "sigmoid" and bool(((y >= 0) & (y <= 1)).all())
    if loss.labels == "plus_minus":
        return bool((abs(y) == 1).all())
    if loss.labels == "shares":
        return activation == "softmax" and bool((y >= 0).all()) and bool((abs(y.sum(axis=1) - 1) <= 1e-6).all())
    return loss.labels == "any" and activation != "softmax" and _reaches(activation, y)


def _reaches(activation: str, y: NDArray[np.float64]) -> bool:
    """Whether all answers lie within what this activation can say; its limits may be answers too."""
    kind = activation_kinds()[activation]
    return bool((y >= kind.lowest).all() and (y <= kind.highest).all())


def _suits(loss: LossKind, activation: str, examples: Examples) -> bool:
    """Whether this loss and output can judge these answers."""
    if examples.labels is None:
        return _suits_numbers(loss, activation, examples)
    if examples.classes == 2:
        return loss.labels != "shares" and (loss.labels != "zero_one" or activation == "sigmoid")
    return loss.labels == "shares" and activation == "softmax"
