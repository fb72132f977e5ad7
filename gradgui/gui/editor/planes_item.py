"""A layer of feature maps: one small picture for each channel, with the activations of now."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Column
from gradgui.gui.editor.maps import Picture, Table, class_table, coloured, gradient_table
from gradgui.gui.editor.marks import FINE, Marks, Writing, around
from gradgui.gui.editor.planes import Planes
from gradgui.gui.editor.reading import LayerLook
from gradgui.gui.editor.strip_item import draw_cells
from gradgui.gui.widgets.ranges import spread
from gradgui.session.snapshot import Array

ASKING = 12.0
"""Smaller pictures have no room for a question mark."""


class PlanesItem(QGraphicsItem):
    """Activations until blame has arrived; from then on, whose fault each cell is."""

    def __init__(self, column: Column, planes: Planes, marks: Marks) -> None:
        super().__init__()
        self.column, self._planes, self._marks = column, planes, marks
        self._boxes = [QRectF(*box) for box in planes.boxes]
        self._look: LayerLook | None = None
        self._pictures: list[Picture] = []

    @property
    def pictures(self) -> list[Picture]:
        """One for each channel; none while nothing is computed."""
        return self._pictures

    @property
    def known(self) -> bool:
        """Whether the values are computed; else the pictures are hatched."""
        return bool(self._pictures)

    def show_look(self, look: LayerLook) -> None:
        """Values or blame of one moment."""
        self._look, palette = look, self._marks.palette
        if look.blame is not None:
            self._pictures = self._made(look.blame, gradient_table(palette))
        else:
            self._pictures = self._made(look.values, class_table(palette))
        self.update()

    def hit(self, point: QPointF) -> int | None:
        """The unit under the pointer."""
        return self._planes.unit_at(point.x(), point.y())

    def boundingRect(self) -> QRectF:
        """All pictures and their outlines."""
        return around(self._boxes).adjusted(-4, -4, 4, 4)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Picture by picture; one with too many cells for its pixels is smoothed by Qt."""
        look, palette = self._look, self._marks.palette
        current = look is not None and look.current
        waiting = look is not None and look.blame is None and look.arriving is None
        colour = palette.current if current else palette.forward
        width = self._marks.length(2.5 if current else 1.2)
        for channel, box in enumerate(self._boxes):
            painter.fillRect(box, QColor(palette.panel))
            if channel < len(self._pictures):
                draw_cells(painter, self._pictures[channel], box)
            else:
                self._marks.hatch(painter, box)
                if box.height() >= self._marks.length(ASKING):
                    place = box.center()
                    self._marks.write(painter, Writing("?", place.x(), place.y(), palette.muted, FINE, True))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._marks.pen(colour, width, not self.known and waiting))
            painter.drawRect(box)

    def _made(self, values: Array | None, table: Table) -> list[Picture]:
        """All in one scale, so that strong and weak maps can be told apart."""
        planes = self._planes
        if values is None or values.size != len(planes.boxes) * planes.rows * planes.columns:
            return []
        grid = np.asarray(values).reshape(len(planes.boxes), planes.rows, planes.columns)
        return [Picture(plane) for plane in coloured(grid, table, 0.0, spread(grid))]
