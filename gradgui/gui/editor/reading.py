"""What a snapshot says about each layer: known or not, lit or not, blamed or not. No drawing here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from gradgui.session.snapshot import Array, EventKind, LayerValues, Snapshot

_WITH_WEIGHTS = frozenset({EventKind.LINEAR, EventKind.D_WEIGHT, EventKind.D_INPUT})
"""Events whose every product has a weight of its own."""


class Ring(Enum):
    """How a neuron is outlined."""

    UNKNOWN = "unknown"
    """Dotted, with "?": not computed yet."""
    KNOWN = "known"
    WAITING = "waiting"
    """Dotted, with its value: blame has not arrived yet."""
    BLAMED = "blamed"
    """In the colour of its own ∂L/∂z."""


class EdgeMode(Enum):
    """What the edges of a layer tell."""

    WEIGHT = "weight"
    UNKNOWN = "unknown"
    """Backward has begun, but this layer's gradient is not computed yet."""
    GRADIENT = "gradient"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class LayerLook:
    """One column at one moment, for the chosen sample; every array is (units,) or not known yet."""

    values: Array | None
    sums: Array | None
    arriving: Array | None
    """∂L/∂a."""
    blame: Array | None
    """∂L/∂z."""
    ring: Ring
    current: bool
    quiet: bool = False
    """No numbers: training runs, and maps tell more."""


@dataclass(frozen=True, slots=True)
class EdgeLook:
    """The edges into one layer at one moment; arrays are (units, inputs)."""

    mode: EdgeMode
    weights: Array | None
    """As used in the forward pass of this step."""
    gradients: Array | None
    updated: Array | None
    """As they are after the update, once it has happened."""
    current: bool
    quiet: bool = False
    """No numbers: training runs, and maps tell more."""


def row(snapshot: Snapshot, values: Array | None) -> Array | None:
    """The chosen sample's row of a (B, n) array."""
    if values is None or len(values) == 0:
        return None
    return np.asarray(values[min(snapshot.sample, len(values) - 1)]).reshape(-1)


def backward_begun(snapshot: Snapshot) -> bool:
    """Whether the loss of this step is known, so that gradients are what matters."""
    return not snapshot.running and snapshot.loss is not None


def is_quiet(snapshot: Snapshot) -> bool:
    """Whether numbers would only flicker: training runs, and every neuron shows its map."""
    return snapshot.running and snapshot.maps is not None


def updated(snapshot: Snapshot, layer: int) -> bool:
    """Whether this layer has taken its step."""
    done = snapshot.network.events[: snapshot.cursor]
    return any(event.kind is EventKind.UPDATE and event.layer == layer for event in done)


def is_current(snapshot: Snapshot, layer: int) -> bool:
    """Whether the event that ran last belongs to this layer; the loss event belongs to the loss."""
    event = snapshot.current
    if event is None or snapshot.running:
        return False
    return event.layer == layer and event.kind is not EventKind.LOSS


def loss_is_current(snapshot: Snapshot) -> bool:
    """Whether the loss was computed just now."""
    event = snapshot.current
    return event is not None and not snapshot.running and event.kind is EventKind.LOSS


def layer_look(snapshot: Snapshot, layer: int, backward: bool) -> LayerLook:
    """How the neurons of `layer` look now."""
    values = snapshot.layers[layer]
    a, blame = row(snapshot, values.a), _blame(snapshot, values) if backward else None
    return LayerLook(
        values=a,
        sums=row(snapshot, values.z),
        arriving=row(snapshot, values.da) if backward else None,
        blame=blame,
        ring=Ring.KNOWN if is_quiet(snapshot) else _ring(a, blame, backward),
        current=is_current(snapshot, layer),
        quiet=is_quiet(snapshot),
    )


def input_look(snapshot: Snapshot, backward: bool) -> LayerLook:
    """How the input column looks now: always known, blamed once the first layer hands blame back."""
    handed = row(snapshot, snapshot.layers[0].dx) if backward else None
    return LayerLook(row(snapshot, snapshot.x), None, handed, None, Ring.KNOWN, False, is_quiet(snapshot))


def edge_look(snapshot: Snapshot, layer: int, backward: bool) -> EdgeLook:
    """How the edges into `layer` look now."""
    values = snapshot.layers[layer]
    moved = backward and updated(snapshot, layer)
    event = snapshot.current
    lit = event is not None and event.kind in (EventKind.D_WEIGHT, EventKind.UPDATE)
    return EdgeLook(
        mode=_edge_mode(values, backward, moved),
        weights=before(values) if backward else values.W,
        gradients=values.dW if backward else None,
        updated=values.W if moved else None,
        current=lit and is_current(snapshot, layer),
        quiet=is_quiet(snapshot),
    )


def fitted(look: EdgeLook, inputs: int) -> EdgeLook:
    """Only the weights from the column before, where a link puts more numbers beside them."""
    if look.weights is None or look.weights.ndim != 2 or look.weights.shape[1] <= inputs:
        return look
    cut = [None if values is None else values[:, :inputs] for values in (look.weights, look.gradients, look.updated)]
    return replace(look, weights=cut[0], gradients=cut[1], updated=cut[2])


def before(values: LayerValues) -> Array | None:
    """The weights at the start of this training step."""
    return values.W_before if values.W_before is not None else values.W


def largest_weight(snapshot: Snapshot) -> float:
    """The widest edge in weight mode."""
    return _largest(values.W for values in snapshot.layers)


def largest_gradient(snapshot: Snapshot) -> float:
    """The widest edge in gradient mode, among what is known so far."""
    last = snapshot.layers[-1]
    return _largest([values.dW for values in snapshot.layers] + [row(snapshot, last.da)])


def _largest(arrays: Iterable[Array | None]) -> float:
    sizes = [float(np.abs(values).max()) for values in arrays if values is not None and values.size]
    finite = [size for size in sizes if np.isfinite(size)]
    return max(finite, default=0.0) or 1.0


def _blame(snapshot: Snapshot, values: LayerValues) -> Array | None:
    """∂L/∂z; a layer without a weighted sum is done with blame once it has handed it on."""
    own = values.dz if values.dz is not None or values.dx is None else values.da
    return row(snapshot, own)


def _ring(a: Array | None, blame: Array | None, backward: bool) -> Ring:
    if a is None:
        return Ring.UNKNOWN
    if not backward:
        return Ring.KNOWN
    return Ring.WAITING if blame is None else Ring.BLAMED


def _edge_mode(values: LayerValues, backward: bool, moved: bool) -> EdgeMode:
    if not backward or values.W is None:
        return EdgeMode.WEIGHT
    if moved:
        return EdgeMode.UPDATED
    return EdgeMode.UNKNOWN if values.dW is None else EdgeMode.GRADIENT


def wire_of_product(snapshot: Snapshot) -> tuple[int, int, int] | None:
    """Layer, neuron and input of the weight behind the single product that is looked at, if there is one."""
    event, detail = snapshot.current, snapshot.detail
    if event is None or detail is None or detail.product is None:
        return None
    W = snapshot.layers[event.layer].W
    if W is None or W.ndim != 2 or event.kind not in _WITH_WEIGHTS:
        return None
    backward = event.kind is EventKind.D_INPUT
    unit, source = (detail.product, detail.unit) if backward else (detail.unit, detail.product)
    return (event.layer, unit, source) if source < W.shape[1] and unit < len(W) else None
