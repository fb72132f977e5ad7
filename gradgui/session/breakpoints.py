"""Breakpoints: what to stop for, and where inside a training step that happened.

Whether and where a breakpoint fires in a step depends on that step (and the one before) alone. Running forwards and
running backwards therefore stop at the same events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import numpy as np

from gradgui.errors import UserError
from gradgui.expressions import Expression
from gradgui.session.facts import Facts, blame_ratio, parameter_place, read
from gradgui.session.probe import Probe
from gradgui.session.snapshot import Array, EventKind, EventName, LayerValues, NetworkInfo, Phase
from gradgui.text import Text, same


class Kind(Enum):
    """What a breakpoint waits for."""

    EVENT = "event"
    LAYER = "layer"
    SIGN_CHANGE = "sign change"
    WEIGHT_CHANGE = "weight change"
    NORM_ABOVE = "norm above"
    NORM_BELOW = "norm below"
    NOT_FINITE = "not finite"
    LOSS_RISING = "loss rising"
    VALIDATION_RISING = "validation loss rising"
    DEAD_RELU = "dead relu"
    VANISHING = "vanishing"
    EXPLODING = "exploding"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """One thing to stop for; layers count from 0."""

    kind: Kind
    layer: int | None = None
    """None for the whole network, where that makes sense."""
    event: EventKind | None = None
    phase: Phase | None = None
    parameter: str = ""
    """Such as L1.W[0,0] or L1.W."""
    limit: float = 1.0
    condition: str = ""
    every: int = 1
    """Stop only at every so-manyth hit, counted from the start of the run."""
    enabled: bool = True
    log_only: bool = False
    """Write a line in the log and go on."""


Place = tuple[int, int]
"""(training step, events done in it)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A breakpoint fired: where, and why in words."""

    place: Place
    breakpoint: Breakpoint
    reason: Text


DEFAULT_LIMITS = {
    Kind.NORM_ABOVE: 10.0,
    Kind.NORM_BELOW: 1e-4,
    Kind.LOSS_RISING: 3.0,
    Kind.VALIDATION_RISING: 1.0,
    Kind.DEAD_RELU: 0.5,
    Kind.VANISHING: 0.01,
    Kind.EXPLODING: 100.0,
}
LIMITED = frozenset(DEFAULT_LIMITS)
"""Kinds with a number to compare with."""

_SIGN = Text(en="The gradient of {name} changed its sign: {old} → {new}.", zh="{name} 的梯度变号了：{old} → {new}。")
_WEIGHT = Text(en="{name} changed: {old} → {new}.", zh="{name} 变了：{old} → {new}。")
_MANY_WEIGHTS = Text(en="{name} changed by {size} in all.", zh="{name} 变了，总共移动 {size}。")
_ABOVE = Text(en="The gradient of {who} is large: {size}, above {limit}.", zh="{who}的梯度很大：{size}，超过 {limit}。")
_BELOW = Text(en="The gradient of {who} is small: {size}, below {limit}.", zh="{who}的梯度很小：{size}，低于 {limit}。")
_NETWORK = Text(en="the whole network", zh="整个网络")
_BROKEN = Text(en="{what} is no finite number any more.", zh="{what} 已经不是有限的数了。")
_BROKEN_FOR = Text(
    en="{what} is no finite number any more, first for sample {n} of {count}.",
    zh="{what} 已经不是有限的数了，最先是第 {n} 个样本（共 {count} 个）。",
)
_RISING = Text(
    en="The loss rose to {times} times the step before: {old} → {new}.",
    zh="损失涨到上一步的 {times} 倍：{old} → {new}。",
)
_VALIDATION = Text(
    en="The loss of the test set rose: {old} → {new}.",
    zh="测试集的损失上升了：{old} → {new}。",
)
_DEAD = Text(
    en="{share} % of {who}'s neurons are off for every sample.", zh="{who} 有 {share}% 的神经元对所有样本都关闭。"
)
_VANISHING = Text(
    en="The signal is fading: only {ratio} of the last layer's blame reaches the first.",
    zh="信号正在消失：只有最后一层责任的 {ratio} 传到第一层。",
)
_EXPLODING = Text(
    en="The signal is exploding: the first layer gets {ratio} times the last layer's blame.",
    zh="信号正在爆炸：第一层收到的责任是最后一层的 {ratio} 倍。",
)
_CONDITION = Text(en="The condition {condition} holds.", zh="条件 {condition} 成立。")
_REACHED = Text(en="{event} has just run.", zh="刚刚执行了 {event}。")
_ENTERED = Text(en="{layer} is reached, {phase}.", zh="到达 {layer}，{phase}。")
PHASES = {
    Phase.FORWARD: Text(en="going forward", zh="前向"),
    Phase.LOSS: Text(en="at the loss", zh="在损失处"),
    Phase.BACKWARD: Text(en="going backward", zh="反向"),
    Phase.UPDATE: Text(en="for its update", zh="更新"),
}


def fires(breakpoint_: Breakpoint, probe: Probe) -> list[Hit]:
    """Where in this training step the breakpoint fires, in order; usually nowhere."""
    if not _is_here(breakpoint_, probe.network):
        return []
    found = _RULES[breakpoint_.kind](breakpoint_, probe)
    return [Hit((probe.iteration, cursor), breakpoint_, reason) for cursor, reason in found]


def check(breakpoint_: Breakpoint, network: NetworkInfo) -> None:
    """Raise UserError if the breakpoint names something that this network does not have."""
    if breakpoint_.kind is Kind.CONDITION:
        read(breakpoint_.condition, network)
    if breakpoint_.kind in (Kind.SIGN_CHANGE, Kind.WEIGHT_CHANGE):
        parameter_place(breakpoint_.parameter, len(network.layers))


def _is_here(b: Breakpoint, network: NetworkInfo) -> bool:
    """Whether this network has what the breakpoint is about; an edit may have taken it away."""
    count = len(network.layers)
    if b.parameter:
        try:
            parameter_place(b.parameter, count)
        except UserError:
            return False
    return b.layer is None or b.layer < count


Fired = list[tuple[int, Text]]


def _event(b: Breakpoint, probe: Probe) -> Fired:
    return [(e.index + 1, _said_event(e)) for e in probe.network.events if _is_meant(b, e)]


def _layer(b: Breakpoint, probe: Probe) -> Fired:
    """The first event of a layer in one direction."""
    first = next((e for e in probe.network.events if _is_meant(b, e)), None)
    if first is None:
        return []
    return [(first.index + 1, _ENTERED.filled(layer=first.layer_id, phase=PHASES[first.phase]))]


def _is_meant(b: Breakpoint, event: EventName) -> bool:
    return (
        (b.layer is None or b.layer == event.layer)
        and (b.event is None or b.event is event.kind)
        and (b.phase is None or b.phase is event.phase)
    )


def _said_event(event: EventName) -> Text:
    return _REACHED.filled(event=_called(event))


def _called(event: EventName) -> Text:
    """What the event writes, at the head of a sentence: L1 z, L2 ∂L/∂W, The loss."""
    if event.kind is EventKind.LOSS:
        return Text(en="The loss", zh="损失")
    names = {
        EventKind.UPDATE: Text(en="update", zh="更新"),
        EventKind.LINEAR: same("z"),
        EventKind.ACTIVATION: same("a"),
    }
    plain = same(event.kind.value.replace("dL/d", "∂L/∂"))
    return Text(en="{layer} {what}", zh="{layer} {what}").filled(
        layer=event.layer_id, what=names.get(event.kind, plain)
    )


def _sign_change(b: Breakpoint, probe: Probe) -> Fired:
    if probe.before is None:
        return []
    layer, letter, place = _parameter(b, probe)
    values = probe.layers[layer]
    now = values.dW if letter == "W" else values.db
    network = probe.trainer_network
    before = (network.weights if letter == "W" else network.biases)(layer, probe.before.gradient)
    if now is None or before is None:
        return []
    found = np.argwhere(np.sign(now) * np.sign(before) < 0)
    turned = [tuple(int(i) for i in at) for at in found if not place or tuple(at) == place]
    if not turned:
        return []
    at = max(turned, key=lambda one: abs(float(now[one])))
    name = _named(layer, letter, at)
    reason = _SIGN.filled(name=name, old=said(float(before[at]), True), new=said(float(now[at]), True))
    return _at(probe, (EventKind.D_WEIGHT if letter == "W" else EventKind.D_BIAS,), layer, reason)


def _weight_change(b: Breakpoint, probe: Probe) -> Fired:
    layer, letter, place = _parameter(b, probe)
    values = probe.layers[layer]
    now, old = (values.W, values.W_before) if letter == "W" else (values.b, values.b_before)
    if now is None or old is None or (place and not _inside(now, place)):
        return []
    if place:
        if now[place] == old[place]:
            return []
        name = _named(layer, letter, place)
        reason = _WEIGHT.filled(
            name=name,
            old=f"{float(old[place]):.5g}".replace("-", "−"),
            new=f"{float(now[place]):.5g}".replace("-", "−"),
        )
    elif np.array_equal(now, old):
        return []
    else:
        reason = _MANY_WEIGHTS.filled(name=f"L{layer + 1}.{letter}", size=said(float(np.linalg.norm(now - old))))
    return _at(probe, (EventKind.UPDATE,), layer, reason)


def owner(layer: int | None) -> Text:
    """Whose gradient it is: a layer or the whole network; in Chinese, Latin letters stand apart from characters."""
    return _NETWORK if layer is None else Text(en=f"L{layer + 1}", zh=f"L{layer + 1} ")


def _norm(b: Breakpoint, probe: Probe) -> Fired:
    size = float(np.linalg.norm(probe.of_layer(probe.gradient, b.layer)))
    above = b.kind is Kind.NORM_ABOVE
    if not (size > b.limit if above else size < b.limit):
        return []
    reason = (_ABOVE if above else _BELOW).filled(who=owner(b.layer), size=said(size), limit=said(b.limit))
    return _at(probe, (EventKind.D_WEIGHT, EventKind.D_BIAS), b.layer, reason)


def _not_finite(_: Breakpoint, probe: Probe) -> Fired:
    """The first event of the step whose numbers are not all finite."""
    if np.isfinite(probe.gradient).all() and np.isfinite(probe.theta).all() and np.isfinite(probe.loss):
        return []
    for event in probe.network.events:
        values = probe.layers[event.layer]
        found = [np.array(probe.loss)] if event.kind is EventKind.LOSS else _results(values, event.kind)
        broken = next((array for array in found if array is not None and not np.isfinite(array).all()), None)
        if broken is not None:
            return [(event.index + 1, _broken(event, broken, len(probe.x)))]
    return []


def _broken(event: EventName, values: Array, samples: int) -> Text:
    """What is no number any more, and for which sample where there is a row for each of several."""
    what = _called(event)
    if samples < 2 or values.ndim < 2 or len(values) != samples or event.kind not in _PER_SAMPLE:
        return _BROKEN.filled(what=what)
    row = int(np.argmin(np.isfinite(values.reshape(samples, -1)).all(axis=1)))
    return _BROKEN_FOR.filled(what=what, n=row + 1, count=samples)


def _results(values: LayerValues, kind: EventKind) -> list[Array | None]:
    """What an event of that kind has written."""
    table = {
        EventKind.LINEAR: [values.z],
        EventKind.D_OUTPUT: [values.da],
        EventKind.D_PREACTIVATION: [values.dz],
        EventKind.D_WEIGHT: [values.dW],
        EventKind.D_BIAS: [values.db],
        EventKind.D_INPUT: [values.dx],
        EventKind.UPDATE: [values.W, values.b],
    }
    return table.get(kind, [values.a])


def _loss_rising(b: Breakpoint, probe: Probe) -> Fired:
    before = probe.before
    if before is None or not before.loss > 0 or not probe.loss > b.limit * before.loss:
        return []
    reason = _RISING.filled(times=said(probe.loss / before.loss), old=said(before.loss), new=said(probe.loss))
    return _at(probe, (EventKind.LOSS,), None, reason)


def _validation_rising(b: Breakpoint, probe: Probe) -> Fired:
    """The test set's loss after this update beside that after the one before; told by the last event of the step."""
    before, now = probe.before, probe.test_loss
    if before is None or before.test_loss is None or not now > b.limit * before.test_loss:
        return []
    return [(len(probe.network.events), _VALIDATION.filled(old=said(before.test_loss), new=said(now)))]


