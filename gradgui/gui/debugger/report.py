"""The diagnosis of a backward pass in plain words, layer by layer from the last to the first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from gradgui.gui.debugger import blame, figures
from gradgui.gui.debugger.names import heading, tidy
from gradgui.gui.debugger.update_formulas import follows_the_rule
from gradgui.gui.debugger.values import Array
from gradgui.gui.widgets.naming import bias_name, in_sentence, is_locked, weight_name
from gradgui.session.snapshot import EventKind, Phase, Snapshot
from gradgui.session.terms import layer_sources
from gradgui.text import Text, same

SHOWN = 5
"""Parameters per layer that get a line of their own, largest gradient first."""

_FORWARD = Text(en="Nobody has been asked yet: blame starts at the loss.", zh="还没有问到任何人：责任要从损失开始。")
_LOSS = Text(en="Loss {loss}. Who answers for it? {layer} is asked first.", zh="损失是 {loss}。谁来负责？先问{layer}。")
_HEAD = Text(en="{layer}: responsibility {size}", zh="{layer}：责任 {size}")
_HEAD_SO_FAR = Text(en="{layer}: responsibility {size} so far", zh="{layer}：目前责任 {size}")
_HEAD_SHARE = Text(
    en="{layer}: responsibility {size}, {percent} % of the largest layer",
    zh="{layer}：责任 {size}，是最大层的 {percent}%",
)
_HEAD_PASSES = Text(en="{layer}: passes the blame through", zh="{layer}：责任正在经过")
_HEAD_UNKNOWN = Text(en="{layer}", zh="{layer}")
_HEAD_BARE = Text(en="{layer}: nothing to learn here", zh="{layer}：没有要学的参数")
_FROM_LOSS = Text(en="the loss", zh="损失")
_LATER = Text(en="the layers behind", zh="后面几层")
_EARLIER = Text(en="its sources", zh="各个来源")
_RECEIVED = Text(en="Received {value} from {giver}.", zh="从{giver}收到 {value}。")
_RECEIVED_HANDED = Text(
    en="Received {value} from {giver}, hands {out} on to {taker}.", zh="从{giver}收到 {value}，把 {out} 交给{taker}。"
)
_AMOUNT = Text(en="blame of size {size}", zh="大小为 {size} 的责任")
_DECREASE = Text(en="{name} must decrease: gradient {g}", zh="{name} 需要减小：梯度 {g}")
_INCREASE = Text(en="{name} must increase: gradient {g}", zh="{name} 需要增大：梯度 {g}")
_ZERO = Text(en="{name} gets no blame: {reason}", zh="{name} 没有责任：{reason}")
_ALL_ZERO = Text(en="None of the {count} parameters gets blame: {reason}", zh="{count} 个参数都没有责任：{reason}")
_LOCKED = Text(en="{name} is locked: gradient {g}, no step", zh="{name} 已锁定：梯度 {g}，不动")
_STUCK = Text(
    en="{name} stays: gradient {g}, too small a step to change it", zh="{name} 不变：梯度 {g}，步子小得改不动它"
)
_LOST = Text(en="{name} has lost its gradient: not a number any more", zh="{name} 的梯度坏了：已经不是一个数")
_RULE = Text(en="{old} − {rate} × ({g}) = {new}", zh="{old} − {rate} × ({g}) = {new}")
_STEP = Text(en="actual step {step}: {old} → {new}", zh="实际步子 {step}：{old} → {new}")
_CARRIED = Text(
    en="actual step {step}: {old} → {new}, carried on by earlier gradients",
    zh="实际步子 {step}：{old} → {new}，被之前的梯度带着走",
)
_OPTIMISER = Text(en="{old} now; the optimiser chooses the step", zh="现在是 {old}；步子由优化器决定")
_UNKNOWN = Text(en="{name} has not been asked yet", zh="还没有问 {name}")
_BOTH_UNKNOWN = Text(en="{first} and {second} have not been asked yet", zh="还没有问 {first} 和 {second}")
_MORE = Text(en="… and {count} more", zh="…… 还有 {count} 个")


class Kind(Enum):
    """How a line of the report is drawn."""

    NOTE = "note"
    HEAD = "head"
    FLOW = "flow"
    PARAMETER = "parameter"
    UNKNOWN = "unknown"
    MORE = "more"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line; `sign` is +1 (must decrease), −1 (must increase) or 0, None where no gradient is told."""

    kind: Kind
    layer: int
    text: Text
    sign: int | None = None
    detail: Text | None = None
    """The calculation that belongs to it."""


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    unit: int
    column: int | None
    gradient: float
    before: float
    now: float
    updated: bool
    locked: bool


