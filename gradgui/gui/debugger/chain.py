"""The chain rule from the loss to one weight, assembled factor by factor along the path that carries most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradgui.gui.debugger.values import Array, old_weights
from gradgui.gui.widgets import naming
from gradgui.session.snapshot import LayerValues, Snapshot
from gradgui.session.terms import Quantity, Source, inputs_of
from gradgui.text import Text, same

_FROM_LOSS = Text(en="the loss says", zh="损失说")
_PATHS = Text(
    en="{count} paths meet; the strongest goes through neuron {n}", zh="{count} 条路汇合；最强的一条经过神经元 {n}"
)
_THROUGH = Text(en="through {what}", zh="穿过{what}")
_SAMPLES = Text(en="added over {count} samples", zh="{count} 个样本相加")
_MELTED = Text(en="loss and {act} melt into one: (p − y) / N", zh="损失和 {act} 合成一步：(p − y) / N")


@dataclass(frozen=True, slots=True)
class Link:
    """One factor, and what the blame has become after it; None while not computed yet."""

    factor: str
    """Such as W3 or f′(z3); empty where there is nothing to multiply with."""
    value: float | None
    result: str
    """Such as ∂L/∂a2."""
    total: float | None
    note: Text | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The weight at the end of the chain; a bias has no column."""

    layer: int
    unit: int
    column: int | None


def name_of(snapshot: Snapshot, target: Target) -> str:
    """W2[0,1] or b2[0]."""
    info = snapshot.network.layers[target.layer]
    if target.column is None:
        return naming.bias_name(target.layer, target.unit, info)
    return naming.weight_name(target.layer, target.unit, target.column, info)


def strongest(snapshot: Snapshot) -> Target | None:
    """The weight to look at when nobody has chosen one: of the current layer, that with the largest gradient."""
    event = snapshot.current
    layer = event.layer if event is not None else len(snapshot.layers) - 1
    for at in (layer, *reversed(range(len(snapshot.layers)))):
        values = snapshot.layers[at]
        if values.W is None or values.W.ndim != 2:
            continue
        known = values.dW if values.dW is not None else values.W
        unit, column = np.unravel_index(int(np.argmax(np.abs(known))), known.shape)
        return Target(at, int(unit), int(column))
    return None


def chain(snapshot: Snapshot, target: Target) -> list[Link]:
    """From ∂L/∂a at the output to the gradient of the weight."""
    units = _path(snapshot, target)
    links = [_first(snapshot, units[-1])]
    for layer in range(len(snapshot.layers) - 1, target.layer - 1, -1):
        links.append(_through(snapshot, layer, units[layer - target.layer]))
        if layer > target.layer:
            links.append(_back(snapshot, layer, units[layer - target.layer], units[layer - target.layer - 1]))
    return links + _last(snapshot, target)


def _path(snapshot: Snapshot, target: Target) -> list[int]:
    """The neuron in each layer from the weight's own up to the output, along the strongest products."""
    units = [target.unit]
    for layer in range(target.layer + 1, len(snapshot.layers)):
        values, below = snapshot.layers[layer], units[-1]
        W, blame = old_weights(values), _row(snapshot, values.dz)
        if W is None or W.ndim != 2 or below >= W.shape[1] or len(W) != snapshot.network.layers[layer].units:
            units.append(min(below, snapshot.network.layers[layer].units - 1))
        else:
            carried = np.abs(W[:, below]) * (1.0 if blame is None else np.abs(blame))
            units.append(int(np.argmax(carried)))
    return units


def _first(snapshot: Snapshot, unit: int) -> Link:
    last = len(snapshot.layers) - 1
    total = _at(_row(snapshot, snapshot.layers[last].da), unit)
    return Link("", None, _symbol(snapshot, "a", last, unit), total, _FROM_LOSS)


def _through(snapshot: Snapshot, layer: int, unit: int) -> Link:
    """× f′(z): from ∂L/∂a to ∂L/∂z."""
    values, info = snapshot.layers[layer], snapshot.network.layers[layer]
    slope, total = _at(_row(snapshot, values.slope), unit), _at(_row(snapshot, values.dz), unit)
    arrived = _at(_row(snapshot, values.da), unit)
    result = _symbol(snapshot, "z", layer, unit)
    if info.activation is None:
        return Link("", None, result, total if total is not None else arrived, _THROUGH.filled(what=info.label))
    source = Source(Quantity.SLOPE, layer, unit)
    known = slope is not None and total is not None and arrived is not None
    if known and not np.isclose((slope or 0.0) * (arrived or 0.0), total or 0.0):
        return Link("", None, result, total, _MELTED.filled(act=info.label))
    return Link(f"f′(z{layer + 1})", slope, result, total, None, source)


def _back(snapshot: Snapshot, layer: int, unit: int, below: int) -> Link:
    """× W: from ∂L/∂z of a layer to ∂L/∂a of the one before."""
    values, info = snapshot.layers[layer], snapshot.network.layers[layer]
    W, total = old_weights(values), _at(_row(snapshot, values.dx), below)
    result = _symbol(snapshot, "a", layer - 1, below)
    if W is None or W.shape != (info.units, info.inputs) or below >= info.inputs:
        return Link("", None, result, total, _THROUGH.filled(what=info.label))
    note = _PATHS.filled(count=info.units, n=unit) if info.units > 1 else None
    source = Source(Quantity.WEIGHT, layer, unit, below)
    return Link(naming.weight_name(layer, unit, below, info), float(W[unit, below]), result, total, note, source)


def _last(snapshot: Snapshot, target: Target) -> list[Link]:
    """× the input of the weight, then the sum over the batch."""
    values = snapshot.layers[target.layer]
    x, blame = inputs_of(snapshot, target.layer), _at(_row(snapshot, values.dz), target.unit)
    name = f"∂L/∂{name_of(snapshot, target)}"
    total = _gradient(values, target)
    value: float | None = 1.0
    factor, source = "1", None
    if target.column is not None:
        value = _at(_row(snapshot, x), target.column)
        factor = _input_name(snapshot, target)
        source = Source(Quantity.INPUT, target.layer - 1, target.column, target.column)
    own = None if blame is None or value is None else blame * value
    many = len(snapshot.x) > 1
    result = Link(factor, value, same(name).en if not many else f"{name} (n={snapshot.sample + 1})", own, None, source)
    if not many:
        return [Link(factor, value, name, total, None, source)]
    return [result, Link("", None, name, total, _SAMPLES.filled(count=len(snapshot.x)))]


def _gradient(values: LayerValues, target: Target) -> float | None:
    if target.column is None:
        return None if values.db is None else float(values.db[target.unit])
    return None if values.dW is None else float(values.dW[target.unit, target.column])


def _input_name(snapshot: Snapshot, target: Target) -> str:
    assert target.column is not None
    if target.layer == 0:
        names = snapshot.network.inputs
        return names[target.column] if target.column < len(names) else f"x[{target.column}]"
    before = snapshot.network.layers[target.layer - 1]
    return f"a{target.layer}" + (f"[{target.column}]" if before.units > 1 else "")


def _symbol(snapshot: Snapshot, letter: str, layer: int, unit: int) -> str:
    index = f"[{unit}]" if snapshot.network.layers[layer].units > 1 else ""
    return f"∂L/∂{letter}{layer + 1}{index}"


def _row(snapshot: Snapshot, values: Array | None) -> Array | None:
    return None if values is None else values[min(snapshot.sample, len(values) - 1)].reshape(-1)


def _at(values: Array | None, place: int) -> float | None:
    return float(values[place]) if values is not None and place < len(values) else None
