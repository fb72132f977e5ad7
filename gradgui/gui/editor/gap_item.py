"""All edges between two columns, painted by one item so that thousands of them stay cheap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.edge_labels import EdgeLabels
from gradgui.gui.editor.geometry import Column, Plan
from gradgui.gui.editor.maps import Table, gradient_table, weight_table
from gradgui.gui.editor.marks import THINNEST, WIDEST, Marks, Writing
from gradgui.gui.editor.reading import EdgeLook, EdgeMode
from gradgui.gui.theme import MINUS, Palette
from gradgui.gui.widgets.naming import arrow
from gradgui.session.snapshot import Array

BUCKETS = 10
"""Edges are painted in this many widths."""
NEAR = 6.0
"""How close the pointer has to be to touch an edge."""
SLENDER = 18.0
"""Where neurons are smaller than this, edges are thinner too."""
GLYPHS = 4
"""Where numbers do not fit, so many of the strongest edges show their sign."""

DECADES = 4.0
"""Powers of ten that widths on a logarithmic scale tell apart."""
GLYPH_ROOM = 60.0
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
        self._widest = WIDEST * min(max(plan.radius / marks.length(SLENDER), 0.35), 1.0)
        self._pens: dict[tuple[bool, int], QPen] = {}
        self._glyphs: list[Writing] = []
        self._labels = EdgeLabels(layer, plan, self._lines, source, target, marks)
        self._look: EdgeLook | None = None
        self._meshed = True
        """Whether every line stands for one weight."""
        self._hovered: int | None = None
        pad = marks.length(60)
        top, bottom = min(source.top, target.top), max(source.bottom, target.bottom)
        self._bounds = QRectF(start, top - pad, end - start, bottom - top + 2 * pad)

    @property
    def labels(self) -> list[Writing]:
        """What is written on the edges."""
        return self._labels.writings + self._glyphs

    @property
    def strokes(self) -> list[Strokes]:
        """The lines as they are painted."""
        return self._strokes

    def show_look(self, look: EdgeLook, largest: float) -> None:
        """Colour and width of every edge; `largest` is the value of the widest one."""
        self._look = look
        self._meshed = look.weights is not None and look.weights.size == len(self._lines)
        self._strokes = self._made_strokes(look, largest)
        self._labels.show_look(look)
        self._glyphs = [] if self._labels.numbered else self._made_glyphs(look)
        self.update()

    def hit(self, point: QPointF) -> tuple[int, int] | None:
        """The (unit, input) of the edge under the pointer."""
        if not self._bounds.contains(point) or not self._meshed:
            return None
        start, run = self._ends[:, :2], self._ends[:, 2:] - self._ends[:, :2]
        place = np.array([point.x(), point.y()])
        along = np.clip(((place - start) * run).sum(1) / (run**2).sum(1), 0.0, 1.0)
        distance = np.hypot(*(start + along[:, None] * run - place).T)
        nearest = int(distance.argmin())
        if distance[nearest] > self._marks.length(NEAR):
            return None
        return divmod(nearest, self._source.units)

    def middle(self, unit: int, source: int) -> QPointF:
        """The middle of one edge."""
        place = unit * self._source.units + source
        return self._lines[place].pointAt(0.5) if place < len(self._lines) else self._bounds.center()

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
        own = edge is not None and edge[1] < self._source.units
        wanted = edge[0] * self._source.units + edge[1] if edge is not None and own else None
        if wanted != self._hovered:
            self._hovered = wanted
            self.update()

    def boundingRect(self) -> QRectF:
        """The room between the two columns."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Lines first, then what is written on them."""
        for strokes in self._strokes:
            painter.setPen(strokes.pen)
            painter.drawLines(strokes.lines)
        if self._hovered is not None:
            painter.setPen(self._marks.pen(self._marks.palette.ink, self._marks.length(2)))
            painter.drawLine(self._lines[self._hovered])
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
        share = np.clip(np.nan_to_num(np.abs(values) / largest, nan=1.0), 0.0, 1.0)
        if self._marks.log_widths and look.mode is not EdgeMode.WEIGHT:
            share = log_share(share)
        bucket = np.ceil(share * BUCKETS).astype(int) * np.where(values < 0, -1, 1)
        return self._grouped(bucket.tolist(), look)

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
        strongest = np.argsort(-np.abs(values), kind="stable")[:GLYPHS]
        return [self._glyph(int(n), values[n], look) for n in strongest if values[n] != 0]

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
