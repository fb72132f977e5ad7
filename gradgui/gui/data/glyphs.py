"""Data points as glyphs: each class has its colour and its shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter, QPen

from gradgui.gui.data.answers import Ints
from gradgui.gui.theme import CLASSES, Theme

Array = NDArray[np.float64]

SYMBOLS = ("o", "t1", "s", "d", "p", "h", "star", "t", "t2", "t3")
SHAPES = ("●", "▲", "■", "◆", "⬟", "⬢", "★", "▼", "▶", "◀")
"""The same shapes in running text."""
_FEW, _MANY = 600, 2000


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a point."""

    colour: str
    ring: str
    """Around a filled training point."""
    inside: str
    """Within a hollow test point."""


class Points:
    """A set of points, built once; only showing and hiding costs nothing later."""

    def __init__(self, theme: Theme, hollow: bool) -> None:
        self._theme, self._hollow = theme, hollow
        self.item = pg.ScatterPlotItem(pxMode=True)
        self.item.setZValue(3 if hollow else 4)

    def show_points(self, places: Array, numbers: Ints, colours: list[Ink]) -> None:
        """Draw (N, 2) places, each in the shape of its class and in its own colour."""
        known: dict[int, tuple[QPen, QBrush]] = {}
        for ink in colours:  # many points share one ink: telling them apart by what they are would cost more
            if id(ink) not in known:
                known[id(ink)] = brush_and_pen(self._theme, ink, self._hollow)
        pens, brushes = zip(*(known[id(ink)] for ink in colours), strict=True) if colours else ((), ())
        self.item.setData(
            x=places[:, 0].copy(),
            y=places[:, 1].copy(),
            symbol=[SYMBOLS[k % len(SYMBOLS)] for k in numbers],
            pen=list(pens),
            brush=list(brushes),
            size=self.size_for(len(places)),
        )

    def size_for(self, count: int) -> float:
        """Smaller where there are many."""
        size = 9.0 if count <= _FEW else 7.0 if count <= _MANY else 5.0
        return size * self._theme.factor


def brush_and_pen(theme: Theme, ink: Ink, hollow: bool) -> tuple[QPen, QBrush]:
    """Filled with a ring for training points, hollow for test points."""
    if hollow:
        return pg.mkPen(ink.colour, width=1.6 * theme.factor), pg.mkBrush(ink.inside)
    return pg.mkPen(ink.ring, width=1.2 * theme.factor), pg.mkBrush(ink.colour)


def class_ink(theme: Theme, number: int) -> Ink:
    """The colours of a class; the pale ring lifts it off the map in the same colour."""
    ring = theme.palette.point_ring
    return Ink(CLASSES[number % len(CLASSES)], ring, ring)


def draw_glyph(painter: QPainter, box: QRectF, number: int, pen: QPen, brush: QBrush) -> None:
    """One glyph in the middle of a box."""
    painter.save()
    painter.translate(box.center())
    drawSymbol(painter, SYMBOLS[number % len(SYMBOLS)], min(box.width(), box.height()), pen, brush)
    painter.restore()
