"""How balls, paths, arrows and runners are drawn flat, in pixels: on the map, in the valley, and over the landscape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gradgui.gui.surface.placement import PlacedRunner
from gradgui.gui.surface.shading import time_colours
from gradgui.gui.theme import (
    ON_SURFACE,
    RUNNERS,
    SURFACE_BALL,
    SURFACE_GHOST,
    SURFACE_MOMENTUM,
    SURFACE_SHADE,
    SURFACE_STEP,
    Size,
    Theme,
)

BALL, GHOST = 7.0, 5.5
"""Radii in pixels."""
_HEAD = 9.0
_SHORTEST = 3.0
"""Pixels: a shorter arrow would be a smudge."""
_HALF = 0.5
"""Half the width of an arrow head, in its lengths."""
_RUNNER = 8.5
_DOT = 2.2
_ARROW = 2.5
"""Width of a runner's arrow."""
_FEW = 60
"""Up to so many steps each is a dot of its own."""


class Pens:
    """Draws with a painter whose units are pixels."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def path(self, painter: QPainter, points: Sequence[QPointF]) -> None:
        """The way the ball came, coloured by time, over a thin shade."""
        if len(points) < 2:
            return
        px = self._theme.px
        painter.setPen(_line(SURFACE_SHADE, px(4.5), 0.35))
        painter.drawPolyline(QPolygonF(list(points)))
        colours = [QColor.fromRgbF(*rgba) for rgba in time_colours(len(points)).tolist()]
        for start, end, colour in zip(points, points[1:], colours[1:], strict=False):
            painter.setPen(QPen(colour, px(2.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(start, end)
        if len(points) <= _FEW:
            painter.setPen(Qt.PenStyle.NoPen)
            for point, colour in zip(points[:-1], colours[:-1], strict=True):
                painter.setBrush(colour)
                painter.drawEllipse(point, px(_DOT) + 0.5, px(_DOT) + 0.5)

    def left_path(self, painter: QPainter, points: Sequence[QPointF]) -> None:
        """The way of a run that was left: dashed, without colour."""
        if len(points) > 1:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_line(SURFACE_SHADE, self._theme.px(3.5), 0.25))
            painter.drawPolyline(QPolygonF(list(points)))
            pen = _line(SURFACE_GHOST, self._theme.px(1.75), 0.85)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(list(points)))

    def ball(self, painter: QPainter, at: QPointF) -> None:
        """Where the network stands."""
        painter.setPen(QPen(QColor(ON_SURFACE), self._theme.px(2)))
        painter.setBrush(QColor(SURFACE_BALL))
        painter.drawEllipse(at, self._theme.px(BALL), self._theme.px(BALL))

    def ghost(self, painter: QPainter, at: QPointF) -> None:
        """Where the next step would lead."""
        colour = QColor(SURFACE_BALL)
        colour.setAlphaF(0.6)
        painter.setPen(QPen(QColor(ON_SURFACE), 1, Qt.PenStyle.DashLine))
        painter.setBrush(colour)
        painter.drawEllipse(at, self._theme.px(GHOST), self._theme.px(GHOST))

    def square(self, painter: QPainter, corners: Sequence[QPointF], colour: str = SURFACE_MOMENTUM) -> None:
        """The squares of past gradients along one axis, added up: the larger, the more the step is divided."""
        for ink, width in ((SURFACE_SHADE, 3.0), (colour, 1.5)):
            painter.setPen(QPen(QColor(ink), self._theme.px(width), Qt.PenStyle.SolidLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF(list(corners)))

    def ring(self, painter: QPainter, at: QPointF) -> None:
        """Round the moment that is pointed at."""
        for colour, width in ((SURFACE_SHADE, 4.0), (ON_SURFACE, 2.0)):
            painter.setPen(QPen(QColor(colour), self._theme.px(width)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, self._theme.px(BALL), self._theme.px(BALL))

    def arrow(self, painter: QPainter, start: QPointF, end: QPointF, colour: str, width: float) -> None:
        """From the rim of the ball; the part outside it is as long as the slope is steep."""
        length = QLineF(start, end).length()
        if length < _SHORTEST:
            return
        ahead = (end - start) / length
        tip = end + ahead * self._theme.px(BALL)
        head = min(self._theme.px(_HEAD) * width / 3, length * 0.8)
        square = QPointF(-ahead.y(), ahead.x()) * head * _HALF
        neck = tip - ahead * head
        painter.setPen(QPen(QColor(colour), self._theme.px(width), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(start, neck)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([tip, neck + square, neck - square]))

    def runner_path(self, painter: QPainter, number: int, points: Sequence[QPointF]) -> None:
        """The way of one runner, in its colour."""
        if len(points) > 1:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width, alpha in ((SURFACE_SHADE, 4.0, 0.4), (runner_colour(number), 2.25, 1.0)):
                painter.setPen(_line(colour, self._theme.px(width), alpha))
                painter.drawPolyline(QPolygonF(list(points)))

    def runner(self, painter: QPainter, number: int, at: QPointF, arrows: Sequence[tuple[QPointF, str]]) -> None:
        """One runner with its number (colours alone would not do) and its arrows, each by its end and its colour."""
        for ahead, own in arrows:
            for colour, width in ((SURFACE_SHADE, _ARROW + 2), (own, _ARROW)):
                self.arrow(painter, at, ahead, colour, width)
        radius = self._theme.px(_RUNNER)
        painter.setPen(QPen(QColor(SURFACE_SHADE), self._theme.px(1.5)))
        painter.setBrush(QColor(runner_colour(number)))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QColor(SURFACE_SHADE))
        painter.setFont(self._theme.font(Size.SMALL, bold=True))
        box = QRectF(at.x() - 2 * radius, at.y() - 2 * radius, 4 * radius, 4 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))


def arrows_of(runner: PlacedRunner) -> list[tuple[tuple[float, float], str]]:
    """What is known of a runner's slopes, each as a way through the box and in its colour."""
    found = (
        (runner.downhill, ON_SURFACE),
        (runner.momentum, runner_colour(runner.number)),
        (runner.adjusted, SURFACE_STEP),
    )
    return [(along, colour) for along, colour in found if along is not None]


def runner_colour(number: int) -> str:
    """The colour of a runner, the same in every picture and in the legend."""
    return RUNNERS[number % len(RUNNERS)]


def _line(colour: str, width: float, alpha: float) -> QPen:
    shade = QColor(colour)
    shade.setAlphaF(alpha)
    return QPen(shade, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