def _dead_relu(b: Breakpoint, probe: Probe) -> Fired:
    for layer, info in enumerate(probe.network.layers):
        a = probe.layers[layer].a
        if info.activation != "relu" or (b.layer is not None and b.layer != layer) or a is None:
            continue
        share = float(np.mean(~np.any(a > 0, axis=0)))
        if share >= b.limit:
            return _at(probe, (EventKind.ACTIVATION,), layer, _DEAD.filled(who=info.id, share=round(100 * share)))
    return []


def _ratio(b: Breakpoint, probe: Probe) -> Fired:
    first, last = probe.layers[0].dz, probe.layers[-1].dz
    if first is None or last is None or len(probe.layers) < 2:
        return []
    with np.errstate(all="ignore"):
        ratio = blame_ratio(first, last)
    fading = b.kind is Kind.VANISHING
    if not (ratio < b.limit if fading else ratio > b.limit):
        return []
    reason = (_VANISHING if fading else _EXPLODING).filled(ratio=said(ratio))
    return _at(probe, (EventKind.D_PREACTIVATION,), 0, reason)


def _condition(b: Breakpoint, probe: Probe) -> Fired:
    """Asked when the step is over; a condition that cannot be answered does not hold."""
    try:
        holds = _read(b.condition).truth(Facts(probe))
    except UserError:
        return []
    return [(len(probe.network.events), _CONDITION.filled(condition=b.condition))] if holds else []


