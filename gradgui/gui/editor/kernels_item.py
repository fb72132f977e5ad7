"""The weights of a convolution as small patterns, each in front of the feature map that it makes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.gap_item import shown_values, table_of
from gradgui.gui.editor.geometry import Column
from gradgui.gui.editor.maps import Picture, coloured
from gradgui.gui.editor.marks import FINE, Marks, Writing
from gradgui.gui.editor.reading import EdgeLook, EdgeMode
from gradgui.gui.editor.strip_item import BundleItem, draw_cells
from gradgui.gui.widgets.ranges import spread

SHARE, SLOT, MOST = 0.5, 0.72, 40.0
"""Width of a row of patterns as a share of the gap, height as a share of the feature map's, and the largest side."""
LEAST = 7.0
"""Where patterns would be smaller than this, one block shows all weights."""
BESIDE = 1.0


class KernelsItem(BundleItem):
    """One row for each filter: its pattern for every channel that comes in."""

    def __init__(self, layer: int, source: Column, target: Column, marks: Marks, channels: int, size: int) -> None:
        super().__init__(layer, source, target, marks)
        self._size, self._channels = size, channels
        self._rows = kernel_boxes(source, target, marks, channels)
        self._patterns: list[Picture] = []

    @property
    def patterns(self) -> list[Picture]:
        """For each filter, one picture with its patterns side by side."""
        return self._patterns

    def show_look(self, look: EdgeLook, largest: float) -> None:
        """Weights, or gradients once backward has begun."""
        super().show_look(look, largest)
        filters = len(self._rows)
        values = shown_values(look, filters * self._channels * self._size**2)
        self._patterns = []
        if values is not None:
            table = table_of(look, self._marks.palette)
            grid = np.asarray(values).reshape(filters, self._channels, self._size, self._size)
            side_by_side = grid.transpose(0, 2, 1, 3).reshape(filters, self._size, self._channels * self._size)
            colours = coloured(side_by_side, table, 0.0, min(largest, spread(grid)))
            self._patterns = [Picture(row) for row in colours]
        self.update()

    @property
    def labels(self) -> list[Writing]:
        """The name of the weights above the first row."""
        named = super().labels
        box = self._rows[0]
        return [
            Writing(each.text, box.center().x(), box.top() - self._marks.length(9), each.colour, FINE, each.bold)
            for each in named
        ]

    def hit(self, point: QPointF) -> tuple[int, int] | None:
        """The (filter, weight) under the pointer."""
        for unit, box in enumerate(self._rows):
            if box.contains(point):
                across = int((point.x() - box.left()) / box.width() * self._channels * self._size)
                down = int((point.y() - box.top()) / box.height() * self._size)
                channel, column = divmod(min(across, self._channels * self._size - 1), self._size)
                return unit, (channel * self._size + min(down, self._size - 1)) * self._size + column
        return None

    def middle(self, unit: int, source: int) -> QPointF:
        """The middle of one weight."""
        return self._cell(unit, source).center()

    def outline(self, unit: int, source: int) -> QPainterPath | None:
        """A line around one weight."""
        path = QPainterPath()
        path.addRect(self._cell(unit, source).adjusted(-BESIDE, -BESIDE, BESIDE, BESIDE))
        return path

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """The pale band, then row by row."""
        palette, look = self._marks.palette, self._look
        self.paint_band(painter)
        current = look is not None and look.current
        for unit, box in enumerate(self._rows):
            painter.fillRect(box, QColor(palette.panel))
            if unit < len(self._patterns):
                draw_cells(painter, self._patterns[unit], box)
            elif look is not None and look.mode is EdgeMode.UNKNOWN:
                self._marks.hatch(painter, box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._marks.pen(palette.current if current else palette.forward, self._marks.length(1)))
            side = box.width() / self._channels
            for channel in range(self._channels):
                painter.drawRect(QRectF(box.left() + channel * side, box.top(), side, box.height()))
        for writing in self.labels:
            self._marks.write(painter, writing)

    def _cell(self, unit: int, source: int) -> QRectF:
        channel, place = divmod(source, self._size**2)
        row, column = divmod(place, self._size)
        box = self._rows[min(unit, len(self._rows) - 1)]
        side = box.height() / self._size
        return QRectF(box.left() + (channel * self._size + column) * side, box.top() + row * side, side, side)


def kernel_boxes(source: Column, target: Column, marks: Marks, channels: int) -> list[QRectF]:
    """Where the row of each filter stands; empty where they would be too small to be seen."""
    planes = target.planes
    if planes is None or planes.across > 1:
        return []
    left, right = source.x + source.half, target.x - target.half
    _, _, _, height = planes.boxes[0]
    side = min((right - left) * SHARE / channels, height * SLOT, marks.length(MOST))
    if side < marks.length(LEAST):
        return []
    x = (left + right) / 2 - side * channels / 2
    return [QRectF(x, top + (height - side) / 2, side * channels, side) for _, top, _, height in planes.boxes]
