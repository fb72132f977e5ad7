"""The words of the data pane."""

from __future__ import annotations

from gradgui.gui.data.answers import Answers
from gradgui.gui.data.glyphs import SHAPES
from gradgui.gui.theme import number as figure
from gradgui.session.snapshot import DataView
from gradgui.text import Text, same

NAME = Text(en="Data", zh="数据")
BATCH_TABLE = Text(en="The batch, one row per sample", zh="这一批数据，每行一个样本")
EMPTY = Text(en="No data yet.\nChoose a data set to begin.", zh="还没有数据。\n先选一组数据吧。")
HINT = Text(en="Point at the picture to read it.", zh="把鼠标移到图上，就能读数。")
MAP = Text(en="Picture of the data and of what the network answers", zh="数据与网络回答的图")
KEYS = Text(en="Arrow keys read one point after the other, Enter traces it.", zh="方向键逐个读数据点，按回车追踪它。")
COUNT = Text(en="{train} training points", zh="{train} 个训练点")
BRIEF_COUNT = Text(en="{train} points", zh="{train} 个点")
COUNTS = Text(en="{train} training, {test} test points", zh="训练点 {train}，测试点 {test}")
COUNTS_IN_TWO_LINES = Text(en="{train} training\n{test} test points", zh="训练点 {train}\n测试点 {test}")
BRIEF_COUNTS = Text(en="{train} + {test} points", zh="{train} + {test} 个点")
BRIEFEST_COUNTS = Text(en="{train} + {test}", zh="{train} + {test}")
TRAIN, TEST = Text(en="training points", zh="训练点"), Text(en="test points", zh="测试点")
MISTAKES = Text(en="ring mistakes", zh="圈出错误")
DISCRETE = Text(en="sharp borders", zh="只看分界")
DISCRETE_TIP = Text(
    en="Colour only what the network decides, not how sure it is", zh="只按判定结果上色，不区分把握的大小"
)
ERRORS = Text(en="show errors", zh="显示误差")
GOAL = Text(en="target {value}", zh="目标 {value}")
CLASS = Text(en="class {number}", zh="第 {number} 类")
MODEL = Text(en="the network’s answer", zh="网络的回答")
ANSWER, TARGET = Text(en="answer", zh="回答"), Text(en="target", zh="目标")
SURE = Text(en="{share} % sure", zh="{share} % 把握")
UNSURE, CERTAIN = Text(en="unsure", zh="没把握"), Text(en="sure", zh="很有把握")
UNIT_MAP = Text(en="{name} over the whole plane: {low} to {high}", zh="{name} 在整个平面上：{low} 到 {high}")
PICTURE = Text(en="picture", zh="图")
SAMPLE = Text(en="sample", zh="样本")


def class_name(data: DataView, number: int) -> Text:
    """What a class is called; two classes without names are told by their targets, more are counted from 0."""
    if number < len(data.class_names):
        return data.class_names[number]
    if Answers.of(data).one_hot:
        return CLASS.filled(number=number)
    return GOAL.filled(value=class_value(data, number))


def short_name(data: DataView, number: int) -> Text:
    """The same where the word "target" has just been said."""
    if number < len(data.class_names) or Answers.of(data).one_hot:
        return class_name(data, number)
    return same(class_value(data, number))


def class_value(data: DataView, number: int) -> str:
    """The target of one of two classes: 0 and 1, or −1 and +1."""
    answers = Answers.of(data)
    value = answers.high if number else answers.low
    return figure(value, digits=1, signed=answers.low < 0)


def class_glyph(number: int) -> str:
    """The shape of a class in running text."""
    return SHAPES[number % len(SHAPES)]
