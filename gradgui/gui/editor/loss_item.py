"""The loss at the right end: how wrong the answer is, and where blame begins."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Column
from gradgui.gui.editor.marks import BODY, FINE, LEAD, THINNEST, WIDEST, Marks, Writing
from gradgui.gui.widgets.naming import compact
from gradgui.session.snapshot import Array

SIDE = 0.92
"""Half the side of the square, as a share of a single neuron's radius."""


class LossItem(QGraphicsItem):
    """A rounded square with the loss, and the lines by which the answers reach it."""

    def __init__(self, column: Column, answers: Column, marks: Marks, roomiest: float) -> None:
        super().__init__()
        self.column = column
        self._marks = marks
        half = max(min(marks.length(30), roomiest), marks.length(17)) * SIDE
        centre = column.ys[0]
        self._box = QRectF(column.x - half, centre - half, 2 * half, 2 * half)
        start = answers.x + answers.half
        heights = (centre,) if answers.strip else answers.ys
        self._lines = [QLineF(start, y, self._box.left(), centre) for y in heights]
        self._loss: float | None = None
        self._blame: Array | None = None
        self._largest = 1.0
        self._current = False
        self._backward = False

    @property
    def text(self) -> str:
        """The loss as written, or "?"."""
        return "?" if self._loss is None else compact(self._loss, self._type()[1])

    @property
    def current(self) -> bool:
        """Whether the loss was computed just now."""
        return self._current

    def show_loss(self, loss: float | None, blame: Array | None, largest: float, backward: bool, current: bool) -> None:
        """The loss if known, and ∂L/∂a of every answer once blame has begun to walk."""
        self._loss, self._blame, self._largest = loss, blame, largest
        self._backward, self._current = backward, current
        self.update()

    def hit(self, point: QPointF) -> bool:
        """Whether the pointer is on the square."""
        return self._box.contains(point)

    def outline(self) -> QPainterPath:
        """A line around the square."""
        path, pad = QPainterPath(), self._marks.length(6)
        path.addRoundedRect(self._box.adjusted(-pad, -pad, pad, pad), 2 * pad, 2 * pad)
        return path

    def boundingRect(self) -> QRectF:
        """The square and the lines before it."""
        box = self._box
        for line in self._lines:
            box = box.united(QRectF(line.p1(), line.p2()).normalized())
        return box.adjusted(-8, -8, 8, 8)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Lines, square, number."""
        for unit, line in enumerate(self._lines):
            self._paint_line(painter, unit, line)
        palette, known = self._marks.palette, self._loss is not None
        colour = palette.current if self._current else palette.gradient_plus_fill if known else palette.forward
        painter.setPen(self._marks.pen(colour, self._marks.length(4 if self._current else 2.5), not known))
        painter.setBrush(self._marks.wash(palette.gradient_plus_fill, 24) if known else QBrush(QColor(palette.panel)))
        corner = self._box.width() * 0.14
        painter.drawRoundedRect(self._box, corner, corner)
        size, _ = self._type()
        ink = palette.ink if known else palette.muted
        centre = self._box.center()
        self._marks.write(painter, Writing(self.text, centre.x(), centre.y(), ink, size, True))

    def _paint_line(self, painter: QPainter, unit: int, line: QLineF) -> None:
        palette, width = self._marks.palette, self._marks.length(2)
        if not self._backward:
            painter.setPen(self._marks.pen(palette.line, width))
        elif self._blame is None or unit >= len(self._blame):
            painter.setPen(self._marks.pen(palette.forward, width, dotted=True))
        else:
            size = abs(float(self._blame[unit]))
            share = min(size / self._largest, 1.0) if math.isfinite(size) else 1.0
            wide = self._marks.length(THINNEST + (WIDEST - THINNEST) * share)
            painter.setPen(self._marks.pen(self._marks.theme.gradient_fill(float(self._blame[unit])), wide))
        painter.drawLine(line)

    def _type(self) -> tuple[float, int]:
        room = self._box.width() - self._marks.length(6)
        for size, digits in ((LEAD, 4), (BODY, 4), (FINE, 3), (FINE, 2)):
            if self._marks.width(self._widest(digits), size, True) <= room:
                return size, digits
        return FINE * min(1.0, room / self._marks.width(self._widest(2), FINE, True)), 2

    def _widest(self, digits: int) -> str:
        """The loss as it would be written, or ordinary digits where these are wider, so that its size does not jump."""
        ordinary = "0.0000"[: digits + 1]
        written = ordinary if self._loss is None else compact(self._loss, digits)
        return max(ordinary, written, key=lambda words: self._marks.width(words, FINE, True))
