"""What a linear network has learnt, in the units of the file: nobody thinks in standardised numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.document.compile import Compiled
from gradgui.session.snapshot import Array, Snapshot


@dataclass(frozen=True, slots=True)
class LineInUnits:
    """answer = constant + Σ coefficient · input."""

    answer: str
    constant: float
    inputs: tuple[str, ...]
    coefficients: tuple[float, ...]


def lines_in_units(compiled: Compiled, snapshot: Snapshot) -> tuple[LineInUnits, ...]:
    """One for each answer; none where the network bends, or where nothing was standardised."""
    experiment, scaling = compiled.experiment, compiled.examples.scaling
    data = experiment.data
    if scaling is None or not isinstance(data, CsvSpec) or experiment.features is not None or experiment.network.links:
        return ()
    product = _product(snapshot)
    if product is None or product[0].shape != (len(scaling.y_scale), len(scaling.x_scale)):
        return ()
    weights, constants = scaling.weights_in_data_units(*product)
    names = data.targets if len(data.targets) == len(constants) else tuple(f"y{k + 1}" for k in range(len(constants)))
    return tuple(
        LineInUnits(name, float(c), compiled.examples.names, tuple(map(float, row)))
        for name, c, row in zip(names, constants, weights, strict=True)
    )


def _product(snapshot: Snapshot) -> tuple[Array, Array] | None:
    """W and b of all layers as one; None where one of them is more than a weighted sum."""
    W, b = np.eye(snapshot.x.shape[1]), np.zeros(snapshot.x.shape[1])
    for info, values in zip(snapshot.network.layers, snapshot.layers, strict=True):
        if info.kind != "dense" or info.activation != "identity" or values.W is None or values.b is None:
            return None
        W, b = values.W @ W, values.W @ b + values.b
    return W, b
