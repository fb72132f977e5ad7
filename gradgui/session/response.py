"""How an activation answers, and where a layer's sums stand on its curve now: what pictures of activations need."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.registry import activation_kinds
from gradgui.engine.parts import Activation, Scratch
from gradgui.engine.tape import Workspace, run
from gradgui.session.snapshot import Array, Snapshot
from gradgui.session.terms import inputs_of, layer_sources

FLAT = 0.05
"""A unit is saturated where its slope stays below this share of the steepest slope for every sample."""


def response(activation: str, z: Array) -> tuple[Array, Array]:
    """f(z) and f′(z); z is (units, samples), and so are both."""
    kind, z = activation_kinds()[activation], np.ascontiguousarray(z, np.float64)
    scratch = Scratch(Workspace(z.shape[1], np.dtype(np.float64)), "response")
    a, slope = np.zeros_like(z), np.zeros_like(z)
    with np.errstate(all="ignore"):
        run(kind.value(z, a, scratch))
        run(kind.slope(z, a, slope, scratch))
    return a, slope


def curve(activation: str, z: Array, units: int = 1) -> tuple[Array, Array]:
    """f and f′ along a line of sums; where units share one answer, the others' sums are 0."""
    rows = np.zeros((units if shares(activation) else 1, len(z)))
    rows[0] = z
    a, slope = response(activation, rows)
    return a[0], slope[0]


def shares(activation: str) -> bool:
    """Whether the units of a layer depend on each other, as in softmax."""
    return type(activation_kinds()[activation]).backward is not Activation.backward


def inputs_now(snapshot: Snapshot, layer: int) -> Array | None:
    """(samples, inputs) what flows into a layer; None where it is not computed yet.

    While training runs it is worked out here, from the weights of now, as far as plain layers lead there.
    """
    known = inputs_of(snapshot, layer)
    if (
        known is not None
        or not snapshot.running
        or layer_sources(snapshot.network.layers[layer], layer) != (layer - 1,)
    ):
        return known
    z, activation = sums(snapshot, layer - 1), snapshot.network.layers[layer - 1].activation
    return None if z is None or activation is None else response(activation, z.T)[0].T


def sums(snapshot: Snapshot, layer: int) -> Array | None:
    """(samples, units) sums z of a layer for the batch at hand, known or, while training runs, worked out."""
    info, values = snapshot.network.layers[layer], snapshot.layers[layer]
    if values.z is not None or not snapshot.running or info.kind != "dense":
        return values.z
    x = inputs_now(snapshot, layer)
    if x is None or values.W is None or values.b is None or x.shape[1] != values.W.shape[1]:
        return None
    with np.errstate(all="ignore"):
        z: Array = x @ values.W.T + values.b
    return z


def idle_units(activation: str, z: Array) -> tuple[list[int], list[int]]:
    """Which units are saturated and which are dead, for every sample of z (samples, units)."""
    if len(z) == 0 or activation == "identity" or shares(activation):
        return [], []
    slopes = np.abs(response(activation, z.T)[1])
    steepest = float(np.abs(curve(activation, np.linspace(-6, 6, 241))[1]).max())
    dead = np.nan_to_num(slopes, nan=1.0).max(axis=1) == 0
    flat = np.nan_to_num(slopes, nan=steepest).max(axis=1) < FLAT * steepest
    return np.flatnonzero(flat & ~dead).tolist(), np.flatnonzero(dead).tolist()
