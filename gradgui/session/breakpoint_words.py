"""Breakpoints in words: what each kind is called, how it reads in a list, and how a typed line is understood."""

from __future__ import annotations

import re
from dataclasses import replace

from gradgui.errors import UserError
from gradgui.session.breakpoints import DEFAULT_LIMITS, LIMITED, PHASES, Breakpoint, Kind, check, owner, said
from gradgui.session.facts import layer_number
from gradgui.session.snapshot import EventKind, NetworkInfo, Phase
from gradgui.text import Text, same

KINDS = {
    Kind.CONDITION: Text(en="condition holds", zh="条件成立"),
    Kind.EVENT: Text(en="event", zh="事件"),
    Kind.LAYER: Text(en="layer reached", zh="到达某层"),
    Kind.SIGN_CHANGE: Text(en="gradient changes sign", zh="梯度变号"),
    Kind.WEIGHT_CHANGE: Text(en="parameter changes", zh="参数改变"),
    Kind.NORM_ABOVE: Text(en="|gradient| above", zh="|梯度| 高于"),
    Kind.NORM_BELOW: Text(en="|gradient| below", zh="|梯度| 低于"),
    Kind.NOT_FINITE: Text(en="NaN or ∞", zh="出现 NaN 或 ∞"),
    Kind.LOSS_RISING: Text(en="loss rises × times", zh="损失涨到几倍"),
    Kind.VALIDATION_RISING: Text(en="test loss rises", zh="测试损失上升"),
    Kind.DEAD_RELU: Text(en="dead ReLU share", zh="死 ReLU 比例"),
    Kind.VANISHING: Text(en="signal fades below", zh="信号衰减到以下"),
    Kind.EXPLODING: Text(en="signal explodes above", zh="信号放大到以上"),
}
HINTS = {
    Kind.CONDITION: same("norm(grad('L1.W')) < 1e-4"),
    Kind.EVENT: same("L2 dL/dW"),
    Kind.LAYER: Text(en="L2 backward", zh="L2 backward（反向）"),
    Kind.SIGN_CHANGE: same("L1.W[0,0]"),
    Kind.WEIGHT_CHANGE: same("L1.W[0,0]"),
    Kind.NORM_ABOVE: Text(en="10, or L2 10", zh="10，或 L2 10"),
    Kind.NORM_BELOW: Text(en="0.0001, or L2 0.0001", zh="0.0001，或 L2 0.0001"),
    Kind.NOT_FINITE: Text(en="nothing to type", zh="不用填写"),
    Kind.LOSS_RISING: same("3"),
    Kind.VALIDATION_RISING: Text(en="1, or 1.05 for 5 % in one step", zh="1；写 1.05 表示一步涨 5%"),
    Kind.DEAD_RELU: Text(en="0.5, or L1 0.5", zh="0.5，或 L1 0.5"),
    Kind.VANISHING: same("0.01"),
    Kind.EXPLODING: same("100"),
}
_NO_EVENT = Text(
    en="“{typed}”: write a layer and an event, such as L2 dL/dW", zh="“{typed}”：请写层和事件，例如 L2 dL/dW"
)
_NO_NUMBER = Text(en="“{typed}”: write a number, such as {hint}", zh="“{typed}”：请写一个数，例如 {hint}")
_EVERY = Text(en="{what}, one time in {n}", zh="{what}，每第 {n} 次")
_ANY = Text(en="any layer", zh="任意层")
_LAYER = Text(en="{layer}, {phase}", zh="{layer}，{phase}")
_SAID = {
    Kind.SIGN_CHANGE: Text(en="gradient of {name} changes sign", zh="{name} 的梯度变号"),
    Kind.WEIGHT_CHANGE: Text(en="{name} changes", zh="{name} 改变"),
    Kind.NORM_ABOVE: Text(en="|gradient| of {who} above {limit}", zh="{who}的 |梯度| 高于 {limit}"),
    Kind.NORM_BELOW: Text(en="|gradient| of {who} below {limit}", zh="{who}的 |梯度| 低于 {limit}"),
    Kind.NOT_FINITE: Text(en="NaN or ∞ anywhere", zh="任何地方出现 NaN 或 ∞"),
    Kind.LOSS_RISING: Text(en="loss rises to {limit} × the step before", zh="损失涨到上一步的 {limit} 倍"),
    Kind.VALIDATION_RISING: Text(en="test loss above {limit} × the step before", zh="测试损失超过上一步的 {limit} 倍"),
    Kind.DEAD_RELU: Text(en="dead ReLU share of {who} from {limit}", zh="{who}的死 ReLU 比例达到 {limit}"),
    Kind.VANISHING: Text(en="first ÷ last layer's blame below {limit}", zh="第一层 ÷ 最后一层的责任低于 {limit}"),
    Kind.EXPLODING: Text(en="first ÷ last layer's blame above {limit}", zh="第一层 ÷ 最后一层的责任高于 {limit}"),
}
_EVENTS = {
    "z": EventKind.LINEAR, "linear": EventKind.LINEAR, "a": EventKind.ACTIVATION, "activation": EventKind.ACTIVATION,
    "loss": EventKind.LOSS, "dl/da": EventKind.D_OUTPUT, "dl/dz": EventKind.D_PREACTIVATION,
    "dl/dw": EventKind.D_WEIGHT, "dl/db": EventKind.D_BIAS, "dl/dx": EventKind.D_INPUT, "update": EventKind.UPDATE,
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)


