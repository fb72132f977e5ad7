"""All edges between two columns, painted by one item so that thousands of them stay cheap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.details import EdgeHit, NodeHit
from gradgui.gui.editor.edge_labels import EdgeLabels
from gradgui.gui.editor.geometry import Column, Plan
from gradgui.gui.editor.maps import Table, gradient_table, weight_table
from gradgui.gui.editor.marks import THINNEST, WIDEST, Marks, Writing
from gradgui.gui.editor.reading import EdgeLook, EdgeMode
from gradgui.gui.theme import MINUS, Palette
from gradgui.gui.widgets.naming import arrow
from gradgui.session.snapshot import Array

Mask = NDArray[np.bool_]
BUCKETS = 10
"""Edges are painted in this many widths."""
NEAR = 6.0
"""How close the pointer has to be to touch an edge."""
TOUCHING = 0.5
"""Edges that cross within so little are hit as they are seen: the one that is painted last."""
SHARES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8, 0.15, 0.85)
"""Places along an edge where it may be marked and taken hold of, the best first."""
BEHIND = 0.3
"""How much is seen of the other edges while those of one neuron stand in front."""
SLENDER = 18.0
"""Where neurons are smaller than this, edges are thinner too."""
GLYPHS = 4
"""Where numbers do not fit, so many of the strongest edges show their sign, where none covers another."""

DECADES = 4.0
"""Powers of ten that widths on a logarithmic scale tell apart."""
GLYPH_ROOM = 34.0
"""Narrower gaps have no room for signs."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """Edges that share one pen."""

    pen: QPen
    lines: list[QLineF]


class GapItem(QGraphicsItem):
    """The edges into one layer, from the column before it; one line per weight."""

    def __init__(self, layer: int, plan: Plan, source: Column, target: Column, marks: Marks) -> None:
        super().__init__()
        self.layer = layer
        self._marks = marks
        self._source, self._target = source, target
        start, end = source.x + source.half, target.x - target.half
        self._ends = np.array([[start, y0, end, y1] for y1 in target.ys for y0 in source.ys])
        self._lines = [QLineF(*row) for row in self._ends]
        self._strokes: list[Strokes] = []
        self._front: list[Strokes] = []
        self._preferred: Mask | None = None
        """The edges of what is chosen, in their order: they are hit before all others."""
        self._reach = NEAR
        self._widest = WIDEST * min(max(plan.radius / marks.length(SLENDER), 0.35), 1.0)
        self._pens: dict[tuple[bool, int], QPen] = {}
        self._grouping: tuple[tuple[bool, bytes], list[Strokes]] | None = None
        self._glyphs: list[Writing] = []
        self._labels = EdgeLabels(layer, plan, self._lines, source, target, marks)
        self._look: EdgeLook | None = None
        self._largest = 1.0
        self._meshed = True
        """Whether every line stands for one weight."""
        self._hovered: int | None = None
        self._asked: int | None = None
        pad = marks.length(60)
        top, bottom = min(source.top, target.top), max(source.bottom, target.bottom)
        self._bounds = QRectF(start, top - pad, end - start, bottom - top + 2 * pad)

    @property
    def labels(self) -> list[Writing]:
        """What is written on the edges."""
        return self._labels.writings + self._glyphs

    @property
    def label_boxes(self) -> dict[tuple[int, int], QRectF]:
        """(unit, source) → where the number of an edge may be written."""
        return {divmod(edge, self._source.units): box for edge, box in self._labels.boxes.items()}

    @property
    def strokes(self) -> list[Strokes]:
        """The lines as they are painted."""
        return self._strokes

    @property
    def front(self) -> list[Strokes]:
        """Those of the chosen neuron, painted last."""
        return self._front

    def show_look(self, look: EdgeLook, largest: float) -> None:
        """Colour and width of every edge; `largest` is the value of the widest one."""
        self._look, self._largest = look, largest
        self._meshed = look.weights is not None and look.weights.size == len(self._lines)
        self._strokes = self._made_strokes(look, largest)
        self._front = self._those_in_front()
        self._labels.show_look(look)
        self._glyphs = [] if self._labels.numbered else self._made_glyphs(look)
        self.update()

    def prefer(self, chosen: object) -> None:
        """The edges of the chosen neuron come to the front and are hit first, like a chosen edge itself."""
        units, inputs = np.divmod(np.arange(len(self._lines)), self._source.units)
        mine: Mask | None = None
        if isinstance(chosen, EdgeHit) and chosen.layer == self.layer:
            mine = (units == chosen.unit) & (inputs == chosen.source)
        elif isinstance(chosen, NodeHit) and chosen.layer == self.layer:
            mine = units == chosen.unit
        elif isinstance(chosen, NodeHit) and chosen.layer == self._source.index:
            mine = inputs == chosen.unit
        self._preferred = mine if mine is not None and mine.any() else None
        self._reach = TOUCHING if isinstance(chosen, EdgeHit) else NEAR
        if self._look is not None:
            self.show_look(self._look, self._largest)

    def hit(self, point: QPointF) -> tuple[int, int] | None:
        """The (unit, input) of the edge under the pointer: one of those chosen, else the nearest one seen."""
        if not self._bounds.contains(point) or not self._meshed:
            return None
        distance = self._distance(point)
        near = distance <= self._marks.length(NEAR)
        if not near.any():
            return None
        found = int(distance.argmin())
        mine = None if self._preferred is None else self._preferred & (distance <= self._marks.length(self._reach))
        if mine is not None and mine.any():
            found = int(np.where(mine, distance, np.inf).argmin())
        elif self._look is not None and (values := shown_values(self._look, len(self._lines))) is not None:
            here = distance <= distance[found] + self._marks.length(TOUCHING)
            found = int(np.where(here, np.nan_to_num(np.abs(values), nan=np.inf), -1.0).argmax())
        return divmod(found, self._source.units)

    def middle(self, unit: int, source: int) -> QPointF:
        """Where one edge is marked and taken hold of: near its middle, but not where others cross it."""
        edge = unit * self._source.units + source
        if edge >= len(self._lines):
            return self._bounds.center()
        return max((self._lines[edge].pointAt(share) for share in SHARES), key=lambda at: self._room(edge, at))

    def _room(self, edge: int, place: QPointF) -> float:
        """How far the next edge is away there; beyond what a pointer needs, farther is no better."""
        others = np.delete(self._distance(place), edge)
        return min(float(others.min()), self._marks.length(NEAR)) if others.size else self._marks.length(NEAR)

    def _distance(self, place: QPointF) -> Array:
        """From a place to every edge."""
        start, run = self._ends[:, :2], self._ends[:, 2:] - self._ends[:, :2]
        point = np.array([place.x(), place.y()])
        along = np.clip(((point - start) * run).sum(1) / (run**2).sum(1), 0.0, 1.0)
        return np.asarray(np.hypot(*(start + along[:, None] * run - point).T))

    def outline(self, unit: int, source: int) -> QPainterPath | None:
        """A line beside an edge on both sides."""
        place = unit * self._source.units + source
        if place >= len(self._lines):
            return None
        line, side = self._lines[place], QPainterPath()
        normal = line.normalVector().unitVector()
        away = QPointF(normal.dx(), normal.dy()) * self._marks.length(5)
        for way in (away, -away):
            side.moveTo(line.p1() + way)
            side.lineTo(line.p2() + way)
        return side

    def hover(self, edge: tuple[int, int] | None) -> None:
        """Show which edge the pointer touches."""
        wanted = self._number(edge)
        if wanted != self._hovered:
            self._hovered = wanted
            self.update()

    def ask(self, edge: tuple[int, int] | None) -> None:
        """Show which edge is looked at inside the current event."""
        wanted = self._number(edge)
        if wanted != self._asked:
            self._asked = wanted
            self.update()

    @property
    def asked(self) -> int | None:
        """The number of the edge that is looked at."""
        return self._asked

    def _number(self, edge: tuple[int, int] | None) -> int | None:
        """Of an edge among the lines; None where it comes from further away."""
        if edge is None or edge[1] >= self._source.units:
            return None
        return edge[0] * self._source.units + edge[1]

    def boundingRect(self) -> QRectF:
        """The room between the two columns."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Lines first, then what is written on them."""
        painter.setOpacity(BEHIND if self._front else 1.0)
        for strokes in self._strokes:
            painter.setPen(strokes.pen)
            painter.drawLines(strokes.lines)
        painter.setOpacity(1.0)
        for strokes in self._front:
            painter.setPen(strokes.pen)
            painter.drawLines(strokes.lines)
        palette = self._marks.palette
        for edge, colour, width in ((self._asked, palette.current, 4), (self._hovered, palette.ink, 2)):
            if edge is not None:
                painter.setPen(self._marks.pen(colour, self._marks.length(width)))
                painter.drawLine(self._lines[edge])
        for writing in self.labels:
            self._marks.write(painter, writing)

    def _made_strokes(self, look: EdgeLook, largest: float) -> list[Strokes]:
        values = shown_values(look, len(self._lines))
        palette, width = self._marks.palette, self._marks.length(2.2 if self._labels.numbered else THINNEST)
        if look.mode is EdgeMode.UNKNOWN:
            few = self._labels.numbered
            pen = self._marks.pen(palette.forward, width, True) if few else self._marks.dashes(palette.forward, width)
            return [Strokes(pen, self._drawn())]
        if values is None:
            return [Strokes(self._marks.pen(palette.line, self._marks.length(1.5)), self._drawn())]
        share = np.fmin(np.abs(values) / largest, 1.0)  # what is not a number is as wide as can be
        if self._marks.log_widths and look.mode is not EdgeMode.WEIGHT:
            share = log_share(share)
        buckets = np.ceil(share * BUCKETS).astype(int) * np.where(values < 0, -1, 1)
        key = look.mode is EdgeMode.WEIGHT, buckets.tobytes()
        if self._grouping is None or self._grouping[0] != key:
            self._grouping = key, self._grouped(buckets.tolist(), look)
        return self._grouping[1]

    def _those_in_front(self) -> list[Strokes]:
        """The edges of the chosen neuron, where so many cross that nobody could follow them."""
        if self._preferred is None or self._reach < NEAR or self._labels.numbered or not self._meshed:
            return []
        mine = {id(self._lines[edge]) for edge in np.flatnonzero(self._preferred)}
        found = [Strokes(each.pen, [line for line in each.lines if id(line) in mine]) for each in self._strokes]
        return [each for each in found if each.lines]

    def _drawn(self) -> list[QLineF]:
        """Every line, or only those from one neuron to the same one where a layer works unit by unit."""
        alike = self._source.units == self._target.units
        return self._lines if self._meshed or not alike else self._lines[:: self._source.units + 1]

    def _grouped(self, buckets: list[int], look: EdgeLook) -> list[Strokes]:
        """Edges by pen, the widest last and so on top."""
        groups: dict[int, list[QLineF]] = {}
        for line, bucket in zip(self._lines, buckets, strict=True):
            groups.setdefault(bucket, []).append(line)
        return [Strokes(self._pen(bucket, look), groups[bucket]) for bucket in sorted(groups, key=abs)]

    def _pen(self, bucket: int, look: EdgeLook) -> QPen:
        key = (look.mode is EdgeMode.WEIGHT, bucket)
        if key not in self._pens:
            self._pens[key] = self._made_pen(bucket, look)
        return self._pens[key]

    def _made_pen(self, bucket: int, look: EdgeLook) -> QPen:
        palette = self._marks.palette
        if bucket == 0:
            return self._marks.pen(palette.line, self._marks.length(THINNEST))
        width = THINNEST + (self._widest - THINNEST) * abs(bucket) / BUCKETS
        return self._marks.pen(line_colour(self._marks, bucket, look), self._marks.length(width))

    def _made_glyphs(self, look: EdgeLook) -> list[Writing]:
        values = shown_values(look, len(self._lines))
        if values is None or look.quiet or self._bounds.width() < self._marks.length(GLYPH_ROOM):
            return []
        made: list[Writing] = []
        for n in np.argsort(-np.abs(values), kind="stable")[: 3 * GLYPHS]:
            glyph = self._glyph(int(n), values[n], look)
            box = self._marks.box(glyph)
            if len(made) < GLYPHS and values[n] != 0 and not any(box.intersects(self._marks.box(g)) for g in made):
                made.append(glyph)
        return made

    def _glyph(self, index: int, value: float, look: EdgeLook) -> Writing:
        share = 0.78 if self._target.units >= self._source.units else 0.22
        place = self._lines[index].pointAt(share)
        weights = look.mode is EdgeMode.WEIGHT
        text = (MINUS if value < 0 else "+") if weights else arrow(value)
        colour = sign_colour(self._marks, value, look)
        return Writing(text, place.x(), place.y(), colour, bold=True, ground=self._marks.palette.panel)


