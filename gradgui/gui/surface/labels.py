"""The writing in the 3-D picture: tick numbers and names on the edges nearest to the eye."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from gradgui.gui.surface.relief import FLOOR, HEIGHT, Array, Relief
from gradgui.gui.surface.ticks import label, labels, log_ticks, ticks
from gradgui.gui.theme import Size, Theme

_TICK_ROOM, _NAME_ROOM = 15, 33
"""Pixels between an edge and its numbers, and its name."""
_SHORTEST = 95
"""Pixels: an edge seen end-on keeps its name but shows no numbers."""
_GONE = 24
_CORNER = 12
_HOLE = 0.15
_NEARLY = 0.02
_TICK = 4
_READABLE, _CLOSEST = 11, 85
"""Pixels and percent: no number beside the upright axis is smaller, and none has its letters closer together."""


@dataclass(frozen=True, slots=True)
class Projection:
    """From the box to pixels of the pane."""

    matrix: Array
    """(4, 4) box to clip space."""
    width: int
    height: int

    def pixels(self, points: Array) -> Array:
        """(n, 3) points to (n, 2) pixels."""
        clip = np.column_stack([points, np.ones(len(points))]) @ self.matrix.T
        flat = clip[:, :2] / clip[:, 3:]
        return (flat * (1, -1) + 1) / 2 * (self.width, self.height)

    def depth(self, point: Array) -> float:
        """Distance along the line of sight; smaller is nearer."""
        return float((self.matrix @ np.append(point, 1.0))[3])


class AxisLabels:
    """Draws the three axes over the finished picture."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._room = 0, 0

    def paint(self, painter: QPainter, projection: Projection, relief: Relief, loss_name: str, level: float) -> None:
        """Write the numbers and names of one relief; `level` is the height of the plane they are written on."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._room = projection.width, projection.height
        near_v = self._nearer(projection, (0, -1), (0, 1))[1]
        near_u = self._nearer(projection, (1, 0), (-1, 0))[0]
        x0, x1, y0, y1 = relief.bounds
        along = np.array([relief.spot(x, y0)[0] for x in ticks(x0, x1)])
        points = np.column_stack([along, np.full_like(along, near_v), np.full_like(along, level)])
        ends = np.array([(-1, near_v, level), (1, near_v, level)])
        self._edge(painter, projection, ends, points, ticks(x0, x1), relief.view.axes[0].label)
        along = np.array([relief.spot(x0, y)[1] for y in ticks(y0, y1)])
        points = np.column_stack([np.full_like(along, near_u), along, np.full_like(along, level)])
        ends = np.array([(near_u, -1, level), (near_u, 1, level)])
        self._edge(painter, projection, ends, points, ticks(y0, y1), relief.view.axes[1].label)
        self._loss_edge(painter, projection, relief, loss_name)
        self._hole(painter, projection, relief)

    def _hole(self, painter: QPainter, projection: Projection, relief: Relief) -> None:
        """In a hole stands why it is one."""
        centre = relief.hole()
        if centre is not None:
            at = projection.pixels(np.array([(*centre, HEIGHT * _HOLE)]))[0]
            self._write(painter, at, "NaN", self._theme.palette.muted, bold=True)

    def _nearer(self, projection: Projection, one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
        depths = [projection.depth(np.array([*side, FLOOR], dtype=float)) for side in (one, other)]
        return one if depths[0] <= depths[1] else other

    def _edge(
        self, painter: QPainter, projection: Projection, ends: Array, points: Array, values: list[float], name: str
    ) -> None:
        """One floor edge: its numbers outside the floor, its name beyond them."""
        start, end = projection.pixels(ends)
        length = float(np.hypot(*(end - start)))
        if length < _GONE:
            return
        outward = self._outward(projection, start, end, float(ends[0, 2]))
        if length >= _SHORTEST:
            corner, far = (start, end) if start[1] > end[1] else (end, start)
            self._numbers(painter, projection.pixels(points), values, outward, corner, (far - corner) / length)
        width = QFontMetricsF(self._theme.font(Size.SMALL, bold=True)).horizontalAdvance(name)
        aside = abs(float(outward[0])) * width / 2
        middle = (start + end) / 2 + outward * (self._theme.px(_NAME_ROOM) + aside)
        self._write(painter, middle, name, self._theme.palette.ink, bold=True)

    def _outward(self, projection: Projection, start: Array, end: Array, level: float) -> Array:
        """(2,) a pixel long, square to the edge, away from the middle of their plane."""
        along = (end - start) / np.hypot(*(end - start))
        square = np.array([-along[1], along[0]])
        middle = projection.pixels(np.array([(0.0, 0.0, level)]))[0]
        return square if float(square @ ((start + end) / 2 - middle)) > 0 else -square

    def _numbers(
        self, painter: QPainter, at: Array, values: list[float], outward: Array, corner: Array, away: Array
    ) -> None:
        """Ticks and their numbers; near the corner where two axes meet, a number makes room for that of the other."""
        painter.setPen(QPen(QColor(self._theme.palette.muted), 1))
        for place in at:
            tip = place + outward * self._theme.px(_TICK)
            painter.drawLine(QPointF(*place), QPointF(*tip))
        for place, value in zip(at, values, strict=True):
            aside = max(0.0, self._theme.px(_CORNER) - float(np.hypot(*(place - corner))))
            where = place + outward * self._theme.px(_TICK_ROOM) + away * aside
            self._write(painter, where, label(value), self._theme.palette.muted)

    def _loss_edge(self, painter: QPainter, projection: Projection, relief: Relief, name: str) -> None:
        """The upright edge that stands leftmost in the picture; nothing when seen from above."""
        corners = np.array([(u, v, FLOOR) for u in (-1, 1) for v in (-1, 1)], dtype=float)
        u, v, _ = corners[int(np.argmin(projection.pixels(corners)[:, 0]))]
        foot, head = projection.pixels(np.array([(u, v, 0.0), (u, v, HEIGHT)]))
        if abs(foot[1] - head[1]) < _SHORTEST / 2:
            return
        values = loss_ticks(relief)
        heights = relief.height(np.array(values))
        painter.setPen(QPen(QColor(self._theme.palette.muted), 1))
        painter.drawLine(QPointF(*foot), QPointF(*head))
        left = np.array([-1.0, 0.0])
        places = projection.pixels(np.column_stack([np.full(len(values), u), np.full(len(values), v), heights]))
        for place, words in zip(places, labels(values), strict=True):
            painter.drawLine(QPointF(*place), QPointF(*(place + left * self._theme.px(_TICK))))
            self._write(painter, place + left * self._theme.px(8), words, self._theme.palette.muted, right=True)
        self._write(painter, head - (0, self._theme.px(_TICK_ROOM)), name, self._theme.palette.ink, bold=True)

    def _write(
        self, painter: QPainter, at: Array, words: str, colour: str, bold: bool = False, right: bool = False
    ) -> None:
        """Around a place, or left of it; never cut, and never beyond the picture: where the left is narrow, closer."""
        font = QFont(self._theme.font(Size.SMALL, bold))
        metrics = QFontMetricsF(font)
        if right and metrics.horizontalAdvance(words) > at[0]:
            font.setPixelSize(min(font.pixelSize(), self._theme.px(_READABLE)))
            share = 100 * at[0] / QFontMetricsF(font).horizontalAdvance(words)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, min(100, max(share, _CLOSEST)))
            metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(words), metrics.height()
        left = min(max(0.0, at[0] - width * (1.0 if right else 0.5)), self._room[0] - width)
        top = min(max(0.0, at[1] - height / 2), self._room[1] - height)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(QPointF(left, top + metrics.ascent()), words)


class AxisSheet:
    """The writing of the axes on a sheet of its own, written anew only where it looks otherwise.

    A ball that moves leaves the axes alone, and writing them takes longer than drawing the ball.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme, self._labels = theme, AxisLabels(theme)
        self._sheet, self._shown = QImage(), tuple[object, ...]()
        self._relief: Relief | None = None

    def paint(self, painter: QPainter, projection: Projection, relief: Relief, loss_name: str, level: float) -> None:
        """Lay the writing over the picture, as sharp as the picture is."""
        size, sharp = QSize(projection.width, projection.height), painter.deviceTransform().m11()
        shown = (
            projection.matrix.tobytes(), size.toTuple(), sharp, loss_name, level, self._theme.palette,
            self._theme.factor,
        )  # fmt: skip
        if relief is not self._relief or shown != self._shown:
            self._relief, self._shown = relief, shown
            self._sheet = QImage(size * sharp, QImage.Format.Format_ARGB32_Premultiplied)
            self._sheet.setDevicePixelRatio(sharp)
            self._sheet.fill(Qt.GlobalColor.transparent)
            writing = QPainter(self._sheet)
            self._labels.paint(writing, projection, relief, loss_name, level)
            writing.end()
        painter.drawImage(QPointF(0, 0), self._sheet)


def loss_ticks(relief: Relief) -> list[float]:
    """Round losses; a bottom that is nearly round counts as round."""
    if relief.log:
        return log_ticks(relief.low, relief.top, 3)
    return ticks(relief.low - (relief.top - relief.low) * _NEARLY, relief.top, 3)
