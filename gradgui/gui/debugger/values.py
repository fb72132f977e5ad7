"""Which array an event wrote, and which neuron, input and sample of it is looked at closely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.session.snapshot import EventKind, EventName, LayerValues, Snapshot

Array = NDArray[np.float64]

GRADIENTS = frozenset(
    {
        EventKind.D_OUTPUT,
        EventKind.D_PREACTIVATION,
        EventKind.D_WEIGHT,
        EventKind.D_BIAS,
        EventKind.D_INPUT,
    }
)
"""Events whose result is a gradient: signed, orange or blue."""

_OF_PARAMETERS = frozenset({EventKind.D_WEIGHT, EventKind.D_BIAS, EventKind.UPDATE})


@dataclass(frozen=True, slots=True)
class Focus:
    """The one neuron, input and sample (all from 0) whose numbers stand in the formula."""

    unit: int
    input: int
    sample: int


def result(snapshot: Snapshot, event: EventName) -> Array | None:
    """What `event` computed, or None while it has not run (or has nothing of its own to show)."""
    if event.index >= snapshot.cursor:
        return None
    values = snapshot.layers[event.layer]
    match event.kind:
        case EventKind.LOSS:
            return None if snapshot.loss is None else np.array([snapshot.loss])
        case EventKind.LINEAR:
            return values.z
        case EventKind.D_OUTPUT:
            return values.da
        case EventKind.D_PREACTIVATION:
            return values.dz
        case EventKind.D_WEIGHT:
            return values.dW
        case EventKind.D_BIAS:
            return values.db
        case EventKind.D_INPUT:
            return values.dx
        case EventKind.UPDATE:
            return moved(values)
        case _:
            return values.a


def moved(values: LayerValues) -> Array | None:
    """How far the layer's parameters moved in this step, weights first; None for layers without."""
    pairs = ((values.W, values.W_before), (values.b, values.b_before))
    parts = [(now - before).reshape(-1) for now, before in pairs if now is not None and before is not None]
    return np.concatenate(parts) if parts else None


def old_weights(values: LayerValues) -> Array | None:
    """The weights that took part in this step's passes."""
    return values.W if values.W_before is None else values.W_before


def old_biases(values: LayerValues) -> Array | None:
    """The biases that took part in this step's passes."""
    return values.b if values.b_before is None else values.b_before


def look_at(snapshot: Snapshot, event: EventName, unit: int | None = None, chosen: int | None = None) -> Focus:
    """The chosen neuron, or the one that carries the largest gradient; before there is any, the first."""
    layer, values = event.layer, snapshot.layers[event.layer]
    sample = min(max(snapshot.sample, 0), len(snapshot.x) - 1)
    blame = values.dz if values.dz is not None else values.da
    rows = 0 if values.dW is None else len(values.dW)
    asked = unit if unit is not None and 0 <= unit < rows else None
    if unit is None or not 0 <= unit < snapshot.network.layers[layer].units:
        unit = 0 if blame is None else int(np.argmax(np.abs(blame).sum(axis=0)))
    if (
        event.kind in _OF_PARAMETERS
        and values.dW is not None
        and len(values.dW) != snapshot.network.layers[layer].units
    ):
        strongest = int(np.argmax(np.abs(values.dW).sum(axis=1)))
        unit = strongest if asked is None else asked  # filters, not neurons, own the weights
    column = 0
    if chosen is not None and 0 <= chosen < snapshot.network.layers[layer].inputs:
        column = chosen
    elif event.kind is EventKind.D_INPUT and values.dx is not None:
        column = int(np.argmax(np.abs(values.dx[sample])))
    elif values.dW is not None and values.dW.ndim == 2 and unit < len(values.dW):
        column = int(np.argmax(np.abs(values.dW[unit])))
    return Focus(unit, column, sample)