def log_share(share: Array) -> Array:
    """Four powers of ten from the thinnest to the widest edge; exactly 0 stays 0."""
    with np.errstate(divide="ignore"):
        return np.where(share > 0, np.clip(1.0 + np.log10(share) / DECADES, 0.05, 1.0), 0.0)


def shown_values(look: EdgeLook, count: int) -> Array | None:
    """The numbers behind colour and width: weights, or gradients once backward has begun."""
    values = look.weights if look.mode is EdgeMode.WEIGHT else look.gradients
    return values.reshape(-1) if values is not None and values.size == count else None


def table_of(look: EdgeLook, palette: Palette) -> Table:
    """Cells of a block are coloured like lines: green and pink for weights, orange and blue for gradients."""
    return weight_table(palette) if look.mode is EdgeMode.WEIGHT else gradient_table(palette)


def line_colour(marks: Marks, value: float, look: EdgeLook) -> str:
    """Green and pink for weights, orange and blue for gradients: never mixed."""
    theme = marks.theme
    return theme.weight_colour(value) if look.mode is EdgeMode.WEIGHT else theme.gradient_fill(value)


def sign_colour(marks: Marks, value: float, look: EdgeLook) -> str:
    """The same for glyphs and text, which need more contrast than lines."""
    theme = marks.theme
    return theme.weight_colour(value) if look.mode is EdgeMode.WEIGHT else theme.gradient_colour(value)
