"""What stands under each layer: its name, its activation, its size or its bias."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import LINE, Column, Plan
from gradgui.gui.editor.marks import BODY, FINE, Marks, Writing
from gradgui.gui.editor.reading import backward_begun, is_current, is_quiet, updated
from gradgui.gui.language import Speech
from gradgui.gui.widgets.naming import INPUT, LOSS, blame, compact
from gradgui.session.snapshot import EventKind, NetworkInfo, Snapshot
from gradgui.text import Text

PARAMETERS = Text(en="{n} parameters", zh="{n} 个参数")
UNITS = Text(en="{n} units", zh="{n} 个单元")
NARROWEST = 64.0
"""Columns closer than this carry only their id."""


class CaptionsItem(QGraphicsItem):
    """All writing under the network, in one item."""

    def __init__(self, network: NetworkInfo, plan: Plan, marks: Marks, speech: Speech) -> None:
        super().__init__()
        self._network = network
        self._plan = plan
        self._marks = marks
        self._speech = speech
        self.writings: list[Writing] = []
        self._quiet = False

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write names and, for single neurons, biases of this moment."""
        if self._quiet and is_quiet(snapshot):
            return
        self._quiet = is_quiet(snapshot)
        columns = self._plan.columns
        self.writings = [
            *self._name(columns[0], self._speech.say(INPUT)),
            *self._name(columns[-1], self._speech.say(LOSS)),
        ]
        for layer in range(len(self._network.layers)):
            self.writings += self._layer(snapshot, layer)
        self.writings = self._apart(self.writings)
        self.update()

    def hit(self, point: QPointF) -> int | None:
        """The layer whose caption is under the pointer."""
        if not self.boundingRect().contains(point):
            return None
        for column in self._plan.columns[1:-1]:
            if abs(point.x() - column.x) < self._plan.pitch / 2:
                return column.index
        return None

    def boundingRect(self) -> QRectF:
        """The lines under the layers."""
        height = self._plan.caption_lines * LINE * self._plan.factor
        return QRectF(0, self._plan.captions, self._plan.width, height)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Line by line."""
        for writing in self.writings:
            self._marks.write(painter, writing)

    def _layer(self, snapshot: Snapshot, layer: int) -> list[Writing]:
        info, column = self._network.layers[layer], self._plan.column(layer)
        narrow = self._plan.pitch < self._marks.length(NARROWEST)
        lines = self._name(column, info.id if narrow else self._speech.say(info.name))
        if self._plan.caption_lines < 2:
            return lines
        lines += self._label(column, self._speech.say(info.label))
        if info.units == 1 and snapshot.layers[layer].b is not None and self._plan.caption_lines >= 5:
            return lines + ([] if is_quiet(snapshot) else self._bias(snapshot, layer, column))
        if self._plan.caption_lines >= 3:
            lines.append(self._line(column, 2, self._size(column, info.parameters)))
        return lines

    def _apart(self, writings: list[Writing]) -> list[Writing]:
        """Where columns stand closer than their names are wide, some names stay away: the card tells them."""
        kept: list[tuple[Writing, QRectF]] = []
        for writing in writings:
            box = self._marks.box(writing).adjusted(0, 3, 0, -3)
            if not any(box.intersects(other) for _, other in kept):
                kept.append((writing, box))
        return [writing for writing, _ in kept]

    def _size(self, column: Column, parameters: int) -> str:
        """Units of a strip, parameters of a column; only the number where the words do not fit."""
        words, n = (UNITS, column.units) if column.strip else (PARAMETERS, parameters)
        full = self._speech.say(words, n=n)
        return full if self._marks.width(full) < self._plan.pitch - self._marks.length(6) else str(n)

    def _label(self, column: Column, label: str) -> list[Writing]:
        """The activation, left out where it does not fit."""
        fits = self._marks.width(label) < self._plan.pitch - self._marks.length(4)
        return [self._line(column, 1, label)] if fits or self._plan.pitch >= self._marks.length(NARROWEST) else []

    def _name(self, column: Column, name: str) -> list[Writing]:
        writing = self._line(column, 0, name, BODY, self._marks.palette.ink)
        ends = column in (self._plan.columns[0], self._plan.columns[-1])
        return [replace(writing, text=name)] if ends else [writing]

    def _line(
        self, column: Column, line: int, text: str, size: float = FINE, colour: str | None = None,
        bold: bool = False, ground: str | None = None,
    ) -> Writing:  # fmt: skip
        y = self._plan.captions + (line + 0.5) * LINE * self._plan.factor
        room = self._plan.pitch - self._marks.length(6)
        if self._plan.pitch >= self._marks.length(NARROWEST):
            text = self._marks.elided(text, room, size, bold)
        return Writing(text, column.x, y, colour or self._marks.palette.muted, size, bold, ground)

    def _bias(self, snapshot: Snapshot, layer: int, column: Column) -> list[Writing]:
        """The bias of a single neuron, and under it its gradient once backward has begun."""
        values, palette = snapshot.layers[layer], self._marks.palette
        backward, name = backward_begun(snapshot), f"b{layer + 1}"
        old = values.b_before if backward and values.b_before is not None else values.b
        assert old is not None
        top = self._line(column, 3, f"{name} {compact(old[0])}")
        if not backward:
            return [top]
        event = snapshot.current
        lit = event is not None and event.kind in (EventKind.D_BIAS, EventKind.UPDATE) and is_current(snapshot, layer)
        ground = palette.current_soft if lit else None
        if updated(snapshot, layer) and values.b is not None:
            return [top, self._line(column, 4, f"→ {compact(values.b[0])}", BODY, palette.ink, True, ground)]
        if values.db is None:
            return [top, self._line(column, 4, f"∂L/∂{name} ?", bold=True)]
        colour = self._marks.theme.gradient_colour(values.db[0])
        return [top, self._line(column, 4, blame(values.db[0]), BODY, colour, True, ground)]


def small_biases(snapshot: Snapshot, layer: int, column: Column, plan: Plan, marks: Marks) -> list[Writing]:
    """Under each of several neurons: its bias, or what has become of it."""
    values = snapshot.layers[layer]
    if not plan.roomy or values.b is None or column.units == 1 or is_quiet(snapshot) or len(values.b) != column.units:
        return []
    backward, moved = backward_begun(snapshot), updated(snapshot, layer)
    drop = column.half + marks.height(FINE) / 2 + marks.length(1)

    def written(unit: int) -> tuple[str, str, bool]:
        assert values.b is not None
        if not backward:
            return f"b {compact(values.b[unit], 3)}", marks.palette.muted, False
        if moved:
            return f"→ {compact(values.b[unit], 3)}", marks.palette.ink, True
        if values.db is None:
            return "b ?", marks.palette.muted, True
        return blame(values.db[unit], 3), marks.theme.gradient_colour(values.db[unit]), True

    return [
        Writing(text, column.x, y + drop, colour, FINE, bold)
        for y, (text, colour, bold) in ((y, written(unit)) for unit, y in enumerate(column.ys))
    ]
