"""Says in one line what lies under the mouse."""

from __future__ import annotations

from html import escape

import numpy as np

from gradgui.gui.data import words
from gradgui.gui.data.answers import Answers
from gradgui.gui.data.colours import class_colour
from gradgui.gui.data.point_plot import Reading
from gradgui.gui.data.sampling import read_line, read_map
from gradgui.gui.language import Speech
from gradgui.gui.theme import number
from gradgui.gui.widgets.naming import unit_name
from gradgui.session.snapshot import Array, DataView, MapsView, NetworkInfo

_BETWEEN = " &nbsp; "


def reading_words(speech: Speech, data: DataView, maps: MapsView | None, reading: Reading) -> str:
    """Inputs → answer, and the target where the mouse is on a point."""
    inputs = _inputs(data, reading)
    names = [escape(speech.say(data.input_name(k))) for k in range(len(inputs))]
    parts = [f"{name} = {number(float(value), 3)}" for name, value in zip(names, inputs, strict=True)]
    if maps is not None and (maps.layers[-1].shape[1] > 1) == (inputs.size > 1):
        parts.append(_answer(speech, data, maps, inputs))
    if reading.sample is not None:
        parts.append(_target(speech, data, reading))
    return _BETWEEN.join(parts)


def unit_words(speech: Speech, network: NetworkInfo, unit: tuple[int, int], values: Array) -> str:
    """Which neuron's map is shown, and from where to where it goes."""
    low, high = (number(float(end), 3) for end in (np.nanmin(values), np.nanmax(values)))
    return escape(speech.say(words.UNIT_MAP, name=unit_name(network, *unit), low=low, high=high))


def _inputs(data: DataView, reading: Reading) -> Array:
    """A point is read exactly where it lies."""
    if reading.sample is not None:
        source = data.test_inputs if reading.test else data.inputs
        return np.asarray(source[reading.sample], np.float64)
    return np.array(reading.place[: data.inputs.shape[1]])


def _answer(speech: Speech, data: DataView, maps: MapsView, inputs: Array) -> str:
    outputs = read_map(maps, inputs[None, :2]) if inputs.size > 1 else read_line(maps, inputs[:1])
    name = speech.say(words.ANSWER)
    answers = Answers.of(data)
    if not answers.one_hot:
        said = f"→ {name} {number(float(outputs[0, 0]), 3)}"
        return f"{said} {_glyph(int(answers.verdict(outputs)[0][0]))}" if answers.classes else said
    best, sure = answers.verdict(outputs)
    share = speech.say(words.SURE, share=f"{100 * float(sure[0]):.0f}")
    return f"→ {name} {_class(speech, data, int(best[0]))}, {share}"


def _target(speech: Speech, data: DataView, reading: Reading) -> str:
    assert reading.sample is not None
    target = (data.test_targets if reading.test else data.targets)[reading.sample]
    answers, name = Answers.of(data), speech.say(words.TARGET)
    if not answers.classes:
        return f"{name} {number(float(target[0]), 3)}"
    return f"{name} {_class(speech, data, int(answers.targets(target[None])[0]))}"


def _class(speech: Speech, data: DataView, k: int) -> str:
    name = escape(speech.say(words.short_name(data, k)))
    return f"{_glyph(k)} {name}"


def _glyph(k: int) -> str:
    return f'<span style="color:{class_colour(k)}">{words.class_glyph(k)}</span>'
