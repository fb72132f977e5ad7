"""The network in words, for those who hear it instead of seeing it."""

from __future__ import annotations

from gradgui.gui.editor.captions import PARAMETERS, units_of
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit, details
from gradgui.gui.editor.handles import Target
from gradgui.gui.editor.reading import backward_begun, before, row
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.tips import tip_for
from gradgui.gui.widgets.naming import compact
from gradgui.session.snapshot import Array, LayerInfo, LayerValues, Snapshot
from gradgui.text import Text, same

INPUTS = Text(en="Input: {names}; values {values}", zh="输入：{names}；数值 {values}")
LAYER = Text(
    en="Layer {n}, {name}: {label}, {units}, {parameters}{numbers}; output {a}{blame}",
    zh="第 {n} 层，{name}：{label}，{units}，{parameters}{numbers}；输出 {a}{blame}",
)
NUMBERS = Text(en="; weights {W}, biases {b}", zh="；权重 {W}，偏置 {b}")
BLAME = Text(en="; gradient of the weights {dW}, of the biases {db}", zh="；权重的梯度 {dW}，偏置的梯度 {db}")
LOSS = Text(en="Loss: {loss}", zh="损失：{loss}")
UNKNOWN = Text(en="not computed yet", zh="还没有计算")
MANY = Text(en="{n} values", zh="{n} 个数")
MOST = 8
"""Longer lists are only counted."""


def spoken_rows(snapshot: Snapshot) -> list[Text]:
    """One sentence for the inputs, for every layer and for the loss."""
    network = snapshot.network
    layers = zip(network.layers, snapshot.layers, strict=True)
    return [
        INPUTS.filled(names=", ".join(network.inputs), values=_list(row(snapshot, snapshot.x))),
        *(_layer(snapshot, n, info, values) for n, (info, values) in enumerate(layers, 1)),
        LOSS.filled(loss=UNKNOWN if snapshot.loss is None else compact(snapshot.loss)),
    ]


def spoken_target(sight: Sight, target: Target) -> Text:
    """What the keys have come to: a weight or neuron with its numbers, a layer, a button."""
    snapshot = sight.snapshot
    if snapshot is None:
        return same("")
    if isinstance(target, LayerHit) and 0 <= target.layer < len(snapshot.layers):
        return spoken_rows(snapshot)[target.layer + 1]
    told = details(snapshot, target) if isinstance(target, NodeHit | EdgeHit) else None
    if told is None:
        return tip_for(target, sight) or same("")
    rows = [(name, UNKNOWN if value == "?" else same(value)) for name, value in told.rows]
    return Text(
        en="; ".join([told.title.en, *(f"{name.en} {value.en}" for name, value in rows)]),
        zh="；".join([told.title.zh, *(f"{name.zh} {value.zh}" for name, value in rows)]),
    )


def _layer(snapshot: Snapshot, n: int, info: LayerInfo, values: LayerValues) -> Text:
    numbers = same("")
    if values.W is not None:
        numbers = NUMBERS.filled(W=_list(before(values)), b=_list(values.b))
    blame = same("")
    if backward_begun(snapshot) and values.W is not None:
        blame = BLAME.filled(dW=_list(values.dW), db=_list(values.db))
    return LAYER.filled(
        n=n, name=info.name, label=info.label, units=units_of(info),
        parameters=PARAMETERS.filled(n=info.parameters), numbers=numbers,
        a=_list(row(snapshot, values.a)), blame=blame,
    )  # fmt: skip


def _list(values: Array | None) -> Text:
    if values is None:
        return UNKNOWN
    if values.size > MOST:
        return MANY.filled(n=values.size)
    said = [compact(value) for value in values.reshape(-1)]
    return Text(en=", ".join(said), zh="、".join(said))
