"""What an event is made of when one looks closely: its neurons, and the products that add up to each of them.

Nothing here is computed for training: the numbers are those that the finished event left behind.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradgui.session.layer_terms import layer_terms
from gradgui.session.norm_terms import NORMS, HandedBack, handed_back
from gradgui.session.snapshot import Array, EventKind, EventName, LayerValues, Snapshot
from gradgui.session.term_parts import (
    Factor,
    Quantity,
    Source,
    Term,
    added,
    input_factor,
    inputs_of,
    layer_sources,
    old,
    one,
    row_of,
)

__all__ = [
    "NORMS",
    "Factor",
    "HandedBack",
    "Quantity",
    "Source",
    "Term",
    "handed_back",
    "inputs_of",
    "layer_sources",
    "old",
    "terms",
    "units_of",
]


def units_of(snapshot: Snapshot, event: EventName) -> int:
    """How many parts the event has at neuron level; 1 where it cannot be taken apart."""
    values, info = snapshot.layers[event.layer], snapshot.network.layers[event.layer]
    if event.kind is EventKind.LOSS:
        return 1
    if event.kind is EventKind.D_INPUT:
        return info.inputs
    if event.kind in (EventKind.D_WEIGHT, EventKind.D_BIAS, EventKind.UPDATE):
        rows = [len(array) for array in (values.W, values.b) if array is not None]
        return max(rows, default=1)
    return info.units


@np.errstate(all="ignore")  # after a blow-up factors are ∞ or NaN, and are shown so
def terms(snapshot: Snapshot, event: EventName, unit: int) -> tuple[Term, ...]:
    """The products behind neuron `unit` of a finished event, for the chosen sample; none where there is no sum."""
    if event.index >= snapshot.cursor:
        return ()
    if snapshot.network.layers[event.layer].kind != "dense":
        if event.kind is EventKind.D_PREACTIVATION:
            return _slope(snapshot, event.layer, unit)
        return layer_terms(snapshot, event, unit)
    writer = _WRITERS.get(event.kind)
    return () if writer is None else writer(snapshot, event.layer, unit)


def _linear(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, x = snapshot.layers[layer], inputs_of(snapshot, layer)
    W, b = old(values.W, values.W_before), old(values.b, values.b_before)
    if W is None or x is None or not _dense(values, W, x) or unit >= len(W):
        return ()
    n = row_of(snapshot)
    pairs = [
        (Factor(float(W[unit, i]), Source(Quantity.WEIGHT, layer, unit, i)), input_factor(snapshot, layer, i, x[n, i]))
        for i in range(x.shape[1])
    ]
    if b is not None:
        pairs.append((Factor(float(b[unit]), Source(Quantity.BIAS, layer, unit)), one(layer, unit)))
    return added(pairs)


def _slope(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, n = snapshot.layers[layer], row_of(snapshot)
    da, slope, dz = values.da, values.slope, values.dz
    if da is None or slope is None or dz is None or not da.shape == slope.shape == dz.shape or unit >= dz.shape[1]:
        return ()
    if not np.isclose(da[n, unit] * slope[n, unit], dz[n, unit]):
        return ()  # loss and activation melt into one
    blame = Factor(float(da[n, unit]), Source(Quantity.BLAME_OUTPUT, layer, unit))
    return added([(blame, Factor(float(slope[n, unit]), Source(Quantity.SLOPE, layer, unit)))])


def _weight(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, x, n = snapshot.layers[layer], inputs_of(snapshot, layer), row_of(snapshot)
    dz, dW = values.dz, values.dW
    if dz is None or x is None or dW is None or dW.shape != (dz.shape[1], x.shape[1]) or unit >= len(dW):
        return ()
    blame = Factor(float(dz[n, unit]), Source(Quantity.BLAME_SUM, layer, unit))
    products = [(blame, input_factor(snapshot, layer, i, x[n, i])) for i in range(x.shape[1])]
    return tuple(Term(pair, value, value) for pair in products for value in (pair[0].value * pair[1].value,))


def _bias(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    dz, db = snapshot.layers[layer].dz, snapshot.layers[layer].db
    if dz is None or db is None or db.shape != (dz.shape[1],) or unit >= len(db):
        return ()
    blame = Factor(float(dz[row_of(snapshot), unit]), Source(Quantity.BLAME_SUM, layer, unit))
    return added([(blame, one(layer, unit))])


def _handed(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, n = snapshot.layers[layer], row_of(snapshot)
    W, dz, dx = old(values.W, values.W_before), values.dz, values.dx
    if W is None or dz is None or dx is None or W.shape != (dz.shape[1], dx.shape[1]) or unit >= dx.shape[1]:
        return ()
    return added(
        [
            (
                Factor(float(W[j, unit]), Source(Quantity.WEIGHT, layer, j, unit)),
                Factor(float(dz[n, j]), Source(Quantity.BLAME_SUM, layer, j)),
            )
            for j in range(dz.shape[1])
        ]
    )


_WRITERS: dict[EventKind, Callable[[Snapshot, int, int], tuple[Term, ...]]] = {
    EventKind.LINEAR: _linear,
    EventKind.D_PREACTIVATION: _slope,
    EventKind.D_WEIGHT: _weight,
    EventKind.D_BIAS: _bias,
    EventKind.D_INPUT: _handed,
}


def _dense(values: LayerValues, W: Array, x: Array) -> bool:
    return values.z is not None and W.shape == (values.z.shape[1], x.shape[1])
