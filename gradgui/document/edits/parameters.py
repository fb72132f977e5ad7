"""Edits of weights and biases."""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.layers._base import LayerSpec, WeightedSpec
from gradgui.catalog.layers.batch_norm import BatchNormSpec
from gradgui.document.edits.edit import edit, layer_at, with_layer, with_layers
from gradgui.document.experiment import Experiment
from gradgui.engine.network import Network
from gradgui.errors import UserError
from gradgui.text import Text

NOT_FINITE = Text(en="The parameters are no longer finite numbers.", zh="参数已不是有限的数。")
NOT_A_NUMBER = Text(en="A weight must be a finite number.", zh="权重必须是有限的数。")
NOT_WRITTEN = Text(en="Layer {number} has no such parameter written down.", zh="第 {number} 层没有写明这个参数。")
NO_WEIGHTS = Text(en="Layer {number} has no weights.", zh="第 {number} 层没有权重。")


def with_parameters(experiment: Experiment, network: Network, theta: NDArray[np.floating] | None = None) -> Experiment:
    """The same drawing with the network's parameters, or others in its flat order, written down.

    Raises UserError if they are not finite. This is no edit: it only says in the document what is true in the run.
    """
    flat = network.theta if theta is None else theta
    if not np.isfinite(flat).all():
        raise UserError(NOT_FINITE)
    layers = list(experiment.network.layers)
    for index, spec in enumerate(layers):
        weights, biases = network.weights(index, flat), network.biases(index, flat)
        if isinstance(spec, WeightedSpec) and weights is not None and biases is not None:
            rows = tuple(tuple(row) for row in weights.astype(np.float64).tolist())
            numbers = tuple(biases.astype(np.float64).tolist())
            if (rows, numbers) != (spec.W, spec.b):
                layers[index] = msgspec.structs.replace(spec, W=rows, b=numbers)
    return with_layers(experiment, layers)


def with_averages(experiment: Experiment, network: Network) -> Experiment:
    """The same drawing with the running averages of its normalising layers written down."""
    layers = list(experiment.network.layers)
    for index, spec in enumerate(layers):
        if isinstance(spec, BatchNormSpec):
            mean, var = network.state[network.places[index].state].astype(np.float64).reshape(2, -1).tolist()
            layers[index] = msgspec.structs.replace(spec, mean=tuple(mean), var=tuple(var))
    return experiment if tuple(layers) == experiment.network.layers else with_layers(experiment, layers)


@edit(Text(en="draw new weights", zh="重新产生权重"))
def forget_parameters(experiment: Experiment) -> Experiment:
    """Leave every weight and bias to the seed; running averages begin anew."""
    return with_layers(experiment, [_forgotten(spec) for spec in experiment.network.layers])


@edit(Text(en="change weight", zh="修改权重"))
def set_weight(experiment: Experiment, index: int, row: int, column: int, value: float) -> Experiment:
    """Give one weight another value; the layer's weights must be written down (see with_parameters)."""
    spec = _weighted(experiment, index)
    rows = [list(numbers) for numbers in spec.W or ()]
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise UserError(NOT_WRITTEN, number=index + 1)
    rows[row][column] = _finite(value)
    return with_layer(experiment, index, msgspec.structs.replace(spec, W=tuple(tuple(numbers) for numbers in rows)))


@edit(Text(en="change bias", zh="修改偏置"))
def set_bias(experiment: Experiment, index: int, row: int, value: float) -> Experiment:
    """Give one bias another value; the layer's biases must be written down."""
    spec = _weighted(experiment, index)
    numbers = list(spec.b or ())
    if not 0 <= row < len(numbers):
        raise UserError(NOT_WRITTEN, number=index + 1)
    numbers[row] = _finite(value)
    return with_layer(experiment, index, msgspec.structs.replace(spec, b=tuple(numbers)))


@edit(Text(en="freeze parameters", zh="冻结参数"))
def set_frozen(experiment: Experiment, index: int, names: tuple[str, ...]) -> Experiment:
    """Say which parameters of a layer stay as they are: W, b, W[0,1], b[2]."""
    return with_layer(experiment, index, msgspec.structs.replace(_weighted(experiment, index), frozen=tuple(names)))


@edit(Text(en="freeze parameter", zh="冻结参数"))
def freeze(experiment: Experiment, index: int, name: str) -> Experiment:
    """Let one more parameter stay as it is."""
    frozen = _weighted(experiment, index).frozen
    return experiment if name in frozen else set_frozen(experiment, index, (*frozen, name))


@edit(Text(en="unfreeze parameter", zh="解冻参数"))
def unfreeze(experiment: Experiment, index: int, name: str) -> Experiment:
    """Let a parameter learn again."""
    frozen = _weighted(experiment, index).frozen
    return set_frozen(experiment, index, tuple(other for other in frozen if other != name))


def _forgotten(spec: LayerSpec) -> LayerSpec:
    if isinstance(spec, BatchNormSpec):
        return msgspec.structs.replace(spec, W=None, b=None, mean=None, var=None)
    return msgspec.structs.replace(spec, W=None, b=None) if isinstance(spec, WeightedSpec) else spec


def _weighted(experiment: Experiment, index: int) -> WeightedSpec:
    spec = layer_at(experiment, index)
    if not isinstance(spec, WeightedSpec):
        raise UserError(NO_WEIGHTS, number=index + 1)
    return spec


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UserError(NOT_A_NUMBER)
    return float(value)
