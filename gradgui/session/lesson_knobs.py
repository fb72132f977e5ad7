"""The numbers that a lesson lets the student turn: what they are called, how far they go, where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gradgui.engine.gradient_check import parameter_names
from gradgui.lessons.lesson import Lesson, Setting, Settings
from gradgui.text import Text, same

if TYPE_CHECKING:
    from gradgui.session.lesson_run import LessonRun

MOST = 8
"""So many sliders fit beside the network; with more parameters, wires are dragged in the network itself."""
NAME = re.compile(r"L(\d+)\.([Wb])\[(\d+)(?:,(\d+))?\]")
RATE = Text(en="rate η", zh="学习率 η")
DECAY = Text(en="weight decay", zh="权重衰减")
ALL = Text(en="all weights", zh="全部权重")
TARGET = Text(en="target", zh="目标")
INPUT = Text(en="input x", zh="输入 x")


@dataclass(frozen=True, slots=True)
class Knob:
    """One number to turn."""

    id: str
    """L1.b[0], lr, weight_decay, all.W, y[0] or x[0,1]."""
    name: Text
    low: float
    high: float
    log: bool = False


def knobs(run: LessonRun, control: str) -> tuple[Knob, ...]:
    """What a control such as slider:L1.b or target gives to turn."""
    state, deeds = run.state, run.deeds
    if state is None or deeds is None:
        return ()
    lesson, (kind, _, what) = state.lesson, control.partition(":")
    if kind == "slider" and what in SETTINGS:
        name, low, high, log = SETTINGS[what]
        low, high = lesson.ui.ranges.get(what, (low, high))
        return (Knob(what, name, low, high, log),)
    if kind == "slider":
        return _parameters(run, lesson, "" if what == "any" else what)
    if control in ("target", "x"):
        return _data(run, lesson, control)
    return ()


def value(run: LessonRun, knob: Knob) -> float:
    """Where it stands."""
    deeds, experiment = run.deeds, run.session.experiment
    if deeds is None or experiment is None:
        return knob.low
    if knob.id == "lr":
        return experiment.optimizer.learning_rate
    if knob.id == "weight_decay":
        return float(getattr(experiment.optimizer, "weight_decay", 0.0))
    if knob.id == "all.W":
        first = np.asarray(deeds.facts.layers[0].W).ravel()
        return float(first[0]) if first.size else 0.0
    if knob.id[0] in "xy":
        row, column = _place(knob.id)
        numbers = deeds.facts.x if knob.id[0] == "x" else deeds.facts.y
        return float(numbers[row, column])
    names = [name for _, name in parameter_names(deeds.play.compiled.network)]
    return float(deeds.theta[names.index(knob.id)]) if knob.id in names else knob.low


def turned(run: LessonRun, knob: Knob, number: float) -> Settings:
    """The setting that turns it there."""
    if knob.id[0] not in "xy":
        return {knob.id: number}
    facts = run.deeds.facts if run.deeds is not None else None
    rows = [] if facts is None else (facts.x if knob.id[0] == "x" else facts.y).tolist()
    row, column = _place(knob.id)
    rows[row][column] = number
    setting: Setting = tuple(tuple(float(entry) for entry in one) for one in rows)
    return {knob.id[0]: setting}


SETTINGS: dict[str, tuple[Text, float, float, bool]] = {
    "lr": (RATE, 0.01, 3.0, True),
    "weight_decay": (DECAY, 0.0, 0.01, False),
    "all.W": (ALL, 0.0, 3.0, False),
}


def _parameters(run: LessonRun, lesson: Lesson, prefix: str) -> tuple[Knob, ...]:
    assert run.deeds is not None
    network = run.deeds.play.compiled.network
    found = []
    for place, (_, name) in enumerate(parameter_names(network)):
        if network.trainable[place] and name.startswith(prefix):
            low, high = _range(lesson, name, float(run.deeds.theta[place]))
            found.append(Knob(name, called(lesson, name, network.size), low, high))
    return tuple(found) if len(found) <= MOST else ()


def _range(lesson: Lesson, name: str, now: float) -> tuple[float, float]:
    ui = lesson.ui
    if name in ui.ranges or name.partition("[")[0] in ui.ranges:
        return ui.ranges.get(name) or ui.ranges[name.partition("[")[0]]
    if name in ui.surface.axes and ui.surface.range:
        return ui.surface.range[ui.surface.axes.index(name)]
    return min(-3.0, now - 3.0), max(3.0, now + 3.0)


def called(lesson: Lesson, name: str, size: int) -> Text:
    """What people call a parameter: W1 where a layer has one, the input's name where the lesson gives it one."""
    match = NAME.fullmatch(name)
    assert match is not None
    layer, letter, row, column = int(match[1]), match[2], match[3], match[4]
    if letter == "W" and layer == 1 and column is not None and int(column) < len(lesson.input_names) and size < MOST:
        return lesson.input_names[int(column)]
    spec = lesson.experiment.network.layers[min(layer, len(lesson.experiment.network.layers)) - 1]
    single = getattr(spec, "units", 1) == 1
    if letter == "b":
        return same(f"b{layer}" if single else f"b{layer}[{row}]")
    weights = getattr(spec, "W", None) or ((0.0,),)
    lone = single and len(weights[0]) == 1
    return same(f"W{layer}" if lone else f"W{layer}[{row},{column}]")


def _data(run: LessonRun, lesson: Lesson, control: str) -> tuple[Knob, ...]:
    assert run.deeds is not None
    letter = "y" if control == "target" else "x"
    name = TARGET if letter == "y" else INPUT
    numbers = run.deeds.facts.x if letter == "x" else run.deeds.facts.y
    shares = lesson.experiment.loss.__struct_config__.tag in ("bce", "cross_entropy", "gap")
    found = []
    for row, column in np.ndindex(*numbers.shape):
        now = float(numbers[row, column])
        low, high = (0.0, 1.0) if shares and letter == "y" else (min(-2.0, now - 10), max(2.0, now + 10))
        if letter == "x":
            low, high = -2.0, 2.0
        low, high = lesson.ui.ranges.get(letter, (low, high))
        found.append(Knob(f"{letter}[{row},{column}]", name, low, high))
    return tuple(found) if len(found) <= MOST else ()


def _place(name: str) -> tuple[int, int]:
    row, column = name[2:-1].split(",")
    return int(row), int(column)
