"""A layer of many neurons drawn as one strip of colours, and the edges into it as one block."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.gap_item import shown_values, table_of
from gradgui.gui.editor.geometry import Column
from gradgui.gui.editor.maps import Picture, class_table, coloured, gradient_table
from gradgui.gui.editor.marks import BODY, FINE, Marks, Writing
from gradgui.gui.editor.reading import EdgeLook, EdgeMode, LayerLook
from gradgui.gui.widgets.ranges import spread
from gradgui.session.snapshot import Array


class StripItem(QGraphicsItem):
    """One cell per neuron: its value in class colours, beside it its blame once known."""

    def __init__(self, column: Column, marks: Marks) -> None:
        super().__init__()
        self.column = column
        self._marks = marks
        self._look: LayerLook | None = None
        self._values: Picture | None = None
        self._blame: Picture | None = None
        self._box = QRectF(column.x - column.half, column.top, 2 * column.half, column.bottom - column.top)

    @property
    def known(self) -> bool:
        """Whether the values are computed; else the strip is hatched."""
        return self._values is not None

    def show_look(self, look: LayerLook) -> None:
        """Values and blame of one moment."""
        self._look = look
        palette = self._marks.palette
        self._values = _bar(look.values, class_table(palette))
        self._blame = _bar(look.blame, gradient_table(palette))
        self.update()

    def hit(self, point: QPointF) -> int | None:
        """The neuron under the pointer."""
        if not self._box.contains(point):
            return None
        share = (point.y() - self.column.top) / self._box.height()
        return min(int(share * self.column.units), self.column.units - 1)

    def boundingRect(self) -> QRectF:
        """The strip and its outline."""
        return self._box.adjusted(-6, -6, 6, 6)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Cells, then the outline."""
        look, palette = self._look, self._marks.palette
        painter.fillRect(self._box, QColor(palette.panel))
        if self._values is None:
            self._marks.hatch(painter, self._box)
            self._marks.write(painter, Writing("?", self.column.x, self._box.center().y(), palette.muted, BODY, True))
        else:
            draw_cells(painter, self._values, self._box)
        if self._blame is not None:
            right = QRectF(self.column.x, self._box.y(), self.column.half, self._box.height())
            draw_cells(painter, self._blame, right)
        current = look is not None and look.current
        waiting = look is not None and look.blame is None and look.arriving is None
        colour = palette.current if current else palette.forward
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._marks.pen(colour, self._marks.length(3.5 if current else 1.5), not self.known and waiting))
        painter.drawRoundedRect(self._box, 3, 3)


class BundleItem(QGraphicsItem):
    """All weights between two layers as one block of colours, units down and inputs across."""

    def __init__(self, layer: int, source: Column, target: Column, marks: Marks) -> None:
        super().__init__()
        self.layer = layer
        self._marks = marks
        self._shape = (target.units, source.units)
        self._block: Picture | None = None
        self._look: EdgeLook | None = None
        left, right = source.x + source.half, target.x - target.half
        self._band = QPolygonF([
            QPointF(left, source.top), QPointF(right, target.top), QPointF(right, target.bottom),
            QPointF(left, source.bottom),
        ])  # fmt: skip
        side = min((right - left) * 0.62, marks.length(96))
        middle = (source.top + source.bottom + target.top + target.bottom) / 4
        self._box = QRectF((left + right) / 2 - side / 2, middle - side / 2, side, side)

    @property
    def labels(self) -> list[Writing]:
        """A block carries its size, or "?" while its gradient is unknown."""
        look, palette = self._look, self._marks.palette
        if look is None or look.quiet or look.weights is None or self._box.width() < self._marks.length(40):
            return []
        x, y = self._box.center().x(), self._box.top() - self._marks.length(12)
        unknown = look.mode is EdgeMode.UNKNOWN
        text = f"∂L/∂W{self.layer + 1} ?" if unknown else f"W{self.layer + 1}"
        return [Writing(text, x, y, palette.muted, FINE, unknown)]

    def show_look(self, look: EdgeLook, largest: float) -> None:
        """Weights, or gradients once backward has begun."""
        self._look = look
        shown = look.weights if look.mode is EdgeMode.WEIGHT else look.gradients
        if shown is not None and shown.ndim == 2 and shown.size:
            self._shape = shown.shape[0], shown.shape[1]
        values = shown_values(look, self._shape[0] * self._shape[1])
        table = table_of(look, self._marks.palette)
        if values is None:
            self._block = None
        else:
            grid = np.ascontiguousarray(values).reshape(self._shape)
            self._block = Picture(coloured(grid, table, 0.0, min(largest, spread(grid))))
        self.update()

    def hit(self, point: QPointF) -> tuple[int, int] | None:
        """The (unit, input) of the cell under the pointer."""
        bare = self._look is not None and self._look.weights is None
        if bare or not self._box.contains(point):
            return None
        across = (point.x() - self._box.left()) / self._box.width()
        down = (point.y() - self._box.top()) / self._box.height()
        units, inputs = self._shape
        return min(int(down * units), units - 1), min(int(across * inputs), inputs - 1)

    def middle(self, unit: int, source: int) -> QPointF:
        """The middle of one cell."""
        units, inputs = self._shape
        x = self._box.left() + (source + 0.5) * self._box.width() / inputs
        return QPointF(x, self._box.top() + (unit + 0.5) * self._box.height() / units)

    def outline(self, unit: int, source: int) -> QPainterPath | None:
        """A small ring around one cell."""
        path = QPainterPath()
        path.addEllipse(self.middle(unit, source), self._marks.length(6), self._marks.length(6))
        return path

    def prefer(self, _chosen: object) -> None:
        """Cells never lie on each other."""

    def hover(self, _edge: tuple[int, int] | None) -> None:
        """Cells are too small to be lit one by one."""

    def ask(self, _edge: tuple[int, int] | None) -> None:
        """A single wire cannot be told apart here."""

    def boundingRect(self) -> QRectF:
        """The band between the columns and the label."""
        return self._band.boundingRect().united(self._box).adjusted(0, -30, 0, 6)

    def paint_band(self, painter: QPainter) -> None:
        """A pale ground from one column to the other."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._marks.wash(self._marks.palette.line, 110))
        painter.drawPolygon(self._band)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """A pale band that says "everything to everything", and the block on it."""
        palette = self._marks.palette
        self.paint_band(painter)
        if self._look is not None and self._look.weights is None:
            return
        painter.fillRect(self._box, QColor(palette.panel))
        if self._block is not None:
            draw_cells(painter, self._block, self._box)
        elif self._look is not None and self._look.mode is EdgeMode.UNKNOWN:
            self._marks.hatch(painter, self._box)
        current = self._look is not None and self._look.current
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._marks.pen(palette.current if current else palette.forward, self._marks.length(1.2)))
        painter.drawRect(self._box)
        for writing in self.labels:
            self._marks.write(painter, writing)


def _bar(values: Array | None, table: np.ndarray) -> Picture | None:
    if values is None or values.size == 0:
        return None
    return Picture(coloured(values.reshape(-1, 1), table, 0.0, spread(values)))


def draw_cells(painter: QPainter, picture: Picture, box: QRectF) -> None:
    """Cells with hard borders: every cell is one number."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, picture.image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
