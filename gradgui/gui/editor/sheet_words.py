"""The words of the sheet about one layer."""

from __future__ import annotations

from gradgui.text import Text

TITLE = Text(en="Layer L{n}", zh="第 {n} 层")
NAME = Text(en="name of this layer", zh="这一层的名称")
WEIGHTS = Text(en="Weights", zh="权重")
CURVE = Text(en="Activation at work", zh="激活函数的工作状态")
LEGEND = Text(
    en="Line: f(z); dashed: slope f′(z). Large dots: the neurons now; small ones: the other samples.",
    zh="实线：f(z)；虚线：斜率 f′(z)。大点：各神经元此刻的位置；小点：其他样本。",
)
HOLD_W = Text(en="freeze W", zh="冻结 W")
HOLD_B = Text(en="freeze b", zh="冻结 b")
OTHERS = Text(en="Also frozen: {names}", zh="另外冻结的：{names}")
EARLIER = Text(en="◀ Move", zh="◀ 左移")
LATER = Text(en="Move ▶", zh="右移 ▶")
DUPLICATE = Text(en="Duplicate", zh="复制")
DELETE = Text(en="Delete", zh="删除")
NOT_YET = Text(en="The dots appear once z is computed: press Step.", zh="算出 z 之后才有点：请按“步进”。")
FLAT = Text(
    en="Saturated, the slope is almost 0 so that they hardly learn: {units}.",
    zh="已饱和，斜率几乎为 0，学得很慢：{units}。",
)
DEAD = Text(
    en="Dead, the slope is 0 for every sample so that they cannot learn: {units}.",
    zh="已死，对每个样本斜率都是 0，学不到东西：{units}。",
)
AWAKE = Text(en="All units are awake: none is saturated or dead.", zh="所有神经元都能学习：没有饱和的，也没有死的。")
UNIT = Text(en="unit {n}", zh="神经元 {n}")
UNITS = Text(en="units {n}", zh="神经元 {n}")


def listed(units: list[int]) -> Text:
    """Their numbers, counted from 0 as in W[0,1]."""
    if len(units) == 1:
        return UNIT.filled(n=units[0])
    return Text(en=UNITS.en.format(n=", ".join(map(str, units))), zh=UNITS.zh.format(n="、".join(map(str, units))))
