"""The numbers of one event in half a sentence: few one by one, many by the largest or by where they lie."""

from __future__ import annotations

import numpy as np

from gradgui.gui.debugger import figures
from gradgui.gui.debugger.values import GRADIENTS
from gradgui.gui.widgets import naming
from gradgui.session.snapshot import Array, EventKind, EventName, LayerInfo, Snapshot
from gradgui.text import Text

FEW = 4
"""So many numbers are said one by one."""
_OF_SAMPLE = Text(en="{values} for sample {n} of {count}", zh="第 {n} 个样本（共 {count} 个）为 {values}")
_RANGE = Text(en="{count} numbers from {low} to {high}", zh="{count} 个数，从 {low} 到 {high}")
_LARGEST = Text(en="{count} numbers, the largest {value} at {name}", zh="{count} 个数，最大的是 {name} 的 {value}")
_OF_PARAMETERS = frozenset({EventKind.D_WEIGHT, EventKind.D_BIAS})


def told_numbers(snapshot: Snapshot, event: EventName, array: Array) -> Text:
    """What an event wrote: for parameters all of it, otherwise what belongs to the sample in focus."""
    if event.kind in _OF_PARAMETERS:
        return _said_one_by_one(event, array) or _largest(snapshot.network.layers[event.layer], event, array)
    n = min(max(snapshot.sample, 0), len(array) - 1)
    one = array[n].reshape(-1)
    values = _said_one_by_one(event, one) or _range(event, one)
    return values if len(array) == 1 else _OF_SAMPLE.filled(values=values, n=n + 1, count=len(array))


def _said_one_by_one(event: EventName, array: Array) -> Text | None:
    if array.size > FEW:
        return None
    words = [_said(event, value) for value in array.reshape(-1)]
    return Text(en=", ".join(words), zh="、".join(words))


def _range(event: EventName, array: Array) -> Text:
    return _RANGE.filled(count=array.size, low=_said(event, array.min()), high=_said(event, array.max()))


def _largest(info: LayerInfo, event: EventName, array: Array) -> Text:
    at = np.unravel_index(int(np.argmax(np.abs(array))), array.shape)
    place = [int(index) for index in at]
    if event.kind is EventKind.D_WEIGHT:
        name = naming.weight_name(event.layer, place[0], place[1] if len(place) > 1 else 0, info)
    else:
        name = naming.bias_name(event.layer, place[0], info)
    return _LARGEST.filled(count=array.size, value=_said(event, array[at]), name=name)


def _said(event: EventName, value: float) -> str:
    write = figures.gradient if event.kind in GRADIENTS else figures.quantity
    return write(float(value))
