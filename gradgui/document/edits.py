"""Edits: pure functions from one experiment to the next."""

from __future__ import annotations

import msgspec
import numpy as np

from gradgui.catalog.layers._base import WeightedSpec
from gradgui.document.experiment import Experiment
from gradgui.engine.network import Network
from gradgui.errors import UserError
from gradgui.text import Text


def with_parameters(experiment: Experiment, network: Network) -> Experiment:
    """The same drawing with the network's parameters written down; raises UserError if they are not finite."""
    if not np.isfinite(network.theta).all():
        raise UserError(
            Text(en="The parameters are no longer finite numbers.", zh="参数已不是有限的数。"),
        )
    layers = list(experiment.network.layers)
    for index, spec in enumerate(layers):
        weights, biases = network.weights(index), network.biases(index)
        if isinstance(spec, WeightedSpec) and weights is not None and biases is not None:
            rows = tuple(tuple(float(w) for w in row) for row in weights)
            layers[index] = msgspec.structs.replace(spec, W=rows, b=tuple(float(b) for b in biases))
    return experiment.with_(network=msgspec.structs.replace(experiment.network, layers=tuple(layers)))
