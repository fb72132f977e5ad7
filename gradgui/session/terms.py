"""What an event is made of when one looks closely: its neurons, and the products that add up to each of them.

Nothing here is computed for training: the numbers are those that the finished event left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from gradgui.session.snapshot import Array, EventKind, EventName, LayerInfo, LayerValues, Snapshot


class Quantity(Enum):
    """What a factor is."""

    INPUT = "x"
    """An output of the source, or an input feature."""
    WEIGHT = "W"
    BIAS = "b"
    SUM = "z"
    OUTPUT = "a"
    BLAME_SUM = "dz"
    BLAME_OUTPUT = "da"
    SLOPE = "slope"
    ONE = "1"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a factor comes from on the network; for a weight `column` is its input, else None."""

    quantity: Quantity
    layer: int
    """−1 is the network's input."""
    unit: int
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """One number of a product, and where it comes from."""

    value: float
    source: Source


@dataclass(frozen=True, slots=True)
class Term:
    """One path: the product of its factors, and the sum with all paths before it."""

    factors: tuple[Factor, ...]
    value: float
    running: float


def old(now: Array | None, before: Array | None) -> Array | None:
    """The parameters that took part in this step's passes."""
    return now if before is None else before


def layer_sources(info: LayerInfo, layer: int) -> tuple[int, ...]:
    """The layers that feed layer number `layer`; −1 is the network's input."""
    return info.sources or (layer - 1,)


def inputs_of(snapshot: Snapshot, layer: int) -> Array | None:
    """(B, inputs) what flows into a layer: the batch, or what its sources gave, added or side by side."""
    info = snapshot.network.layers[layer]
    arrays = [snapshot.x if s < 0 else snapshot.layers[s].a for s in layer_sources(info, layer)]
    known = [array for array in arrays if array is not None]
    if len(known) < len(arrays):
        return None
    if len(known) == 1:
        return known[0]
    beside = sum(array.shape[1] for array in known) == info.inputs
    return np.concatenate(known, axis=1) if beside else np.sum(known, axis=0)


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


def terms(snapshot: Snapshot, event: EventName, unit: int) -> tuple[Term, ...]:
    """The products behind neuron `unit` of a finished event, for the chosen sample; none where there is no sum."""
    if event.index >= snapshot.cursor:
        return ()
    writer = _WRITERS.get(event.kind)
    return () if writer is None else writer(snapshot, event.layer, unit)


def _linear(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, x = snapshot.layers[layer], inputs_of(snapshot, layer)
    W, b = old(values.W, values.W_before), old(values.b, values.b_before)
    if W is None or x is None or not _dense(values, W, x) or unit >= len(W):
        return ()
    n = _row(snapshot)
    pairs = [
        (Factor(float(W[unit, i]), Source(Quantity.WEIGHT, layer, unit, i)), _input(snapshot, layer, i, x[n, i]))
        for i in range(x.shape[1])
    ]
    if b is not None:
        pairs.append((Factor(float(b[unit]), Source(Quantity.BIAS, layer, unit)), _one(layer, unit)))
    return _added(pairs)


def _slope(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, n = snapshot.layers[layer], _row(snapshot)
    da, slope, dz = values.da, values.slope, values.dz
    if da is None or slope is None or dz is None or not da.shape == slope.shape == dz.shape or unit >= dz.shape[1]:
        return ()
    if not np.isclose(da[n, unit] * slope[n, unit], dz[n, unit]):
        return ()  # loss and activation melt into one
    blame = Factor(float(da[n, unit]), Source(Quantity.BLAME_OUTPUT, layer, unit))
    return _added([(blame, Factor(float(slope[n, unit]), Source(Quantity.SLOPE, layer, unit)))])


def _weight(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, x, n = snapshot.layers[layer], inputs_of(snapshot, layer), _row(snapshot)
    dz, dW = values.dz, values.dW
    if dz is None or x is None or dW is None or dW.shape != (dz.shape[1], x.shape[1]) or unit >= len(dW):
        return ()
    blame = Factor(float(dz[n, unit]), Source(Quantity.BLAME_SUM, layer, unit))
    products = [(blame, _input(snapshot, layer, i, x[n, i])) for i in range(x.shape[1])]
    return tuple(Term(pair, value, value) for pair in products for value in (pair[0].value * pair[1].value,))


def _bias(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    dz, db = snapshot.layers[layer].dz, snapshot.layers[layer].db
    if dz is None or db is None or db.shape != (dz.shape[1],) or unit >= len(db):
        return ()
    blame = Factor(float(dz[_row(snapshot), unit]), Source(Quantity.BLAME_SUM, layer, unit))
    return _added([(blame, _one(layer, unit))])


def _handed(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    values, n = snapshot.layers[layer], _row(snapshot)
    W, dz, dx = old(values.W, values.W_before), values.dz, values.dx
    if W is None or dz is None or dx is None or W.shape != (dz.shape[1], dx.shape[1]) or unit >= dx.shape[1]:
        return ()
    return _added(
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


def _added(pairs: list[tuple[Factor, Factor]]) -> tuple[Term, ...]:
    found, running = [], 0.0
    for first, second in pairs:
        value = first.value * second.value
        running += value
        found.append(Term((first, second), value, running))
    return tuple(found)


def _row(snapshot: Snapshot) -> int:
    return min(max(snapshot.sample, 0), len(snapshot.x) - 1)


def _one(layer: int, unit: int) -> Factor:
    return Factor(1.0, Source(Quantity.ONE, layer, unit))


def _input(snapshot: Snapshot, layer: int, column: int, value: float) -> Factor:
    """An input of a layer: usually output `column` of its only source."""
    sources = layer_sources(snapshot.network.layers[layer], layer)
    source = sources[0] if len(sources) == 1 else layer - 1
    return Factor(float(value), Source(Quantity.INPUT, source, column, column))


def _dense(values: LayerValues, W: Array, x: Array) -> bool:
    return values.z is not None and W.shape == (values.z.shape[1], x.shape[1])
