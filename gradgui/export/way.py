"""The recorded way through a task, in words: what a teacher does in front of the class, one thing after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np

from gradgui.catalog.registry import activation_kinds, loss_kinds, optimizer_kinds
from gradgui.export.chart import number
from gradgui.lessons.lesson import Act, Setting
from gradgui.text import Text, same

WAY = Text(en="One way: {acts}.", zh="一种做法：{acts}。")
DIFFERENTIAL = re.compile(r"d(?=[A-Za-z])")
PARAMETER = re.compile(r"L(\d+)\.([Wb])")
NAMES = {
    "y": Text(en="target", zh="目标"),
    "x": Text(en="input", zh="输入"),
    "act": Text(en="activation", zh="激活函数"),
    "loss": Text(en="loss", zh="损失"),
    "lr": Text(en="learning rate", zh="学习率"),
    "kind": Text(en="optimizer", zh="优化器"),
    "batch": Text(en="batch size", zh="批大小"),
    "weight_decay": Text(en="weight decay", zh="权重衰减"),
    "all.W": Text(en="all weights", zh="所有权重"),
}
SET = Text(en="{name} = {value}", zh="{name} = {value}")
TRAIN = Text(en="train {steps} steps", zh="训练 {steps} 步")
TRAIN_ONCE = Text(en="train one step", zh="训练一步")
UNTIL = Text(en="train until it is done", zh="训练到完成为止")
RUN = {
    "forward": Text(en="run Forward", zh="运行“前向”"),
    "backward": Text(en="run Backward", zh="运行“反向”"),
    "update": Text(en="run Update", zh="运行“更新”"),
}
STEP = Text(en="Step through {times} events", zh="用“步进”走过 {times} 个事件")
PLAY = Text(en="press Play", zh="按“播放”")
RESET = Text(en="same start", zh="回到同一个起点")
ASK = Text(en="question {layer}", zh="询问 {layer}")
PLACE = Text(en="lay the cards {cards}", zh="依次摆卡片 {cards}")
NEXT = Text(en="type {value}", zh="填 {value}")
NUDGE = Text(en="nudge {names}", zh="推一推 {names}")
NUDGE_ALL = Text(en="nudge every parameter", zh="每个参数都推一推")
UNPLUG, PLUG = Text(en="unplug the loss", zh="拔掉损失"), Text(en="plug the loss in", zh="插回损失")
BLAME = Text(en="name {layer}", zh="指出 {layer}")


def way(acts: Iterable[Act]) -> Text | None:
    """A solution as one sentence; None where there is nothing to do."""
    words = [each for act in _joined(acts) for each in _said(act)]
    if not words:
        return None
    return WAY.filled(acts=Text(en="; ".join(each.en for each in words), zh="；".join(each.zh for each in words)))


def parameter(name: str) -> str:
    """L1.W[1,0] as the window writes it: W1[1,0]."""
    return PARAMETER.sub(r"\2\1", name)


def _joined(acts: Iterable[Act]) -> list[Act]:
    """Presses of Step that follow each other are counted together."""
    joined: list[Act] = []
    for act in acts:
        if act.step is not None and joined and joined[-1].step is not None:
            joined[-1] = Act(step=joined[-1].step + act.step)
        else:
            joined.append(act)
    return joined


def _said(act: Act) -> list[Text]:
    """An act in words, by whichever of its fields says something."""
    if act.set is not None:
        return [_set(name, value) for name, value in act.set.items()]
    return [say(getattr(act, name)) for name, say in SAID.items() if getattr(act, name) is not None]


def _set(name: str, value: Setting) -> Text:
    called = NAMES.get(name) or same(parameter(name))
    return SET.filled(name=called, value=_kind(value) if isinstance(value, str) else _numbers(value))


def _kind(kind_id: str) -> Text:
    """By its name in the catalog."""
    known = {**optimizer_kinds(), **loss_kinds(), **activation_kinds()}
    return known[kind_id].name


def _numbers(value: Setting) -> str:
    numbers = [number(float(each)) for each in np.ravel(np.array(value, dtype=np.float64))]
    return numbers[0] if len(numbers) == 1 else f"({', '.join(numbers)})"


def _listed(names: Iterable[str]) -> Text:
    said = tuple(names)
    return Text(en=", ".join(said), zh="、".join(said))


def _nudge(names: tuple[str, ...]) -> Text:
    return NUDGE.filled(names=_listed(map(parameter, names))) if names else NUDGE_ALL


SAID: dict[str, Callable[..., Text]] = {
    "train": lambda steps: TRAIN_ONCE if steps == 1 else TRAIN.filled(steps=steps),
    "until": lambda _: UNTIL,
    "go": lambda phase: RUN[phase],
    "step": lambda times: STEP.filled(times=times),
    "play": lambda _: PLAY,
    "reset": lambda _: RESET,
    "ask": lambda layer: ASK.filled(layer=layer),
    "place": lambda cards: PLACE.filled(cards=_listed(DIFFERENTIAL.sub("∂", card) for card in cards)),
    "next": lambda value: NEXT.filled(value=number(value)),
    "nudge": _nudge,
    "loss": lambda what: UNPLUG if what == "unplug" else PLUG,
    "blame": lambda layer: BLAME.filled(layer=layer),
}
"""What a field of an act says, except `set`, which may change several things."""
