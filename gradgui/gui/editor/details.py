"""What the card beside the pointer tells about one weight or one neuron, live while training."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.gui.editor.reading import before, row, updated
from gradgui.gui.widgets.naming import bias_name, compact, unit_name, weight_name
from gradgui.session.snapshot import Array, LayerInfo, Snapshot
from gradgui.text import Text, same

UNKNOWN = "?"
_MOST_DIGITS = 9
NEXT = Text(en="next w", zh="下一个 w")
NEXT_BIAS = Text(en="next b", zh="下一个 b")
INPUT_VALUE = Text(en="value", zh="数值")


@dataclass(frozen=True, slots=True)
class NodeHit:
    """A neuron under the pointer; layer −1 is the inputs."""

    layer: int
    unit: int


@dataclass(frozen=True, slots=True)
class EdgeHit:
    """A weight under the pointer."""

    layer: int
    unit: int
    source: int


@dataclass(frozen=True, slots=True)
class LayerHit:
    """A layer's caption under the pointer."""

    layer: int


Hit = NodeHit | EdgeHit | LayerHit


@dataclass(frozen=True, slots=True)
class Details:
    """A title and rows of (what, how much)."""

    title: Text
    rows: tuple[tuple[Text, str], ...]


def details(snapshot: Snapshot, hit: Hit) -> Details | None:
    """What to tell about what the pointer touches; nothing about a caption."""
    if hit.layer >= len(snapshot.network.layers):
        return None  # the pointer still rests where a layer has just gone
    if isinstance(hit, EdgeHit):
        return _edge(snapshot, hit)
    return _node(snapshot, hit) if isinstance(hit, NodeHit) else None


def _edge(snapshot: Snapshot, hit: EdgeHit) -> Details | None:
    info, values = snapshot.network.layers[hit.layer], snapshot.layers[hit.layer]
    weights, place = values.W if snapshot.running else before(values), (hit.unit, hit.source)
    if weights is None or values.W is None or not _inside(weights, place):
        return None
    weight = float(weights[place])
    felt = felt_of(snapshot, hit.layer)
    gradients = values.dW if felt is None else felt[0]
    gradient = float(gradients[place]) if gradients is not None and _inside(gradients, place) else None
    step = None if gradient is None else snapshot.learning_rate * gradient
    after = _next(snapshot, hit, weight, step, float(values.W[place]))
    old, new = _apart(weight, after)
    rows = (
        (same("w"), old),
        (same("∂L/∂w"), _said(gradient, signed=True)),
        (same("η·∂L/∂w"), _said(step, signed=True)),
        (NEXT, new),
    )
    return Details(same(weight_name(hit.layer, *place, info)), rows)


def felt_of(snapshot: Snapshot, layer: int) -> tuple[Array, Array] | None:
    """While training runs, a layer's gradients of the step that was just made."""
    return snapshot.felt[layer] if snapshot.running and layer < len(snapshot.felt) else None


def _next(snapshot: Snapshot, hit: EdgeHit | NodeHit, old: float, step: float | None, now: float) -> float | None:
    """The parameter after the update: the optimiser's own step once all gradients are known.

    Before that it is a promise only plain gradient descent can make.
    """
    if updated(snapshot, hit.layer):
        return now
    promised = snapshot.promised[hit.layer] if hit.layer < len(snapshot.promised) else None
    if promised is not None:
        return float(promised[0][hit.unit, hit.source]) if isinstance(hit, EdgeHit) else float(promised[1][hit.unit])
    return old - step if step is not None and snapshot.network.optimizer == "sgd" else None


def _node(snapshot: Snapshot, hit: NodeHit) -> Details:
    title = unit_name(snapshot.network, hit.layer, hit.unit)
    if hit.layer < 0:
        return Details(title, ((INPUT_VALUE, _said(_at(row(snapshot, snapshot.x), hit.unit))),))
    values = snapshot.layers[hit.layer]
    rows = [
        (same("z"), _said(_at(row(snapshot, values.z), hit.unit))),
        (same("a"), _said(_at(row(snapshot, values.a), hit.unit))),
    ]
    rows += _bias(snapshot, hit)
    rows.append((same("∂L/∂z"), _said(_at(row(snapshot, values.dz), hit.unit), signed=True)))
    return Details(title, tuple(rows))


def owner_of(info: LayerInfo, hit: NodeHit) -> NodeHit:
    """Whose bias it is: a cell of a feature map has that of its filter."""
    many = len(info.shape) == 3 and info.shape[0] > 0
    return NodeHit(hit.layer, hit.unit // (info.units // info.shape[0])) if many else hit


def _bias(snapshot: Snapshot, hit: NodeHit) -> list[tuple[Text, str]]:
    """A bias is told like a weight: its value, its gradient, its step, its next value."""
    info, values = snapshot.network.layers[hit.layer], snapshot.layers[hit.layer]
    hit = owner_of(info, hit)
    old = values.b if snapshot.running or values.b_before is None else values.b_before
    bias, now = _at(old, hit.unit), _at(values.b, hit.unit)
    if bias is None or now is None:
        return []
    felt = felt_of(snapshot, hit.layer)
    gradient = _at(values.db if felt is None else felt[1], hit.unit)
    step = None if gradient is None else snapshot.learning_rate * gradient
    before_step, after_step = _apart(bias, _next(snapshot, hit, bias, step, now))
    return [
        (same(bias_name(hit.layer, hit.unit, info)), before_step),
        (same("∂L/∂b"), _said(gradient, signed=True)),
        (same("η·∂L/∂b"), _said(step, signed=True)),
        (NEXT_BIAS, after_step),
    ]


def _at(values: Array | None, unit: int) -> float | None:
    return float(values[unit]) if values is not None and unit < len(values) else None


def _apart(old: float, new: float | None) -> tuple[str, str]:
    """A parameter before and after its step, with digits enough that the step is seen."""
    if new is None:
        return compact(old), UNKNOWN
    pairs = ((compact(old, digits), compact(new, digits)) for digits in range(4, _MOST_DIGITS))
    return next((pair for pair in pairs if pair[0] != pair[1]), (compact(old), compact(new)))


def _said(value: float | None, signed: bool = False) -> str:
    return UNKNOWN if value is None else compact(value, signed=signed)


def _inside(weights: Array, place: tuple[int, int]) -> bool:
    return weights.ndim == 2 and place[0] < weights.shape[0] and place[1] < weights.shape[1]
