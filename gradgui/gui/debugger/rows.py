"""The list of events of one training step, each with what came out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from gradgui.gui.debugger import figures
from gradgui.gui.debugger.names import event_label
from gradgui.gui.debugger.values import GRADIENTS, result
from gradgui.gui.widgets.naming import compact, is_locked
from gradgui.session.snapshot import EventKind, EventName, Snapshot
from gradgui.text import Text

_MOVED = Text(en="moved {size}", zh="移动了 {size}")
_MERGED = Text(en="merged with the next", zh="与下一步合并")


class State(Enum):
    """Where an event stands in relation to the shown moment."""

    DONE = "done"
    CURRENT = "current"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the event list."""

    label: Text
    value: Text | None
    """What came out; None while the event is still to come."""
    state: State
    gradient: float | None
    """For colour and glyph where the result is one signed number."""


def state_of(snapshot: Snapshot, event: EventName) -> State:
    """Done, current or to come."""
    if event.index == snapshot.cursor - 1:
        return State.CURRENT
    return State.DONE if event.index < snapshot.cursor else State.TO_COME


def row(snapshot: Snapshot, event: EventName) -> Row:
    """One event as a line of the list; cheap enough to be asked for visible lines only."""
    state = state_of(snapshot, event)
    if state is State.TO_COME:
        return Row(event_label(event), None, state, None)
    array = result(snapshot, event)
    if array is None:
        merged = event.kind is EventKind.D_OUTPUT
        return Row(event_label(event), _MERGED if merged else None, state, None)
    if event.kind is EventKind.UPDATE:
        return Row(event_label(event), _moved(snapshot, event.layer), state, None)
    signed = event.kind in GRADIENTS
    words = figures.summary(array, signed)
    lone = float(array.reshape(-1)[0]) if signed and array.size == 1 else None
    return Row(event_label(event), Text(en=words, zh=words), state, lone)


def _moved(snapshot: Snapshot, layer: int) -> Text:
    """A lone weight and bias that learn with their new values; more parameters with how far they moved."""
    values, info = snapshot.layers[layer], snapshot.network.layers[layer]
    W, b, before, base = values.W, values.b, values.W_before, values.b_before
    if W is not None and b is not None and W.size == b.size == 1:
        both = {"W": (W, (0, 0)), "b": (b, (0,))}
        learn = [letter for letter, (_, place) in both.items() if not is_locked(info, letter, *place)]
        words = ", ".join(f"{letter} {compact(float(both[letter][0].flat[0]))}" for letter in learn or both)
        return Text(en=words, zh=words)
    total = 0.0
    for now, old in ((W, before), (b, base)):
        if now is not None and old is not None:
            total = math.hypot(total, figures.norm(now - old))  # squares of what is about to blow up overflow
    return _MOVED.filled(size=figures.size(total))
