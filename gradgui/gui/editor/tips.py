"""What a button of the network is for, in a sentence beside the pointer."""

from __future__ import annotations

from gradgui.gui.editor.details import LayerHit
from gradgui.gui.editor.handles import (
    ActivationHit,
    AddHit,
    CountHit,
    DropHit,
    FeatureHit,
    HowHit,
    KindsHit,
    LinkHit,
    StepHit,
    Target,
)
from gradgui.gui.editor.sight import Sight
from gradgui.text import Text

ADD = Text(en="Add a dense layer here. Right-click: other kinds", zh="在这里加一个全连接层。右键：其他种类")
KINDS = Text(en="Choose the kind of layer to add here", zh="选择要加在这里的层的种类")
MORE = Text(en="One unit more", zh="增加一个神经元")
LESS = Text(en="One unit less", zh="减少一个神经元")
COUNT = Text(en="Type the number of units, 1 to 64", zh="输入神经元数，1 到 64")
DROP = Text(en="Delete this layer", zh="删除这一层")
ACTIVATION = Text(en="Choose another activation", zh="选择别的激活函数")
LAYER = Text(
    en="{name}. Click: everything about this layer. Drag: move it. Right-click: more",
    zh="{name}。单击：查看这一层的全部；拖动：换位置；右键：更多",
)
LINK = Text(en="Skip link. Click, then Delete: remove it", zh="跳跃连线。单击后按 Delete 可删除")
HOW = Text(en="Add what this link brings, or put it beside", zh="把这条连线带来的数相加，或并排拼接")

SHOW = Text(en="Show this to the network too", zh="把这个特征也给网络看")
HIDE = Text(en="No longer show this to the network", zh="不再给网络看这个特征")


def tip_for(hit: Target | None, sight: Sight) -> Text | None:
    """Words for a button; None for what tells its numbers on a card."""
    if isinstance(hit, StepHit):
        return MORE if hit.by > 0 else LESS
    if isinstance(hit, FeatureHit):
        return SHOW if hit.on else HIDE
    if isinstance(hit, LayerHit):
        info = sight.info(hit.layer)
        return None if info is None else LAYER.filled(name=info.name)
    return None if hit is None else _WORDS.get(type(hit))


_WORDS: dict[type, Text] = {
    AddHit: ADD,
    KindsHit: KINDS,
    CountHit: COUNT,
    DropHit: DROP,
    ActivationHit: ACTIVATION,
    LinkHit: LINK,
    HowHit: HOW,
}
