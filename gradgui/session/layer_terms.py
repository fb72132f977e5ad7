"""The sums behind one number of the layers that are not dense: convolution, pooling, norms, dropout and their kin.

As elsewhere nothing is computed for training here: factors are what the finished event left behind, or follow from it.
Where a number is no sum of products, there are no terms.
"""

from __future__ import annotations

import numpy as np

from gradgui.session.norm_terms import NORMS, norm_terms
from gradgui.session.snapshot import EventKind, EventName, Snapshot
from gradgui.session.term_parts import (
    Factor,
    Quantity,
    Source,
    Term,
    added,
    input_factor,
    inputs_of,
    old,
    one,
    row_of,
)
from gradgui.session.window_terms import at, covered, covering, place_of, winner

Pairs = list[tuple[Factor, Factor]]
POOLS = frozenset({"max_pool", "avg_pool"})


def layer_terms(snapshot: Snapshot, event: EventName, unit: int) -> tuple[Term, ...]:
    """The products that add up to number `unit` of an event, for the chosen sample."""
    kind = snapshot.network.layers[event.layer].kind
    if kind == "conv2d":
        return _convolution(snapshot, event, unit)
    if kind in POOLS:
        return _pooling(snapshot, event, unit)
    if kind in NORMS:
        return norm_terms(snapshot, event, unit)
    return _passing(snapshot, event, unit)


# ── Convolution ──────────────────────────────────────────────────────────────────────────────────


def _convolution(snapshot: Snapshot, event: EventName, unit: int) -> tuple[Term, ...]:
    writers = {
        EventKind.LINEAR: _conv_forward,
        EventKind.D_WEIGHT: _conv_weight,
        EventKind.D_BIAS: _conv_bias,
        EventKind.D_INPUT: _conv_back,
    }
    writer = writers.get(event.kind)
    return () if writer is None else added(writer(snapshot, event.layer, unit))


def _conv_forward(snapshot: Snapshot, layer: int, unit: int) -> Pairs:
    """z at one place of one filter: the pattern times what the window sees there, and the bias."""
    info, values, x = snapshot.network.layers[layer], snapshot.layers[layer], inputs_of(snapshot, layer)
    W, b, n = old(values.W, values.W_before), old(values.b, values.b_before), row_of(snapshot)
    if W is None or b is None or x is None:
        return []
    size = info.window[0] if info.window else 1
    filter_, row, column = place_of(unit, info.shape)
    pairs = []
    for channel in range(info.takes[0]):
        for i, j, y, c in covered(info, row, column):
            k, source = (channel * size + i) * size + j, at((channel, y, c), info.takes)
            weight = Factor(float(W[filter_, k]), Source(Quantity.WEIGHT, layer, filter_, k))
            pairs.append((weight, input_factor(snapshot, layer, source, x[n, source])))
    return [*pairs, (Factor(float(b[filter_]), Source(Quantity.BIAS, layer, filter_)), one(layer, unit))]


def conv_column(snapshot: Snapshot, layer: int, filter_: int) -> int:
    """The weight of a filter that is written out: the one with the largest gradient."""
    dW = snapshot.layers[layer].dW
    return 0 if dW is None else int(np.argmax(np.abs(dW[filter_])))


def _conv_weight(snapshot: Snapshot, layer: int, filter_: int) -> Pairs:
    """This sample's share of the gradient of a filter's strongest weight: one product for each place."""
    info, values, x = snapshot.network.layers[layer], snapshot.layers[layer], inputs_of(snapshot, layer)
    if values.dz is None or values.dW is None or x is None or info.window is None or filter_ >= len(values.dW):
        return []
    n, size = row_of(snapshot), info.window[0]
    k = conv_column(snapshot, layer, filter_)
    channel, i, j = place_of(k, (info.takes[0], size, size))
    pairs = []
    for row in range(info.shape[1]):
        for column in range(info.shape[2]):
            seen = [(y, c) for a, b, y, c in covered(info, row, column) if (a, b) == (i, j)]
            if seen:
                source, unit = at((channel, *seen[0]), info.takes), at((filter_, row, column), info.shape)
                blame = Factor(float(values.dz[n, unit]), Source(Quantity.BLAME_SUM, layer, unit))
                pairs.append((blame, input_factor(snapshot, layer, source, x[n, source])))
    return pairs


