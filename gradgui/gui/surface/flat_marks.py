"""What lies on the map: the ball, its path, its arrows, and the ball to come."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.placement import Placement
from gradgui.gui.surface.relief import Relief
from gradgui.gui.theme import ON_SURFACE, SURFACE_BALL, SURFACE_PATH, Theme

_BALL, _GHOST = 7.0, 5.5
_HEAD = 9.0
_SHORTEST = 3.0
"""Pixels: a shorter arrow would be a smudge."""
_HALF = 0.5
"""Half the width of an arrow head, in its lengths."""


class FlatMarks(pg.GraphicsObject):  # type: ignore[misc]
    """Drawn in pixels at places given in parameter values, so that zooming never changes their size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._relief: Relief | None = None
        self._placement: Placement | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_relief(self, relief: Relief | None) -> None:
        """Places are meant in this relief's box."""
        self.prepareGeometryChange()
        self._relief = relief
        self.update()

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here, or nothing."""
        self._placement = placement
        self.update()

    def boundingRect(self) -> QRectF:
        """Called by Qt: the whole map."""
        if self._relief is None:
            return QRectF()
        x0, x1, y0, y1 = self._relief.bounds
        return QRectF(x0, y0, x1 - x0, y1 - y0)

    def moment_at(self, scene: QPointF, reach: float) -> int | None:
        """Which point of the path lies within `reach` pixels."""
        if self._placement is None or not len(self._placement.path):
            return None
        points = self._pixels(self.sceneTransform(), self._placement.path[:, :2])
        distances = [hypot(p.x() - scene.x(), p.y() - scene.y()) for p in points]
        nearest = int(np.argmin(distances))
        return self._placement.moments[nearest] if distances[nearest] <= reach else None

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Called by Qt."""
        if self._relief is None:
            return
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_hole(painter, to_pixels, self._relief)
        if self._placement is not None and self._placement.inside:
            self._paint_path(painter, to_pixels, self._placement)
            self._paint_arrows(painter, to_pixels, self._placement)
            self._paint_ghost(painter, to_pixels, self._placement)
            self._paint_ball(painter, to_pixels, self._placement)
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

    def _paint_path(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        here = np.array([[placement.u, placement.v]])
        points = self._pixels(to_pixels, np.vstack([placement.path[:, :2], here]))
        colour = QColor(SURFACE_PATH)
        for n, (start, end) in enumerate(pairwise(points), 1):
            colour.setAlphaF(0.3 + 0.7 * n / (len(points) - 1))
            painter.setPen(QPen(colour, self._theme.px(2.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(start, end)

    def _paint_ghost(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        if placement.ghost is None:
            return
        colour = QColor(SURFACE_BALL)
        colour.setAlphaF(0.6)
        at = self._pixels(to_pixels, np.array([placement.ghost[:2]]))[0]
        painter.setPen(QPen(QColor(ON_SURFACE), 1, Qt.PenStyle.DashLine))
        painter.setBrush(colour)
        painter.drawEllipse(at, self._theme.px(_GHOST), self._theme.px(_GHOST))

    def _paint_arrows(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        along_x, along_y = placement.partials
        if along_x:
            colour = self._theme.gradient_fill(-along_x)
            self._arrow(painter, to_pixels, placement, (along_x, 0.0), colour, 2.5)
        if along_y:
            colour = self._theme.gradient_fill(-along_y)
            self._arrow(painter, to_pixels, placement, (0.0, along_y), colour, 2.5)
        if placement.downhill is not None:
            self._arrow(painter, to_pixels, placement, placement.downhill, ON_SURFACE, 3.5)

    def _paint_ball(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        at = self._pixels(to_pixels, np.array([[placement.u, placement.v]]))[0]
        painter.setPen(QPen(QColor(ON_SURFACE), self._theme.px(2)))
        painter.setBrush(QColor(SURFACE_BALL))
        painter.drawEllipse(at, self._theme.px(_BALL), self._theme.px(_BALL))

    def _arrow(
        self,
        painter: QPainter,
        to_pixels: QTransform,
        placement: Placement,
        along: tuple[float, float],
        colour: str,
        width: float,
    ) -> None:
        """From the rim of the ball; the part outside it is as long as the slope is steep."""
        box = np.array([[placement.u, placement.v], [placement.u + along[0], placement.v + along[1]]])
        start, end = self._pixels(to_pixels, box)
        length = QLineF(start, end).length()
        if length < _SHORTEST:
            return
        ahead = (end - start) / length
        tip = end + ahead * self._theme.px(_BALL)
        head = min(self._theme.px(_HEAD) * width / 3, length * 0.8)
        square = QPointF(-ahead.y(), ahead.x()) * head * _HALF
        neck = tip - ahead * head
        painter.setPen(QPen(QColor(colour), self._theme.px(width), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(start, neck)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([tip, neck + square, neck - square]))

    def _pixels(self, to_pixels: QTransform, box: np.ndarray) -> list[QPointF]:
        """(n, 2) box coordinates to pixels."""
        if self._relief is None:
            return []
        return [to_pixels.map(QPointF(*self._relief.unplace(float(u), float(v)))) for u, v in box]
