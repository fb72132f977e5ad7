"""Whose fault is it? All parameters in one list, those with the largest share of the blame first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.gui.widgets import naming
from gradgui.session.snapshot import Snapshot

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """One parameter's part."""

    name: str
    layer: int
    unit: int
    column: int | None
    gradient: float
    share: float
    """Of the sum of all |gradients| known so far."""


def faults(snapshot: Snapshot, most: int = SHOWN) -> list[Fault]:
    """The parameters with the largest known gradients."""
    found: list[Fault] = []
    total, largest = 0.0, _largest(snapshot)
    for layer, values in enumerate(snapshot.layers):
        info = snapshot.network.layers[layer]
        for array, is_bias in ((values.dW, False), (values.db, True)):
            if array is None or not array.size:
                continue
            sizes = np.abs(array).reshape(-1) / largest  # the sum of huge ones would be infinite
            total += float(sizes.sum())
            for place in np.argsort(-sizes, kind="stable")[:most]:
                unit, column = (int(place), None) if is_bias else divmod(int(place), array.shape[1])
                name = (
                    naming.bias_name(layer, unit, info)
                    if column is None
                    else naming.weight_name(layer, unit, column, info)
                )
                found.append(Fault(name, layer, unit, column, float(array.reshape(-1)[place]), float(sizes[place])))
    found.sort(key=lambda fault: -fault.share)
    return [
        Fault(f.name, f.layer, f.unit, f.column, f.gradient, f.share / total if total else 0.0) for f in found[:most]
    ]


def _largest(snapshot: Snapshot) -> float:
    """The largest |gradient| that is a number, 1 where all are 0."""
    arrays = [array for values in snapshot.layers for array in (values.dW, values.db) if array is not None]
    return max((float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in arrays), default=0.0) or 1.0