def described(b: Breakpoint) -> Text:
    """How a breakpoint reads in a list."""
    what = _what(b)
    return what if b.every <= 1 else _EVERY.filled(what=what, n=b.every)


def typed(kind: Kind, words: str, network: NetworkInfo) -> Breakpoint:
    """A breakpoint of that kind as somebody typed it; raises UserError with the reason."""
    words = words.strip().replace("∂", "d").replace("−", "-")
    wanted = Breakpoint(kind, limit=DEFAULT_LIMITS.get(kind, 1.0))
    if kind is Kind.CONDITION:
        wanted = replace(wanted, condition=words)
    elif kind in (Kind.SIGN_CHANGE, Kind.WEIGHT_CHANGE):
        wanted = replace(wanted, parameter=words)
    elif kind is Kind.EVENT:
        wanted = _event(wanted, words, network)
    elif kind is Kind.LAYER:
        wanted = _layer(wanted, words, network)
    elif kind in LIMITED:
        wanted = _limit(wanted, words, network)
    check(wanted, network)
    return wanted


def _what(b: Breakpoint) -> Text:
    if b.kind is Kind.CONDITION:
        return same(b.condition)
    if b.kind is Kind.EVENT:
        name = "" if b.layer is None or b.event is EventKind.LOSS else f"L{b.layer + 1} "
        return same(name + (b.event.value.replace("dL/d", "∂L/∂") if b.event else ""))
    if b.kind is Kind.LAYER:
        layer = _ANY if b.layer is None else same(f"L{b.layer + 1}")
        return layer if b.phase is None else _LAYER.filled(layer=layer, phase=PHASES[b.phase])
    who = owner(b.layer)
    return _SAID[b.kind].filled(name=b.parameter, who=who, limit=said(b.limit))


def _event(wanted: Breakpoint, words: str, network: NetworkInfo) -> Breakpoint:
    layer, rest = _split(words, network)
    event = _EVENTS.get(rest.lower())
    if event is None:
        raise UserError(_NO_EVENT, typed=words)
    return replace(wanted, layer=layer, event=event)


def _layer(wanted: Breakpoint, words: str, network: NetworkInfo) -> Breakpoint:
    layer, rest = _split(words, network)
    phases = {phase.value: phase for phase in Phase} | {"": None}
    phases |= {"前向": Phase.FORWARD, "反向": Phase.BACKWARD, "更新": Phase.UPDATE}
    word = rest.lower().strip("（）()")
    if layer is None or word not in phases:
        raise UserError(_NO_EVENT, typed=words)
    return replace(wanted, layer=layer, phase=phases[word])


def _limit(wanted: Breakpoint, words: str, network: NetworkInfo) -> Breakpoint:
    layer, rest = _split(words, network)
    if not rest:
        return replace(wanted, layer=layer)
    found = _NUMBER.fullmatch(rest.lstrip("<>=× "))
    if not found:
        raise UserError(_NO_NUMBER, typed=words, hint=said(wanted.limit))
    return replace(wanted, layer=layer, limit=float(found[0]))


def _split(words: str, network: NetworkInfo) -> tuple[int | None, str]:
    """A leading L2, and what follows it."""
    found = re.match(r"[Ll](\d+)\b\s*", words)
    if not found:
        return None, words
    return layer_number(f"L{found[1]}", len(network.layers)), words[found.end() :].strip()
