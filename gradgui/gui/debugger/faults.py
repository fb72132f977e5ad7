"""Whose fault is it? All parameters in one list, those with the largest share of the blame first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.gui.debugger import blame
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
    known = [
        (layer, array, is_bias)
        for layer, values in enumerate(snapshot.layers)
        for array, is_bias in ((values.dW, False), (values.db, True))
        if array is not None and array.size
    ]
    if not known:
        return []
    shares = blame.shares(np.concatenate([array.reshape(-1) for _, array, _ in known]))
    ends = np.cumsum([array.size for _, array, _ in known])
    found: list[Fault] = []
    for place in np.argsort(-shares, kind="stable")[:most]:
        number = int(np.searchsorted(ends, place, side="right"))
        layer, array, is_bias = known[number]
        within, info = int(place - ends[number] + array.size), snapshot.network.layers[layer]
        unit, column = (within, None) if is_bias else divmod(within, array.shape[1])
        name = naming.bias_name(layer, unit, info) if column is None else naming.weight_name(layer, unit, column, info)
        found.append(Fault(name, layer, unit, column, float(array.reshape(-1)[within]), float(shares[place])))
    return found
