"""Snowflakes on what stays as it is: single weights and biases, or all of a layer."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.document.parameters import ENTRY
from gradgui.gui.editor.geometry import Plan
from gradgui.gui.editor.marks import Marks

FLAKE = 7.0


class FrostItem(QGraphicsItem):
    """A flake on a frozen weight, beside the numbers on edges; at the lower left of a neuron whose bias is frozen."""

    def __init__(self, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._plan, self._marks = plan, marks
        self.flakes: list[QPointF] = []
        self._written: list[dict[tuple[int, int], QRectF]] = []

    def stand_beside(self, written: list[dict[tuple[int, int], QRectF]]) -> None:
        """For each layer, where the number of an edge (unit, source) may stand: its flake stands beside that."""
        self._written = written

    def show_frozen(self, frozen: list[tuple[str, ...]]) -> None:
        """For each layer the names of what is frozen: W, b, W[0,1], b[2]."""
        self.flakes = []
        for layer, names in enumerate(frozen[: len(self._plan.columns) - 2]):
            for name in names:
                self.flakes += self._places(layer, name)
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole network."""
        return QRectF(0, 0, self._plan.width, self._plan.height)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Flake by flake."""
        palette = self._marks.palette
        for place in self.flakes:
            radius = self._marks.length(FLAKE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.panel))
            painter.drawEllipse(place, radius + 1, radius + 1)
            paint_flake(painter, place, radius, palette.gradient_minus)

    def _places(self, layer: int, name: str) -> list[QPointF]:
        source, target = self._plan.column(layer - 1), self._plan.column(layer)
        entry = ENTRY.fullmatch(name)
        if name == "W":
            return [QPointF((source.x + target.x) / 2, self._plan.captions + self._marks.length(8))]
        units = range(target.units) if name == "b" and not target.strip else []
        if entry is not None and entry[4]:
            units = range(int(entry[5]), int(entry[5]) + 1)
        if entry is not None and entry[1]:
            row, column = int(entry[2]), int(entry[3])
            if row >= target.units or column >= source.units:
                return []
            return [self._on_edge(layer, row, column)]
        away = target.half * 0.8
        return [QPointF(target.x - away, target.ys[unit] + away) for unit in units if unit < target.units]

    def _on_edge(self, layer: int, row: int, column: int) -> QPointF:
        """Numbers stand below each other: the longer way beside them is free, also for edges without one."""
        source, target = self._plan.column(layer - 1), self._plan.column(layer)
        start, end = QPointF(source.x, source.ys[column]), QPointF(target.x, target.ys[row])
        written = self._written[layer] if layer < len(self._written) else {}
        if not written:
            return (start + end) / 2
        some, away = next(iter(written.values())), self._marks.length(FLAKE)
        x = some.left() - away if some.center().x() > (start + end).x() / 2 else some.right() + away
        along = start + (end - start) * (x - start.x()) / (end.x() - start.x())
        return QPointF(x, written[row, column].center().y() if (row, column) in written else along.y())


def paint_flake(painter: QPainter, centre: QPointF, radius: float, colour: str) -> None:
    """Three bars with small branches at their ends."""
    painter.setPen(QPen(QColor(colour), max(1.0, radius * 0.2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for arm in range(6):
        angle = math.pi / 6 + arm * math.pi / 3
        tip = centre + QPointF(math.cos(angle), math.sin(angle)) * radius
        fork = centre + QPointF(math.cos(angle), math.sin(angle)) * radius * 0.6
        painter.drawLine(centre, tip)
        for side in (-0.6, 0.6):
            painter.drawLine(fork, fork + QPointF(math.cos(angle + side), math.sin(angle + side)) * radius * 0.35)


def draw_flake(painter: QPainter, box: QRectF) -> None:
    """A flake in the ink of the pen, for the tick boxes that freeze."""
    ink = painter.pen().color().name()
    paint_flake(painter, box.center(), box.width() / 2, ink)
