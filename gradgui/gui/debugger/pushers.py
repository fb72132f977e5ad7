"""Who changed this weight: the step of its last update, and how much each sample pushed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.gui.debugger.blame import shares
from gradgui.gui.debugger.chain import Target
from gradgui.session.snapshot import EventKind, Snapshot
from gradgui.session.terms import inputs_of


@dataclass(frozen=True, slots=True)
class Push:
    """One sample's part of a gradient."""

    row: int
    """In the batch."""
    sample: int
    """In the training set."""
    value: float
    share: float
    """Of all pushes, without their signs: 0 to 1."""


@dataclass(frozen=True, slots=True)
class Change:
    """The last update of a parameter, as far as the moment on the screen knows it."""

    before: float
    now: float
    gradient: float | None
    updated: bool
    """Whether this training step has updated it."""
    pushes: tuple[Push, ...]
    """The strongest first; empty where samples cannot be told apart."""


def change(snapshot: Snapshot, target: Target) -> Change | None:
    """What this training step does to the parameter; None for what is no parameter."""
    values = snapshot.layers[target.layer]
    now, before, slope = (
        (values.b, values.b_before, values.db) if target.column is None else (values.W, values.W_before, values.dW)
    )
    place = target.unit if target.column is None else (target.unit, target.column)
    if now is None or before is None:
        return None
    done = snapshot.network.events[: snapshot.cursor]
    updated = any(e.kind is EventKind.UPDATE and e.layer == target.layer for e in done)
    gradient = None if slope is None else float(slope[place])
    return Change(float(before[place]), float(now[place]), gradient, updated, pushes(snapshot, target))


def pushes(snapshot: Snapshot, target: Target) -> tuple[Push, ...]:
    """∂L/∂z of the neuron times its input, sample by sample; they add up to the gradient."""
    values, x = snapshot.layers[target.layer], inputs_of(snapshot, target.layer)
    dz, dW = values.dz, values.dW
    if dz is None or target.unit >= dz.shape[1]:
        return ()
    parts = dz[:, target.unit]
    if target.column is not None:
        if x is None or dW is None or dW.shape != (dz.shape[1], x.shape[1]):
            return ()
        with np.errstate(over="ignore", invalid="ignore"):  # after a blow-up
            parts = parts * x[:, target.column]
    parts_of_all = shares(parts)
    order = np.argsort(-parts_of_all, kind="stable")
    return tuple(Push(int(n), int(snapshot.batch[n]), float(parts[n]), float(parts_of_all[n])) for n in order)
