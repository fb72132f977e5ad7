"""The sums behind one number of a layer that normalises: forwards x̂ · W + b, backwards what is left of the blame.

Nothing is computed for training here; everything follows from what the finished event left behind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.session.snapshot import Array, EventKind, EventName, Snapshot
from gradgui.session.term_parts import Factor, Quantity, Source, Term, added, inputs_of, old, one, row_of

NORMS = frozenset({"batch_norm", "layer_norm"})


@dataclass(frozen=True, slots=True)
class HandedBack:
    """What makes one number of ∂L/∂x = 1/σ · (g − mean(g) − x̂ · mean(g · x̂)), where g = W · ∂L/∂a."""

    inverse: float
    """1/σ of its group: its sample, or its channel in the batch."""
    own: float
    """g of this very number."""
    mean: float
    """Mean of g over the group: moving all inputs together changes nothing."""
    normal: float
    """x̂ of this very number."""
    pull: float
    """Mean of g · x̂ over the group: stretching all inputs together changes nothing either."""


def norm_terms(snapshot: Snapshot, event: EventName, unit: int) -> tuple[Term, ...]:
    """The products that add up to number `unit` of an event of such a layer, for the chosen sample."""
    if event.kind is EventKind.D_INPUT:
        return _back(snapshot, event.layer, unit)
    layer, values, n = event.layer, snapshot.layers[event.layer], row_of(snapshot)
    W, b = old(values.W, values.W_before), old(values.b, values.b_before)
    group = _Group.of(snapshot, layer)
    if W is None or b is None or group is None:
        return ()
    normal, count = group.normal, group.normal.shape[1] // len(W)
    if event.kind is EventKind.NORMALIZE:
        own = unit // count
        weight = Factor(float(W[own, 0]), Source(Quantity.WEIGHT, layer, own, 0))
        bias = Factor(float(b[own]), Source(Quantity.BIAS, layer, own))
        return added([(weight, _normalised(normal, layer, n, unit)), (bias, one(layer, unit))])
    if event.kind not in (EventKind.D_WEIGHT, EventKind.D_BIAS) or values.da is None or unit >= len(W):
        return ()
    pairs = []
    for u in range(unit * count, (unit + 1) * count):
        blame = Factor(float(values.da[n, u]), Source(Quantity.BLAME_OUTPUT, layer, u))
        second = _normalised(normal, layer, n, u) if event.kind is EventKind.D_WEIGHT else one(layer, u)
        pairs.append((blame, second))
    return added(pairs)


def handed_back(snapshot: Snapshot, layer: int, unit: int) -> HandedBack | None:
    """The parts of ∂L/∂x of input `unit` for the chosen sample; None while they are not known."""
    values, group, n = snapshot.layers[layer], _Group.of(snapshot, layer), row_of(snapshot)
    W = old(values.W, values.W_before)
    if W is None or group is None or values.da is None or values.dx is None or unit >= values.dx.shape[1]:
        return None
    rows = len(values.da)
    g = (values.da.reshape(rows, len(W), -1) * W[:, :1]).reshape(rows, -1)
    parts = (group.inverse, g, group.mean(g), group.normal, group.mean(g * group.normal))
    return HandedBack(*(float(part[n, unit]) for part in parts))


def _back(snapshot: Snapshot, layer: int, unit: int) -> tuple[Term, ...]:
    """Three products: the blame as it came, less what would only move or stretch the whole group."""
    parts = handed_back(snapshot, layer, unit)
    if parts is None:
        return ()
    spread = Factor(parts.inverse, Source(Quantity.SPREAD, layer, unit))
    return added(
        [
            (spread, Factor(parts.own, Source(Quantity.SCALED_BLAME, layer, unit))),
            (spread, Factor(-parts.mean, Source(Quantity.MEAN_BLAME, layer, unit))),
            (
                Factor(parts.inverse * parts.normal, Source(Quantity.NORMAL_SPREAD, layer, unit)),
                Factor(-parts.pull, Source(Quantity.MEAN_PULL, layer, unit)),
            ),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """The inputs of a layer measured against the average of the batch, or of their own sample."""

    axes: tuple[int, ...]
    shape: tuple[int, ...]
    inverse: Array
    """(B, units) 1/σ."""
    normal: Array
    """(B, units) x̂."""

    @classmethod
    def of(cls, snapshot: Snapshot, layer: int) -> _Group | None:
        info, x = snapshot.network.layers[layer], inputs_of(snapshot, layer)
        if x is None:
            return None
        alone = info.kind == "layer_norm"
        groups = x[:, None, :] if alone else x.reshape(len(x), info.takes[0], -1)
        axes = (2,) if alone else (0, 2)
        mean, var = groups.mean(axis=axes, keepdims=True), groups.var(axis=axes, keepdims=True)
        inverse = np.broadcast_to(1 / np.sqrt(var + info.epsilon), groups.shape)
        normal = (groups - mean) * inverse
        return cls(axes, groups.shape, inverse.reshape(x.shape), normal.reshape(x.shape))

    def mean(self, array: Array) -> Array:
        """(B, units) the mean over each number's group, written at each number."""
        groups = array.reshape(self.shape)
        mean = np.broadcast_to(groups.mean(axis=self.axes, keepdims=True), self.shape)
        found: Array = mean.reshape(array.shape)
        return found


def _normalised(normal: Array, layer: int, n: int, unit: int) -> Factor:
    return Factor(float(normal[n, unit]), Source(Quantity.NORMAL, layer, unit))
