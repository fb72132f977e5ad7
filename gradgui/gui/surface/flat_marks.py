"""What lies on the map: the ball, its path, its arrows, and the ball to come."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.ball_marks import BallMarks
from gradgui.gui.surface.pens import arrows_of, runner_colour
from gradgui.gui.surface.placement import Placement, squares_at
from gradgui.gui.surface.relief import Array, Relief
from gradgui.gui.theme import ON_SURFACE, SURFACE_MOMENTUM, SURFACE_STEP

_THIN, _THICK = 2.5, 3.5


class FlatMarks(BallMarks):
    """The ball, its path, its arrows and a race on the map."""

    def boundingRect(self) -> QRectF:
        """Called by Qt: the whole map."""
        if self._relief is None:
            return QRectF()
        x0, x1, y0, y1 = self._relief.bounds
        return QRectF(x0, y0, x1 - x0, y1 - y0)

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Called by Qt."""
        if self._relief is None:
            return
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_hole(painter, to_pixels, self._relief)
        if self._placement is not None:
            for ghost in self._placement.ghosts:
                self._pens.left_path(painter, self._pixels(to_pixels, ghost[:, :2]))
        if self._placement is not None and self._placement.inside:
            self._paint_ball(painter, to_pixels, self._placement)
        self._paint_runners(painter, to_pixels)
        painter.restore()

    def _paint_hole(self, painter: QPainter, to_pixels: QTransform, relief: Relief) -> None:
        """Name the place where the loss is not a number."""
        centre = relief.hole()
        if centre is None:
            return
        at = self._pixels(to_pixels, np.array([centre]))[0]
        painter.setFont(self._theme.font())
        painter.setPen(QColor(self._theme.palette.muted))
        painter.drawText(QRectF(at.x() - 40, at.y() - 20, 80, 40), Qt.AlignmentFlag.AlignCenter, "NaN")

    def _paint_ball(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        here = self._pixels(to_pixels, np.array([[placement.u, placement.v]]))[0]
        self._pens.path(painter, [*self._pixels(to_pixels, placement.path[:, :2]), here])
        for corners in squares_at(placement.u, placement.v, placement.squares):
            self._pens.square(painter, self._pixels(to_pixels, corners))
        self._paint_arrows(painter, to_pixels, placement)
        if placement.ghost is not None:
            self._pens.ghost(painter, self._pixels(to_pixels, np.array([placement.ghost[:2]]))[0])
        self._pens.ball(painter, here)
        if self._highlighted in placement.moments:
            row = placement.moments.index(self._highlighted)
            self._pens.ring(painter, self._pixels(to_pixels, placement.path[row : row + 1, :2])[0])

    def _paint_arrows(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        along_x, along_y = placement.partials
        arrows = []
        if along_x:
            arrows.append(((along_x, 0.0), self._theme.gradient_fill(-along_x), _THIN))
        if along_y:
            arrows.append(((0.0, along_y), self._theme.gradient_fill(-along_y), _THIN))
        if placement.downhill is not None:
            arrows.append((placement.downhill, ON_SURFACE, _THICK))
        if placement.momentum is not None:
            here = np.array([placement.u, placement.v])
            start, end = self._pixels(to_pixels, np.stack([here, np.add(here, placement.momentum)]))
            self._pens.arrow(painter, start, end, SURFACE_MOMENTUM, _THIN)
        if placement.adjusted is not None:
            arrows.append((placement.adjusted, SURFACE_STEP, _THIN))
        u, v, _ = placement.foot
        for (du, dv), colour, width in arrows:
            start, end = self._pixels(to_pixels, np.array([[u, v], [u + du, v + dv]]))
            self._pens.arrow(painter, start, end, colour, width)

    def _paint_runners(self, painter: QPainter, to_pixels: QTransform) -> None:
        paths = [self._pixels(to_pixels, runner.path[:, :2]) for runner in self._runners]
        for runner, path in zip(self._runners, paths, strict=True):
            self._pens.runner_path(painter, runner.number, path)
        for runner, path in zip(reversed(self._runners), reversed(paths), strict=True):
            if runner.here:
                u, v, _ = runner.path[-1]
                for corners in squares_at(u, v, runner.squares):
                    self._pens.square(painter, self._pixels(to_pixels, corners), runner_colour(runner.number))
                arrows = [
                    (self._pixels(to_pixels, np.array([(u + du, v + dv)]))[0], colour)
                    for (du, dv), colour in arrows_of(runner)
                ]
                self._pens.runner(painter, runner.number, path[-1], arrows)

    def _pixels(self, to_pixels: QTransform, box: Array) -> list[QPointF]:
        """(n, 2) or (n, 3) box coordinates to pixels, seen from above."""
        if self._relief is None:
            return []
        return [to_pixels.map(QPointF(*self._relief.unplace(float(u), float(v)))) for u, v, *_ in box]