@lru_cache(maxsize=64)
def _read(condition: str) -> Expression:
    return read(condition)


def _parameter(b: Breakpoint, probe: Probe) -> tuple[int, str, tuple[int, ...]]:
    return parameter_place(b.parameter, len(probe.layers))


def _at(probe: Probe, kinds: tuple[EventKind, ...], layer: int | None, reason: Text) -> Fired:
    """At the last event of these kinds, in that layer if one is told."""
    places = [e.index + 1 for e in probe.network.events if e.kind in kinds and layer in (None, e.layer)]
    return [(places[-1], reason)] if places else []


def _named(layer: int, letter: str, place: tuple[int, ...]) -> str:
    return f"L{layer + 1}.{letter}[{','.join(map(str, place))}]"


def _inside(array: Array, place: tuple[int, ...]) -> bool:
    return len(place) == array.ndim and all(at < size for at, size in zip(place, array.shape, strict=True))


def said(value: float, signed: bool = False) -> str:
    """A number in a sentence: three digits and a real minus sign."""
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else "∞" if value > 0 else "−∞"
    words = f"{value:+.3g}" if signed else f"{value:.3g}"
    return words.replace("-", "−")


_PER_SAMPLE = frozenset(EventKind) - {EventKind.D_WEIGHT, EventKind.D_BIAS, EventKind.UPDATE, EventKind.LOSS}
"""Events that write a row for each sample of the batch."""
_RULES: dict[Kind, Callable[[Breakpoint, Probe], Fired]] = {
    Kind.EVENT: _event,
    Kind.LAYER: _layer,
    Kind.SIGN_CHANGE: _sign_change,
    Kind.WEIGHT_CHANGE: _weight_change,
    Kind.NORM_ABOVE: _norm,
    Kind.NORM_BELOW: _norm,
    Kind.NOT_FINITE: _not_finite,
    Kind.LOSS_RISING: _loss_rising,
    Kind.VALIDATION_RISING: _validation_rising,
    Kind.DEAD_RELU: _dead_relu,
    Kind.VANISHING: _ratio,
    Kind.EXPLODING: _ratio,
    Kind.CONDITION: _condition,
}
