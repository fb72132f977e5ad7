"""The arithmetic of one neuron with the numbers of now: every input times its weight, the bias, the activation."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.catalog.registry import activation_kinds
from gradgui.gui.editor.details import EdgeHit, NodeHit, owner_of
from gradgui.gui.editor.marks import BODY, FINE, LEAD, Marks, Writing
from gradgui.gui.language import Speech
from gradgui.gui.widgets.naming import bias_name, compact, term, unit_name
from gradgui.session.response import inputs_now, response, sums
from gradgui.session.snapshot import Array, LayerInfo, Snapshot
from gradgui.session.terms import layer_sources
from gradgui.text import Text, same

ROW, LOW_ROW = 24.0, 18.0
"""Height of a row, and of one in a low pane."""
WIDE = 560.0
PAD = 14.0
BAR = 120.0
COLUMNS = (0.0, 120.0, 200.0, 300.0)
"""Right ends of the columns x and w and of their product are here, after the name."""
TITLE = Text(en="{name}: the arithmetic for sample {n} of {count}", zh="{name}：第 {n}／{count} 个样本的算式")
BACK = Text(
    en="Esc: back to the network. The weights can be dragged and typed here too.",
    zh="Esc：回到网络。权重在这里也可以拖动或输入。",
)
SHORT_BACK = Text(en="Esc: back to the network.", zh="Esc：回到网络。")
INPUT = Text(en="input", zh="输入")
ZEROS = Text(en="zero around", zh="补的零")
NO_SUM = Text(en="A layer of this kind has no weighted sum.", zh="这种层没有加权和。")


@dataclass(frozen=True, slots=True)
class Line:
    """One product."""

    name: Text
    x: float | None
    w: float


class SumItem(QGraphicsItem):
    """Rows from top to bottom: the products, the bias, z, a."""

    def __init__(self, hit: NodeHit, width: float, marks: Marks, speech: Speech) -> None:
        super().__init__()
        self.hit_node = hit
        self._width, self._marks, self._speech = width, marks, speech
        self.lines: list[Line] = []
        self.results: list[str] = []
        """b, z and a as they are written."""
        self._title = same("")
        self._unit_of_weights = hit.unit
        self._unit = marks.length(ROW)

    @property
    def height(self) -> float:
        """Room for title, head, rows, results and a hint."""
        return self._rows * self._unit + 2 * self._marks.length(PAD)

    def fit(self, height: float) -> None:
        """Rows come closer together before the last one has to be scrolled to."""
        self.prepareGeometryChange()
        room = (height - 2 * self._marks.length(PAD)) / self._rows
        self._unit = min(self._marks.length(ROW), max(self._marks.length(LOW_ROW), room))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The numbers of this moment; what is not computed yet is "?"."""
        self.prepareGeometryChange()
        hit = self.hit_node
        info, values = snapshot.network.layers[hit.layer], snapshot.layers[hit.layer]
        n = min(snapshot.sample, len(snapshot.x) - 1)
        name = unit_name(snapshot.network, hit.layer, hit.unit)
        self._title = TITLE.filled(name=name, n=n + 1, count=len(snapshot.x))
        x, W, b = inputs_now(snapshot, hit.layer), values.W, values.b
        if info.kind == "conv2d" and W is not None and b is not None:
            self._show_window(snapshot, n, x)
            return
        if W is None or b is None or info.kind != "dense" or hit.unit >= len(W):
            self.lines, self.results = [], [self._speech.say(NO_SUM)]
            self.update()
            return
        known = x is not None and x.shape[1] == W.shape[1]
        names = _names(snapshot, hit.layer, W.shape[1])
        self.lines = [
            Line(names[i], float(x[n, i]) if known and x is not None else None, float(W[hit.unit, i]))
            for i in range(W.shape[1])
        ]
        self._add_up(snapshot, n, bias_name(hit.layer, hit.unit, info), float(b[hit.unit]))
        self.update()

    def _show_window(self, snapshot: Snapshot, n: int, x: Array | None) -> None:
        """A cell of a feature map: its filter's weights times what they lie on."""
        hit = self.hit_node
        info, values = snapshot.network.layers[hit.layer], snapshot.layers[hit.layer]
        assert values.W is not None
        assert values.b is not None
        owner, places = owner_of(info, hit), window_of(info, hit.unit)
        names = _names(snapshot, hit.layer, math.prod(info.takes))
        self._unit_of_weights = owner.unit
        self.lines = [
            Line(
                ZEROS if place is None else names[place],
                0.0 if place is None else None if x is None else float(x[n, place]),
                float(weight),
            )
            for place, weight in zip(places, values.W[owner.unit], strict=True)
        ]
        bias = float(values.b[owner.unit])
        self._add_up(snapshot, n, bias_name(hit.layer, owner.unit, info), bias)
        self.update()

    def hit(self, point: QPointF) -> EdgeHit | NodeHit | None:
        """The weight of a row, or the bias."""
        row = int((point.y() - self._top) // self._unit)
        if 0 <= row < len(self.lines):
            return EdgeHit(self.hit_node.layer, self._unit_of_weights, row)
        return self.hit_node if row == len(self.lines) and self.lines else None

    def place(self, target: EdgeHit | NodeHit) -> QPointF:
        """The number that a target changes."""
        row = target.source if isinstance(target, EdgeHit) else len(self.lines)
        return QPointF(self._left + self._marks.length(COLUMNS[2] - 30), self._top + (row + 0.5) * self._unit)

    def boundingRect(self) -> QRectF:
        """Everything."""
        return QRectF(0, 0, self._width, self.height)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Title, head, rows, results, hint."""
        palette, middle = self._marks.palette, self._width / 2
        title = self._marks.elided(self._speech.say(self._title), self._width - 16, LEAD, True)
        y = self._marks.length(PAD) + self._unit * 0.5
        self._marks.write(painter, Writing(title, middle, y, palette.ink, LEAD, True))
        if self.lines:
            self._paint_head(painter)
        largest = max((abs(line.x * line.w) for line in self.lines if line.x is not None), default=0.0) or 1.0
        for row, line in enumerate(self.lines):
            self._paint_line(painter, row, line, largest)
        for row, words in enumerate(self.results):
            self._paint_result(painter, row, words)
        hint = self._speech.say(BACK)
        if self._marks.width(hint, FINE) > self._width - 16:
            hint = self._marks.elided(self._speech.say(SHORT_BACK), self._width - 16)
        self._marks.write(painter, Writing(hint, middle, self.height - self._unit * 0.6, palette.muted))

    @property
    def _rows(self) -> float:
        return len(self.lines) + len(self.results) + 3.6

    @property
    def _left(self) -> float:
        return max((self._width - self._marks.length(WIDE)) / 2, self._marks.length(8))

    @property
    def _top(self) -> float:
        return self._marks.length(PAD) + 2 * self._unit

    def _add_up(self, snapshot: Snapshot, n: int, name: str, bias: float) -> None:
        hit, info = self.hit_node, snapshot.network.layers[self.hit_node.layer]
        z = sums(snapshot, hit.layer)
        total = None if z is None else float(z[n, hit.unit])
        said = "?" if total is None else compact(total)
        self.results = [f"+ {name} = {compact(bias)}", f"z = Σ x·w + {name} = {said}"]
        if info.activation is None:
            return
        kind = self._speech.say(activation_kinds()[info.activation].name)
        if z is None or total is None:
            self.results.append(f"a = {kind}(z) = ?")
            return
        a = response(info.activation, z.T)[0][hit.unit, n]
        self.results.append(f"a = {kind}{_called(term(total))} = {compact(float(a))}")

    def _paint_head(self, painter: QPainter) -> None:
        palette, y = self._marks.palette, self._top - self._unit * 0.5
        self._number(painter, self._speech.say(INPUT), 0, y, palette.muted, left=True)
        for column, words in ((1, "x"), (2, "w"), (3, "x·w")):
            self._number(painter, words, column, y, palette.muted)
        painter.setPen(self._marks.pen(palette.line, 1))
        line = y + self._unit * 0.5
        end = min(self._left + self._marks.length(WIDE - 40), self._width - self._left)
        painter.drawLine(QPointF(self._left, line), QPointF(end, line))

    def _paint_line(self, painter: QPainter, row: int, line: Line, largest: float) -> None:
        palette, y = self._marks.palette, self._top + (row + 0.5) * self._unit
        product = None if line.x is None else line.x * line.w
        self._number(painter, self._speech.say(line.name), 0, y, palette.muted, left=True)
        self._number(painter, "?" if line.x is None else compact(line.x), 1, y, palette.ink)
        self._number(painter, compact(line.w), 2, y, self._marks.theme.weight_colour(line.w))
        self._number(painter, "?" if product is None else compact(product), 3, y, palette.ink)
        area = self._bar_area(y)
        painter.setPen(self._marks.pen(palette.line, 1))
        painter.drawLine(QPointF(area.center().x(), area.top() - 4), QPointF(area.center().x(), area.bottom() + 4))
        if product is None:
            self._marks.hatch(painter, area)
        elif np.isfinite(product):
            reach = area.width() / 2 * product / largest
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.weight_plus if product >= 0 else palette.weight_minus))
            bar = QRectF(area.center().x(), area.top(), reach, area.height()).normalized()
            painter.drawRoundedRect(bar, 2, 2)

    def _bar_area(self, y: float) -> QRectF:
        length = self._marks.length
        start = self._left + length(COLUMNS[3] + 30)
        room = max(self._width - self._left - start, 0.0)
        return QRectF(start, y - length(5), min(length(BAR), room), length(10))

    def _paint_result(self, painter: QPainter, row: int, words: str) -> None:
        palette = self._marks.palette
        y = self._top + (len(self.lines) + row + 0.5) * self._unit
        last = row == len(self.results) - 1
        width = self._marks.width(words, BODY, last)
        x = self._left + self._marks.length(COLUMNS[1] - 50) + width / 2 if self.lines else self._width / 2
        self._marks.write(painter, Writing(words, x, y, palette.ink, BODY, last))

    def _number(self, painter: QPainter, words: str, column: int, y: float, colour: str, left: bool = False) -> None:
        """Numbers end at the right end of their column, names begin at the left."""
        length = self._marks.length
        if left:
            words = self._marks.elided(words, length(COLUMNS[1] - 62))
        width = self._marks.width(words, FINE)
        x = self._left + (width / 2 if left else length(COLUMNS[column]) - width / 2)
        self._marks.write(painter, Writing(words, x, y, colour, FINE))


def _names(snapshot: Snapshot, layer: int, inputs: int) -> list[Text]:
    """What the inputs of a layer are called."""
    sources = layer_sources(snapshot.network.layers[layer], layer)
    found: list[Text] = []
    for source in sources:
        units = len(snapshot.network.inputs) if source < 0 else snapshot.network.layers[source].units
        found += [unit_name(snapshot.network, source, unit) for unit in range(units)]
    return found if len(found) == inputs else (found + [same(f"x{i}") for i in range(inputs)])[:inputs]


def window_of(info: LayerInfo, unit: int) -> list[int | None]:
    """Which inputs a cell of a feature map looks at, in the order of its weights; None for zeros around the picture."""
    assert info.window is not None
    size, stride, padding = info.window
    channels, rows, columns = info.takes
    row, column = divmod(unit % (info.shape[1] * info.shape[2]), info.shape[2])
    found: list[int | None] = []
    for channel in range(channels):
        for down in range(size):
            for across in range(size):
                i, j = row * stride + down - padding, column * stride + across - padding
                inside = 0 <= i < rows and 0 <= j < columns
                found.append((channel * rows + i) * columns + j if inside else None)
    return found


def _called(words: str) -> str:
    return words if words.startswith("(") else f"({words})"
