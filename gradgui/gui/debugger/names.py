"""What layers, parameters and events are called in a sentence."""

from __future__ import annotations

import re

from gradgui.gui.widgets.naming import in_sentence
from gradgui.session.snapshot import EventKind, EventName, LayerInfo, Snapshot
from gradgui.text import Text, same

_CHINESE = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_NEEDLESS = re.compile(
    rf"(?<=[{_CHINESE}]) +(?=[{_CHINESE}])|(?<=[\u3000-\u303f\uff00-\uffef]) +| +(?=[\u3000-\u303f\uff00-\uffef])"
)
_NUMBERED_HEAD = Text(en="Layer {n}", zh="第 {n} 层")
_NAMED_HEAD = Text(en="{name} (layer {n})", zh="{name}（第 {n} 层）")

_SYMBOLS = {
    EventKind.LINEAR: same("z"),
    EventKind.ACTIVATION: same("a"),
    EventKind.NORMALIZE: Text(en="normalised", zh="归一化"),
    EventKind.DROPOUT: Text(en="dropout", zh="随机失活"),
    EventKind.POOL: Text(en="pooled", zh="池化"),
    EventKind.FLATTEN: Text(en="flattened", zh="展平"),
    EventKind.JOIN: Text(en="joined", zh="合并"),
    EventKind.COPY: Text(en="passed on", zh="原样传递"),
    EventKind.FORMULA: same("f"),
    EventKind.LOSS: Text(en="loss", zh="损失"),
    EventKind.D_OUTPUT: same("∂L/∂a"),
    EventKind.D_PREACTIVATION: same("∂L/∂z"),
    EventKind.D_WEIGHT: same("∂L/∂W"),
    EventKind.D_BIAS: same("∂L/∂b"),
    EventKind.D_INPUT: same("∂L/∂x"),
    EventKind.UPDATE: Text(en="update", zh="更新"),
}

_MEANINGS = {
    EventKind.LINEAR: Text(en="weighted sum of {layer}", zh="{layer}的加权和"),
    EventKind.ACTIVATION: Text(en="output of {layer} after {act}", zh="{layer}经过 {act} 的输出"),
    EventKind.NORMALIZE: Text(en="{layer} normalises its input", zh="{layer}把输入归一化"),
    EventKind.DROPOUT: Text(en="{layer} drops some values at random", zh="{layer}随机丢掉一些值"),
    EventKind.POOL: Text(en="{layer} pools its input", zh="{layer}对输入做池化"),
    EventKind.FLATTEN: Text(en="{layer} lays its input out in one row", zh="{layer}把输入排成一行"),
    EventKind.JOIN: Text(en="{layer} joins its sources", zh="{layer}合并各路输入"),
    EventKind.COPY: Text(en="{layer} passes its input on as it is", zh="{layer}把输入原样传下去"),
    EventKind.FORMULA: Text(en="value of the formula", zh="公式的值"),
    EventKind.LOSS: Text(en="loss: how far the answer is from the target", zh="损失：答案离目标有多远"),
    EventKind.D_OUTPUT: Text(en="gradient of the output", zh="输出的梯度"),
    EventKind.D_PREACTIVATION: Text(en="gradient of {layer} before {act}", zh="{layer}在 {act} 之前的梯度"),
    EventKind.D_WEIGHT: Text(en="weight gradient of {layer}", zh="{layer}权重的梯度"),
    EventKind.D_BIAS: Text(en="bias gradient of {layer}", zh="{layer}偏置的梯度"),
    EventKind.D_INPUT: Text(en="what {layer} hands back", zh="{layer}往回交的责任"),
    EventKind.UPDATE: Text(en="{layer} changes its parameters", zh="{layer}更新参数"),
}


_OTHER = Text(en="{layer} does its work", zh="{layer}做自己的计算")


def tidy(text: Text) -> Text:
    """Chinese keeps a space beside Latin letters and digits, not between two of its own characters or signs."""
    return Text(en=text.en, zh=re.sub(" {2,}", " ", _NEEDLESS.sub("", text.zh)).strip())


def is_named(layer: LayerInfo) -> bool:
    """Whether the user gave the layer a name of its own."""
    return layer.name.en != layer.id


def heading(layer: LayerInfo, number: int) -> Text:
    """The layer at the start of a paragraph: "Body (layer 2)", "Layer 2"."""
    if not is_named(layer):
        return _NUMBERED_HEAD.filled(n=number + 1)
    return _NAMED_HEAD.filled(name=layer.name, n=number + 1)


def event_label(event: EventName) -> Text:
    """The short label of an event in lists: "L3 ∂L/∂b"; the loss belongs to no layer."""
    symbol = _SYMBOLS.get(event.kind, same(event.kind.value))
    if event.kind is EventKind.LOSS:
        return symbol
    return Text(en=f"{event.layer_id} {symbol.en}", zh=f"{event.layer_id} {symbol.zh}")


def event_meaning(snapshot: Snapshot, event: EventName) -> Text:
    """An event in a few plain words, for tooltips and screen readers."""
    info = snapshot.network.layers[event.layer]
    return tidy(
        _MEANINGS.get(event.kind, _OTHER).filled(layer=in_sentence(snapshot.network, event.layer), act=info.label)
    )
