"""What stands under each layer: its name, its activation, its size or its bias."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.details import LayerHit, NodeHit
from gradgui.gui.editor.geometry import LINE, Column, Plan, halves
from gradgui.gui.editor.handles import ActivationHit, Target
from gradgui.gui.editor.marks import BODY, FINE, READABLE, Marks, Writing
from gradgui.gui.editor.reading import backward_begun, is_current, is_quiet, updated
from gradgui.gui.language import Speech
from gradgui.gui.theme import number
from gradgui.gui.widgets.naming import INPUT, LOSS, arrow, blame, compact
from gradgui.session.snapshot import EventKind, LayerInfo, NetworkInfo, Snapshot
from gradgui.text import Text, same

PARAMETERS = Text(en="{n} parameters", zh="{n} 个参数")
UNITS = Text(en="{n} units", zh="{n} 个神经元")
ONE_UNIT = Text(en="1 unit", zh="1 个神经元")
SIZES = Text(en="W{l} {W}, b{l} {b}: {n} parameters", zh="W{l} {W}，b{l} {b}：{n} 个参数")
SHORT = Text(en="{W} + {b} = {n}", zh="{W} + {b} = {n}")
TWO_LINES = 12.0
"""Distance between the two lines of a long name."""
NARROWEST = 64.0
"""Columns closer than this carry only their id."""
SHAPE = Text(en="{inputs} → {shape}", zh="{inputs} → {shape}")


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
        self._hovered: Target | None = None

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

    def hit(self, point: QPointF) -> Target | None:
        """What is written under the pointer: a layer's name, its activation, or the bias of a single neuron."""
        if not self._lines.contains(point):
            return None
        column = next((c for c in self._plan.columns[1:-1] if abs(point.x() - c.x) < self._plan.pitch * 0.45), None)
        if column is None:
            return None
        line = int((point.y() - self._plan.captions) / (LINE * self._plan.factor))
        info = self._network.layers[column.index]
        if line == 1 and info.activation is not None:
            return ActivationHit(column.index)
        return NodeHit(column.index, 0) if line >= 3 and self._plan.caption_lines >= 5 else LayerHit(column.index)

    def hover(self, target: Target | None) -> None:
        """Show what can be pressed."""
        if target != self._hovered:
            touched = isinstance(target, LayerHit | ActivationHit)
            self._hovered = target if touched else None
            self.update()

    def boundingRect(self) -> QRectF:
        """The lines under the layers, and what a name of two lines takes above them; the picture kept ends there."""
        line = LINE * self._plan.factor
        return self._lines.adjusted(0, -line, 0, line)

    @property
    def _lines(self) -> QRectF:
        height = self._plan.caption_lines * LINE * self._plan.factor
        return QRectF(0, self._plan.captions, self._plan.width, height)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Line by line; an arrow beside every activation says that there are others."""
        self._paint_touched(painter)
        for writing in self.writings:
            self._marks.write(painter, writing)
        for layer, info in enumerate(self._network.layers):
            label = None if info.activation is None else self._at(layer, 1)
            if label is not None:
                self._paint_arrow(painter, self._marks.box(label))

    def _paint_touched(self, painter: QPainter) -> None:
        if isinstance(self._hovered, LayerHit | ActivationHit):
            writing = self._at(self._hovered.layer, int(isinstance(self._hovered, ActivationHit)))
            if writing is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._marks.palette.hover))
                pad = self._marks.length(5)
                wide = self._marks.length(14 if isinstance(self._hovered, ActivationHit) else 5)
                painter.drawRoundedRect(self._marks.box(writing).adjusted(-pad, 0, wide, 0), pad, pad)

    def _paint_arrow(self, painter: QPainter, box: QRectF) -> None:
        length = self._marks.length
        x, y, half = box.right() + length(7), box.center().y() + length(0.5), length(3)
        painter.setPen(self._marks.pen(self._marks.palette.muted, length(1.2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = [QPointF(x - half, y - half / 2), QPointF(x, y + half / 2), QPointF(x + half, y - half / 2)]
        painter.drawPolyline(QPolygonF(corners))

    def _at(self, layer: int, line: int) -> Writing | None:
        """What stands in a line under a layer."""
        x, y = self._plan.column(layer).x, self._line_y(line)
        return next((each for each in self.writings if abs(each.x - x) < 1 and abs(each.y - y) < 1), None)

    def _line_y(self, line: int) -> float:
        return self._plan.captions + (line + 0.5) * LINE * self._plan.factor

    def _layer(self, snapshot: Snapshot, layer: int) -> list[Writing]:
        info, column = self._network.layers[layer], self._plan.column(layer)
        narrow = self._plan.pitch < self._marks.length(NARROWEST)
        lines = self._name(column, info.id if narrow else self._speech.say(info.name))
        if self._plan.caption_lines < 2:
            return lines
        label = self._speech.say(info.label)
        if not narrow or self._marks.width(label) < self._plan.pitch - self._marks.length(22):
            lines.append(self._line(column, 1, label, beside=0 if info.activation is None else 14))
        if self._plan.caption_lines >= 3:
            lines.append(self._line(column, 2, self._sizes(snapshot, layer, info)))
        if info.units == 1 and snapshot.layers[layer].b is not None and self._plan.caption_lines >= 5:
            return lines + ([] if is_quiet(snapshot) else self._bias(snapshot, layer, column))
        return lines

    def _apart(self, writings: list[Writing]) -> list[Writing]:
        """Where columns stand closer than their names are wide, some names stay away: the card tells them."""
        kept: list[tuple[Writing, QRectF]] = []
        for writing in writings:
            box = self._marks.box(writing).adjusted(0, 3, 0, -3)
            if not any(box.intersects(other) for _, other in kept):
                kept.append((writing, box))
        return [writing for writing, _ in kept]

    def _sizes(self, snapshot: Snapshot, layer: int, info: LayerInfo) -> str:
        """Shapes and the number of parameters, as long as they fit; the name's tip and card tell them in full."""
        weights = snapshot.layers[layer].W
        for words in size_texts(layer, info, None if weights is None else weights.shape):
            said = self._speech.say(words)
            if self._marks.width(said) <= self._plan.pitch - self._marks.length(6):
                return said
        return str(info.parameters)

    def _name(self, column: Column, name: str) -> list[Writing]:
        ink = self._marks.palette.ink
        writing = self._line(column, 0, name, BODY, ink)
        ends = column in (self._plan.columns[0], self._plan.columns[-1])
        if ends:
            return [replace(writing, text=name)]
        if writing.text != name and len(name) > 1:
            upper, lower = halves(name)
            apart = self._marks.length(TWO_LINES)
            first, second = (self._line(column, 0, half, READABLE, ink) for half in (upper, lower))
            return [replace(first, y=first.y - apart * 0.7), replace(second, y=second.y + apart * 0.3)]
        return [writing]

    def _line(
        self, column: Column, line: int, text: str, size: float = FINE, colour: str | None = None,
        bold: bool = False, ground: str | None = None, beside: float = 0.0,
    ) -> Writing:  # fmt: skip
        y = self._line_y(line)
        room = self._plan.pitch - self._marks.length(6 + beside)
        size = min(size, max(READABLE, size * room / max(self._marks.width(text, size, bold), 1.0)))
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
        gradient = float(values.db[0])
        line = self._line(column, 4, blame(gradient), BODY, colour, True, ground)
        if line.text != blame(gradient) and 0 < abs(gradient) < 1e-3:  # never cut in its power of ten
            words = f"{arrow(gradient)} {number(gradient, 1, signed=True)}"
            line = self._line(column, 4, words, BODY, colour, True, ground)
        return [top, line]


def units_of(info: LayerInfo) -> Text:
    """How many neurons a layer has, in words."""
    return ONE_UNIT if info.units == 1 else UNITS.filled(n=info.units)


def size_texts(layer: int, info: LayerInfo, weights: tuple[int, ...] | None) -> list[Text]:
    """A layer's shapes and number of parameters, the longest words first."""
    shape = "×".join(map(str, info.shape))
    if weights is None:
        taken = "×".join(map(str, info.takes or (info.inputs,)))
        return [SHAPE.filled(inputs=taken, shape=shape), same(shape)]
    sizes = {"W": "×".join(map(str, weights)), "b": weights[0], "n": info.parameters}
    return [
        SIZES.filled(l=layer + 1, **sizes), SHORT.filled(**sizes), PARAMETERS.filled(n=info.parameters),
        same(f"{sizes['W']} + {sizes['b']}"),
    ]  # fmt: skip


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
