"""One short sentence for what the last event of a training step did, with the real numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from gradgui.gui.theme import MINUS
from gradgui.gui.widgets.naming import bias_name, called, compact, in_sentence, is_locked, short, term, weight_name
from gradgui.session.snapshot import EventKind, LayerInfo, LayerValues, Snapshot
from gradgui.text import Text, same

READY = Text(en="Nothing is computed yet. Step begins with {name}.", zh="还没有开始计算。点“步进”，从{name}开始。")
DECREASE = Text(en="it must decrease", zh="需要减小")
INCREASE = Text(en="it must increase", zh="需要增大")
STAY = Text(en="it may stay", zh="不用变")

LINEAR_ONE = Text(en="{name}: {sum} = {z}", zh="{name}算出 {sum} = {z}")
LINEAR_MANY = Text(
    en="{name}: {units} neurons each weigh {inputs} inputs and add a bias",
    zh="{name}：{units} 个神经元各把 {inputs} 个输入加权相加，再加偏置",
)
LINEAR_ALONE = Text(
    en="{name}: one neuron weighs {inputs} inputs and adds a bias",
    zh="{name}：1 个神经元把 {inputs} 个输入加权相加，再加偏置",
)
LINEAR_SHARED = Text(
    en="{name}: {units} neurons each weigh the one input and add a bias",
    zh="{name}：{units} 个神经元各给这 1 个输入加权，再加偏置",
)
SAME_OUT = Text(en="{name}: {a} goes on as it is", zh="{name}原样输出 {a}")
ACTIVATION_ONE = Text(en="{name}: {f}({z}) = {a}", zh="{name}输出 {f}({z}) = {a}")
ACTIVATION_MANY = Text(en="{name}: {f} shapes all {units} sums", zh="{name}：{units} 个和都经过 {f}")
LOSS_ONE = Text(en="The answer is {a}, the target {y}: loss {loss}", zh="答案是 {a}，目标是 {y}：损失 {loss}")
LOSS_MANY = Text(en="The answers are compared with their targets: loss {loss}", zh="把答案和目标相比：损失 {loss}")
OUTPUT_ONE = Text(
    en="The loss holds the answer responsible: ∂L/∂a = {da}, {verdict}",
    zh="损失向答案追责：∂L/∂a = {da}，{verdict}",
)
OUTPUT_MANY = Text(en="The loss holds each of the {units} answers responsible", zh="损失分别向 {units} 个答案追责")
SLOPE_ONE = Text(en="{name}: blame {da} × slope {slope} = {dz}", zh="{name}：责任 {da} × 斜率 {slope} = {dz}")
SLOPE_FUSED = Text(en="{name}: ∂L/∂z = {dz}", zh="{name}：∂L/∂z = {dz}")
SLOPE_MANY = Text(
    en="{name}: every blame is multiplied by the slope at its neuron",
    zh="{name}：每份责任都乘以该神经元的斜率",
)
BLAME_ONE = Text(en="{what} answers for {g}: {verdict}", zh="{what} 要负责 {g}：{verdict}")
BLAME_MANY = Text(
    en="{name}: {count} {what} get their blame, the largest is {worst} at {where}",
    zh="{name}：{count} 个{what}都分到责任，最大的是 {where} 的 {worst}",
)
BLAME_SOME = Text(
    en="{name}: {some} of {count} {what} get blame, the largest is {worst} at {where}",
    zh="{name}：{count} 个{what}里有 {some} 个分到责任，最大的是 {where} 的 {worst}",
)
BLAME_NONE = Text(en="{name}: none of the {count} {what} gets blame", zh="{name}：{count} 个{what}都没有责任")
WEIGHTS = Text(en="weights", zh="权重")
BIASES = Text(en="biases", zh="偏置")
HANDED_ONE = Text(en="blame {dx} is handed back to {name}", zh="把责任 {dx} 交给{name}")
HANDED_MANY = Text(
    en="blame is shared out among the {units} neurons of {name}", zh="把责任分给{name}的 {units} 个神经元"
)
HANDED_INPUTS = Text(en="blame arrives at the {units} inputs", zh="责任传到 {units} 个输入")
UPDATE_ONE = Text(en="{changes}", zh="{changes}")
UPDATE_MANY = Text(
    en="{name}: {count} parameters move against their gradients", zh="{name}：{count} 个参数逆着梯度走一步"
)
UPDATE_BY_RULE = Text(en="{name}: {count} parameters take their step", zh="{name}：{count} 个参数各走一步")
"""Of an optimiser that may carry some of them on against their newest gradient."""
NO_PARAMETERS = Text(en="{name}: nothing to learn here", zh="{name}：没有要学的参数")
PLAIN: dict[EventKind, Text] = {
    EventKind.NORMALIZE: Text(en="{name}: values are brought to one scale", zh="{name}把数值统一到同一尺度"),
    EventKind.DROPOUT: Text(en="{name}: some neurons are dropped by chance", zh="{name}随机关掉一些神经元"),
    EventKind.POOL: Text(en="{name}: one value of each patch is kept", zh="{name}在每个小块里留下一个值"),
    EventKind.FLATTEN: Text(en="{name}: all values are laid in one row", zh="{name}把所有数值排成一行"),
    EventKind.FORMULA: Text(en="{name}: the formula gives the height of this place", zh="{name}：公式给出此处的高度"),
    EventKind.COPY: Text(en="{name}: what reaches it is passed on as it is", zh="{name}把收到的数值原样传下去"),
    EventKind.JOIN: Text(en="{name}: what reaches it is joined", zh="{name}把传来的数值合在一起"),
}


def sentence(snapshot: Snapshot) -> Text:
    """What the current event did, for the chosen sample; before the first event, what Step would do."""
    said = _told(snapshot)
    return Text(en=said.en, zh=re.sub(r" *([，：。]) *", r"\1", said.zh).strip())


def verdict(gradient: float) -> Text:
    """Which way a value with this gradient has to go."""
    if gradient == 0:
        return STAY
    return DECREASE if gradient > 0 else INCREASE


def _told(snapshot: Snapshot) -> Text:
    event = snapshot.current
    if event is None:
        return READY.filled(name=in_sentence(snapshot.network, 0))
    teller = _TELLERS.get(event.kind)
    if teller is None:
        return PLAIN[event.kind].filled(name=called(snapshot.network.layers[event.layer]))
    return teller(snapshot, event.layer)


def _linear(snapshot: Snapshot, layer: int) -> Text:
    info, values = _layer(snapshot, layer)
    x, z = _upstream(snapshot, layer), _row(snapshot, values.z)
    if x is None or z is None or values.W is None or info.units != 1 or values.W.shape != (1, len(x)) or len(x) > 3:
        words = LINEAR_ALONE if info.units == 1 else LINEAR_SHARED if info.inputs == 1 else LINEAR_MANY
        return words.filled(name=called(info), units=info.units, inputs=info.inputs)
    products = " + ".join(f"{term(w)}·{term(v)}" for w, v in zip(_before(values)[0], x, strict=True))
    bias = values.b_before if values.b_before is not None else values.b
    total = products if bias is None else f"{products} {_added(bias[0])}"
    return LINEAR_ONE.filled(name=called(info), sum=total, z=compact(z[0]))


def _activation(snapshot: Snapshot, layer: int) -> Text:
    info, values = _layer(snapshot, layer)
    z, a = _row(snapshot, values.z), _row(snapshot, values.a)
    if info.units != 1 or z is None or a is None:
        return ACTIVATION_MANY.filled(name=called(info), f=info.label, units=info.units)
    if info.activation == "identity":
        return SAME_OUT.filled(name=called(info), a=compact(a[0]))
    return ACTIVATION_ONE.filled(name=called(info), f=info.label, z=compact(z[0]), a=compact(a[0]))


def _loss(snapshot: Snapshot, layer: int) -> Text:
    a = _row(snapshot, snapshot.layers[layer].a)
    loss = compact(snapshot.loss) if snapshot.loss is not None else "?"
    if a is None or snapshot.y.shape != (1, 1) or len(a) != 1:
        return LOSS_MANY.filled(loss=loss)
    return LOSS_ONE.filled(a=compact(a[0]), y=compact(snapshot.y[0, 0]), loss=loss)


def _output(snapshot: Snapshot, layer: int) -> Text:
    da = _row(snapshot, snapshot.layers[layer].da)
    if da is None or len(da) != 1:
        return OUTPUT_MANY.filled(units=snapshot.network.outputs)
    return OUTPUT_ONE.filled(da=compact(da[0], signed=True), verdict=verdict(da[0]))


def _slope(snapshot: Snapshot, layer: int) -> Text:
    info, values = _layer(snapshot, layer)
    dz = _row(snapshot, values.dz)
    if info.units != 1 or dz is None:
        return SLOPE_MANY.filled(name=called(info))
    da, slope = _row(snapshot, values.da), _row(snapshot, values.slope)
    said = compact(dz[0], signed=True)
    if da is None or slope is None:
        return SLOPE_FUSED.filled(name=called(info), dz=said)
    return SLOPE_ONE.filled(name=called(info), da=compact(da[0], signed=True), slope=term(slope[0]), dz=said)


def _weight(snapshot: Snapshot, layer: int) -> Text:
    info, values = _layer(snapshot, layer)
    if values.dW is None or values.dW.size == 0:
        return NO_PARAMETERS.filled(name=called(info))
    unit, source = np.unravel_index(int(np.argmax(np.abs(values.dW))), values.dW.shape)[:2]
    where = weight_name(layer, int(unit), int(source), info)
    return _blamed(info, values.dW.reshape(-1), WEIGHTS, where)


def _bias(snapshot: Snapshot, layer: int) -> Text:
    info, values = _layer(snapshot, layer)
    if values.db is None or values.db.size == 0:
        return NO_PARAMETERS.filled(name=called(info))
    return _blamed(info, values.db, BIASES, bias_name(layer, int(np.argmax(np.abs(values.db))), info))


def _blamed(info: LayerInfo, gradients: np.ndarray, what: Text, where: str) -> Text:
    worst = float(gradients[int(np.argmax(np.abs(gradients)))])
    said = compact(worst, signed=True)
    if gradients.size == 1:
        return BLAME_ONE.filled(what=where, g=said, verdict=verdict(worst))
    some, count = int(np.count_nonzero(gradients)), gradients.size
    if not some:
        return BLAME_NONE.filled(name=called(info), count=count, what=what)
    if some < count:
        return BLAME_SOME.filled(name=called(info), some=some, count=count, what=what, worst=said, where=where)
    return BLAME_MANY.filled(name=called(info), count=count, what=what, worst=said, where=where)


def _handed(snapshot: Snapshot, layer: int) -> Text:
    info, values = _layer(snapshot, layer)
    to, dx = _source(info, layer), _row(snapshot, values.dx)
    if dx is not None and len(dx) == 1:
        return HANDED_ONE.filled(dx=short(dx[0], signed=True), name=in_sentence(snapshot.network, to))
    if to < 0:
        return HANDED_INPUTS.filled(units=info.inputs)
    return HANDED_MANY.filled(units=info.inputs, name=in_sentence(snapshot.network, to))


def _update(snapshot: Snapshot, layer: int) -> Text:
    info, values = _layer(snapshot, layer)
    if info.parameters == 0:
        return NO_PARAMETERS.filled(name=called(info))
    if info.parameters > 2 or info.units * info.inputs != 1:
        words = UPDATE_MANY if snapshot.network.optimizer == "sgd" else UPDATE_BY_RULE
        return words.filled(name=called(info), count=info.parameters)
    rows = (("W", (0, 0), values.W_before, values.W), ("b", (0,), values.b_before, values.b))
    known = [(letter, place, old, new) for letter, place, old, new in rows if old is not None and new is not None]
    moves = [move for move in known if not is_locked(info, move[0], *move[1])] or known
    said = [f"{letter}{layer + 1}: {compact(old.flat[0])} → {compact(new.flat[0])}" for letter, _, old, new in moves]
    return UPDATE_ONE.filled(changes=Text(en=", ".join(said), zh="，".join(said)) if said else same("?"))


def _layer(snapshot: Snapshot, layer: int) -> tuple[LayerInfo, LayerValues]:
    return snapshot.network.layers[layer], snapshot.layers[layer]


def _source(info: LayerInfo, layer: int) -> int:
    return info.sources[0] if info.sources else layer - 1


def _upstream(snapshot: Snapshot, layer: int) -> np.ndarray | None:
    source = _source(snapshot.network.layers[layer], layer)
    return _row(snapshot, snapshot.x if source < 0 else snapshot.layers[source].a)


def _row(snapshot: Snapshot, values: np.ndarray | None) -> np.ndarray | None:
    """The chosen sample's numbers."""
    if values is None or len(values) == 0:
        return None
    return np.asarray(values[min(snapshot.sample, len(values) - 1)])


def _before(values: LayerValues) -> np.ndarray:
    """The weights that the forward pass used."""
    used = values.W_before if values.W_before is not None else values.W
    assert used is not None
    return used


def _added(bias: float) -> str:
    return f"{MINUS} {compact(-bias)}" if bias < 0 else f"+ {compact(bias)}"


_TELLERS: dict[EventKind, Callable[[Snapshot, int], Text]] = {
    EventKind.LINEAR: _linear,
    EventKind.ACTIVATION: _activation,
    EventKind.LOSS: _loss,
    EventKind.D_OUTPUT: _output,
    EventKind.D_PREACTIVATION: _slope,
    EventKind.D_WEIGHT: _weight,
    EventKind.D_BIAS: _bias,
    EventKind.D_INPUT: _handed,
    EventKind.UPDATE: _update,
}
