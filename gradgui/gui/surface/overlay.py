"""What is drawn flat over the finished landscape, so that hills never hide it: the ball's ring, moments, runners."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradgui.gui.surface.labels import Projection
from gradgui.gui.surface.marks import BALL, centre_of
from gradgui.gui.surface.pens import Pens, arrows_of, runner_colour
from gradgui.gui.surface.placement import PlacedRunner, Placement, squares_at
from gradgui.gui.surface.relief import Array
from gradgui.gui.theme import ON_SURFACE, SURFACE_BALL, SURFACE_MOMENTUM, Theme

_RUNNER_LIFT = np.array([0.0, 0.0, 0.036])


class Overlay:
    """Draws in pixels."""

    def __init__(self, theme: Theme) -> None:
        self._theme, self._pens = theme, Pens(theme)

    def ball(self, painter: QPainter, projection: Projection, placement: Placement, azimuth: float) -> None:
        """Its ring, its line to the slice, its optimiser's squares, even through a hill: the ball is never lost."""
        centre = centre_of(placement)
        self._squares(painter, projection, centre, placement.squares, SURFACE_MOMENTUM)
        if placement.hangs:
            ends = np.array([centre, (*centre[:2], placement.ground)])
            painter.setPen(QPen(QColor(SURFACE_BALL), self._theme.px(1.5), Qt.PenStyle.DotLine))
            painter.drawLine(*(QPointF(*end) for end in projection.pixels(ends)))
        right = np.array([-np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth)), 0])
        middle, rim = projection.pixels(np.array([centre, centre + right * BALL]))
        radius = float(np.hypot(*(rim - middle))) + 1
        painter.setPen(QPen(QColor(ON_SURFACE), self._theme.px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*middle), radius, radius)

    def moment(self, painter: QPainter, projection: Projection, placement: Placement, moment: int | None) -> None:
        """Ring the moment that is pointed at."""
        if moment in placement.moments:
            row = placement.moments.index(moment)
            self._pens.ring(painter, QPointF(*projection.pixels(placement.path[row : row + 1])[0]))

    def runners(self, painter: QPainter, projection: Projection, runners: tuple[PlacedRunner, ...]) -> None:
        """The numbers of those that race, their arrows and their squares."""
        for runner in reversed(runners):
            if runner.here:
                start, arrows = runner.path[-1] + _RUNNER_LIFT, arrows_of(runner)
                self._squares(painter, projection, start, runner.squares, runner_colour(runner.number))
                ends = np.array([start, *(np.add(start, (*along, 0.0)) for along, _ in arrows)])
                at, *tips = (QPointF(*pixel) for pixel in projection.pixels(ends))
                named = [(tip, colour) for tip, (_, colour) in zip(tips, arrows, strict=True)]
                self._pens.runner(painter, runner.number, at, named)

    def _squares(
        self, painter: QPainter, projection: Projection, at: Array, squares: tuple[float, float], colour: str
    ) -> None:
        for corners in squares_at(float(at[0]), float(at[1]), squares):
            level = np.column_stack([corners, np.full(len(corners), at[2])])
            self._pens.square(painter, [QPointF(*corner) for corner in projection.pixels(level)], colour)