def report(snapshot: Snapshot) -> list[ReportLine]:
    """What is known about every layer's blame, the last layer first."""
    event, last = snapshot.current, len(snapshot.layers) - 1
    if event is None or event.phase is Phase.FORWARD:
        return [ReportLine(Kind.NOTE, last, _FORWARD)]
    lines = []
    if event.phase is Phase.LOSS and snapshot.loss is not None:
        name = in_sentence(snapshot.network, last)
        first = Text(en=name.en[0].upper() + name.en[1:], zh=name.zh)
        note = tidy(_LOSS.filled(loss=figures.quantity(snapshot.loss), layer=first))
        lines.append(ReportLine(Kind.NOTE, last, note))
    largest = blame.largest_responsibility(snapshot)
    for layer in reversed(range(len(snapshot.layers))):
        lines += _layer(snapshot, layer, largest)
    return lines


def _layer(snapshot: Snapshot, layer: int, largest: float | None) -> list[ReportLine]:
    lines = [ReportLine(Kind.HEAD, layer, _head(snapshot, layer, largest))]
    flow = _flow(snapshot, layer)
    if flow is not None:
        lines.append(ReportLine(Kind.FLOW, layer, flow))
    warning = blame.alarm(snapshot, layer)
    if warning is not None:
        lines.append(ReportLine(Kind.ALARM, layer, warning))
    return lines + _parameters(snapshot, layer) + _not_asked(snapshot, layer)


def _head(snapshot: Snapshot, layer: int, largest: float | None) -> Text:
    values = snapshot.layers[layer]
    name = heading(snapshot.network.layers[layer], layer)
    if values.W is None and values.b is None:
        return tidy(_HEAD_BARE.filled(layer=name))
    share = blame.responsibility(values)
    if share is None:
        reached = values.da is not None or values.dz is not None
        return tidy((_HEAD_PASSES if reached else _HEAD_UNKNOWN).filled(layer=name))
    if not blame.is_complete(values):
        return tidy(_HEAD_SO_FAR.filled(layer=name, size=figures.size(share)))
    if largest is None or not 0 < share < largest < math.inf:
        return tidy(_HEAD.filled(layer=name, size=figures.size(share)))
    return tidy(_HEAD_SHARE.filled(layer=name, size=figures.size(share), percent=round(100 * share / largest)))


def _flow(snapshot: Snapshot, layer: int) -> Text | None:
    """What the layer received and what it hands on."""
    values = snapshot.layers[layer]
    received = values.da if values.da is not None else values.dz
    if received is None:
        return None
    value, giver = _amount(received), _giver(snapshot, layer)
    if values.dx is None:
        return tidy(_RECEIVED.filled(value=value, giver=giver))
    out = _amount(values.dx)
    return tidy(_RECEIVED_HANDED.filled(value=value, giver=giver, out=out, taker=_taker(snapshot, layer)))


def _amount(blame_: Array) -> Text:
    """A lone gradient with its sign; many by their size."""
    if blame_.size == 1:
        return same(figures.gradient(float(blame_.flat[0])))
    return _AMOUNT.filled(size=figures.size(figures.norm(blame_)))


def _giver(snapshot: Snapshot, layer: int) -> Text:
    infos = snapshot.network.layers
    if layer == len(infos) - 1:
        return _FROM_LOSS
    behind = [n for n, info in enumerate(infos) if layer in layer_sources(info, n)]
    return in_sentence(snapshot.network, behind[0]) if len(behind) == 1 else _LATER


def _taker(snapshot: Snapshot, layer: int) -> Text:
    sources = layer_sources(snapshot.network.layers[layer], layer)
    return in_sentence(snapshot.network, sources[0]) if len(sources) == 1 else _EARLIER


def _parameters(snapshot: Snapshot, layer: int) -> list[ReportLine]:
    """The largest gradients of the layer, one line each, and how many more there are."""
    values = snapshot.layers[layer]
    pairs = ((values.dW, False), (values.db, True))
    sizes = [np.abs(array).reshape(-1) for array, _ in pairs if array is not None]
    if not sizes:
        return []
    total = np.concatenate(sizes)
    if total.size > SHOWN and not np.any(total):
        reason = blame.why_zero(snapshot, layer, 0, 0)
        return [ReportLine(Kind.PARAMETER, layer, tidy(_ALL_ZERO.filled(count=total.size, reason=reason)), 0)]
    order = _largest_first(total) if total.size > 20 * SHOWN else _in_order(snapshot, layer, total)
    updated = _is_updated(snapshot, layer)
    lines = [_line(snapshot, layer, _parameter(snapshot, layer, k, updated)) for k in order]
    if total.size > SHOWN:
        lines.append(ReportLine(Kind.MORE, layer, _MORE.filled(count=total.size - SHOWN)))
    return lines


def _largest_first(sizes: Array) -> list[int]:
    """Places of the `SHOWN` largest of many, weights before biases where they are equal."""
    candidates = np.sort(np.argpartition(-sizes, SHOWN)[: SHOWN + 1])
    order = np.argsort(-sizes[candidates], kind="stable")
    return [int(place) for place in candidates[order][:SHOWN]]