def _conv_bias(snapshot: Snapshot, layer: int, filter_: int) -> Pairs:
    """A filter's bias is used at every place."""
    info, dz = snapshot.network.layers[layer], snapshot.layers[layer].dz
    if dz is None or filter_ >= info.shape[0]:
        return []
    n, places = row_of(snapshot), info.shape[1] * info.shape[2]
    units = range(filter_ * places, (filter_ + 1) * places)
    return [(Factor(float(dz[n, u]), Source(Quantity.BLAME_SUM, layer, u)), one(layer, u)) for u in units]


def _conv_back(snapshot: Snapshot, layer: int, unit: int) -> Pairs:
    """∂L/∂x of one input: every window that saw it hands its blame back through the weight it saw it with."""
    info, values = snapshot.network.layers[layer], snapshot.layers[layer]
    W, dz, n = old(values.W, values.W_before), values.dz, row_of(snapshot)
    if W is None or dz is None or info.window is None:
        return []
    size = info.window[0]
    channel, y, x = place_of(unit, info.takes)
    pairs = []
    for filter_ in range(info.shape[0]):
        for i, j, row, column in covering(info, y, x):
            k, target = (channel * size + i) * size + j, at((filter_, row, column), info.shape)
            weight = Factor(float(W[filter_, k]), Source(Quantity.WEIGHT, layer, filter_, k))
            pairs.append((weight, Factor(float(dz[n, target]), Source(Quantity.BLAME_SUM, layer, target))))
    return pairs


# ── Pooling ──────────────────────────────────────────────────────────────────────────────────────


def _pooling(snapshot: Snapshot, event: EventName, unit: int) -> tuple[Term, ...]:
    """Average: everybody counts for one part in so many; maximum: the winner counts once, the others not at all."""
    layer, x = event.layer, inputs_of(snapshot, event.layer)
    info, da, n = snapshot.network.layers[layer], snapshot.layers[layer].da, row_of(snapshot)
    if x is None or info.window is None:
        return ()
    mean = 1.0 / info.window[0] ** 2

    def share(source: int, target: int) -> Factor:
        takes_all = info.kind == "max_pool"
        value = float(winner(info, x[n], place_of(target, info.shape)) == source) if takes_all else mean
        return Factor(value, Source(Quantity.SHARE, layer, target))

    pairs: Pairs = []
    if event.kind is EventKind.POOL:
        channel, row, column = place_of(unit, info.shape)
        for _, _, y, c in covered(info, row, column):
            source = at((channel, y, c), info.takes)
            pairs.append((share(source, unit), input_factor(snapshot, layer, source, x[n, source])))
    elif event.kind is EventKind.D_INPUT and da is not None:
        channel, y, c = place_of(unit, info.takes)
        for _, _, row, column in covering(info, y, c):
            target = at((channel, row, column), info.shape)
            blame = Factor(float(da[n, target]), Source(Quantity.BLAME_OUTPUT, layer, target))
            pairs.append((share(unit, target), blame))
    return added(pairs)


# ── Layers that only pass on ─────────────────────────────────────────────────────────────────────


def _passing(snapshot: Snapshot, event: EventName, unit: int) -> tuple[Term, ...]:
    """Dropout, flatten, add: what comes in times 1, or times what the mask makes of it."""
    layer, values, n = event.layer, snapshot.layers[event.layer], row_of(snapshot)
    x = inputs_of(snapshot, layer)
    forward = event.kind in (EventKind.DROPOUT, EventKind.FLATTEN, EventKind.COPY)
    if forward and x is not None and values.a is not None and values.a.shape == x.shape:
        into, out = x[n, unit], values.a[n, unit]
        first = input_factor(snapshot, layer, unit, into)
    elif event.kind is EventKind.D_INPUT and values.da is not None and values.dx is not None:
        if values.da.shape != values.dx.shape:
            return ()
        into, out = values.da[n, unit], values.dx[n, unit]
        first = Factor(float(into), Source(Quantity.BLAME_OUTPUT, layer, unit))
    else:
        return ()
    if into == 0:
        return ()
    return added([(first, Factor(float(out / into), Source(Quantity.SHARE, layer, unit)))])