def _in_order(snapshot: Snapshot, layer: int, sizes: Array) -> list[int]:
    """Places of the `SHOWN` largest: those that learn before locked ones, and of equals those just asked first."""
    values, event = snapshot.layers[layer], snapshot.current
    is_bias = np.arange(sizes.size) >= (0 if values.dW is None else values.dW.size)
    asked = event is not None and event.layer == layer and event.kind is EventKind.D_BIAS
    locked = [_parameter(snapshot, layer, place, False).locked for place in range(sizes.size)]
    return [int(place) for place in np.lexsort((is_bias != asked, -sizes, np.array(locked)))[:SHOWN]]


def _parameter(snapshot: Snapshot, layer: int, place: int, updated: bool) -> _Parameter:
    """The parameter at `place` of the layer's known gradients, weights before biases."""
    values, info = snapshot.layers[layer], snapshot.network.layers[layer]
    weights = 0 if values.dW is None else values.dW.size
    column: int | None = None
    slopes: Array | None
    if values.dW is not None and place < weights:
        slopes, now, before = values.dW, values.W, values.W_before
        unit, column = divmod(place, weights // len(values.dW))
        name, locked = weight_name(layer, unit, column, info), is_locked(info, "W", unit, column)
    else:
        unit = place = place - weights
        slopes, now, before = values.db, values.b, values.b_before
        name, locked = bias_name(layer, unit, info), is_locked(info, "b", unit)
    old = before if before is not None else now
    return _Parameter(name, unit, column, _at(slopes, place), _at(old, place), _at(now, place), updated, locked)


def _at(array: Array | None, place: int) -> float:
    return float("nan") if array is None else float(array.reshape(-1)[place])


def _line(snapshot: Snapshot, layer: int, p: _Parameter) -> ReportLine:
    if p.gradient == 0:
        reason = blame.why_zero(snapshot, layer, p.unit, p.column)
        return ReportLine(Kind.PARAMETER, layer, tidy(_ZERO.filled(name=p.name, reason=reason)), 0)
    if math.isnan(p.gradient):
        return ReportLine(Kind.PARAMETER, layer, _LOST.filled(name=p.name), 0)
    sign = 1 if p.gradient > 0 else -1
    g = figures.gradient(p.gradient)
    if p.locked or (p.updated and p.now == p.before and snapshot.learning_rate):
        stays = _LOCKED if p.locked else _STUCK
        return ReportLine(Kind.PARAMETER, layer, stays.filled(name=p.name, g=g), sign)
    text = (_DECREASE if sign > 0 else _INCREASE).filled(name=p.name, g=g)
    return ReportLine(Kind.PARAMETER, layer, text, sign, _calculation(snapshot, p, g))


def _is_updated(snapshot: Snapshot, layer: int) -> bool:
    done = snapshot.network.events[: snapshot.cursor]
    return any(event.kind is EventKind.UPDATE and event.layer == layer for event in done)


def _calculation(snapshot: Snapshot, p: _Parameter, g: str) -> Text:
    """old − rate × gradient = new; the actual step apart where the optimiser makes another one of it."""
    rate = snapshot.learning_rate
    after = p.now if p.updated else p.before - rate * p.gradient
    old, new = (figures.parameter(value, after - p.before) for value in (p.before, after))
    if p.updated and not follows_the_rule(p.before, p.now, p.gradient, rate):
        step = figures.gradient(p.now - p.before)
        words = _CARRIED if _is_carried(snapshot, p) else _STEP
        return words.filled(step=step, old=old, new=new)
    if not p.updated and snapshot.network.optimizer != "sgd":
        return _OPTIMISER.filled(old=figures.parameter(p.before))
    return _RULE.filled(old=old, rate=figures.bare(rate), g=g, new=new)


def _is_carried(snapshot: Snapshot, p: _Parameter) -> bool:
    """Whether it moved uphill, because the optimiser remembers where it was going."""
    remembers = snapshot.ball is not None and snapshot.ball.momentum is not None
    return remembers and (p.now - p.before) * p.gradient > 0


def _not_asked(snapshot: Snapshot, layer: int) -> list[ReportLine]:
    """A "?" line for the weights and biases that nobody has asked yet."""
    values = snapshot.layers[layer]
    missing = []
    if values.W is not None and values.dW is None:
        missing.append(f"W{layer + 1}")
    if values.b is not None and values.db is None:
        missing.append(f"b{layer + 1}")
    if not missing:
        return []
    text = _UNKNOWN.filled(name=missing[0])
    if len(missing) == 2:
        text = _BOTH_UNKNOWN.filled(first=missing[0], second=missing[1])
    return [ReportLine(Kind.UNKNOWN, layer, text)]
