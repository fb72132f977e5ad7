"""The weights that a skip link brings, as a block of colours on the link: its inputs down, the units across."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.details import EdgeHit
from gradgui.gui.editor.gap_item import table_of
from gradgui.gui.editor.links_item import LinksItem
from gradgui.gui.editor.maps import Picture, coloured
from gradgui.gui.editor.marks import Marks, around
from gradgui.gui.editor.reading import EdgeLook, EdgeMode, edge_look
from gradgui.gui.editor.strip_item import draw_cells
from gradgui.gui.widgets.ranges import spread
from gradgui.session.snapshot import NetworkInfo, Snapshot

HIGH, CELL, SHARE, AWAY = 15.0, 8.0, 0.36, 12.0
"""Height of a block, largest width of a cell, share of the link that a block takes, room for the link's sign."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the weights of one link are: in the picture, and among the columns of W."""

    layer: int
    first: int
    inputs: int
    units: int
    box: QRectF

    def cell(self, unit: int, source: int) -> QRectF:
        wide, high = self.box.width() / self.units, self.box.height() / self.inputs
        return QRectF(self.box.left() + unit * wide, self.box.top() + (source - self.first) * high, wide, high)

    def holds(self, layer: int, source: int) -> bool:
        return layer == self.layer and self.first <= source < self.first + self.inputs


class LinkWeightsItem(QGraphicsItem):
    """One block for every link whose numbers are put beside; links that add have no weights of their own."""

    def __init__(self, network: NetworkInfo, links: LinksItem, marks: Marks) -> None:
        super().__init__()
        self._marks = marks
        self._blocks = _blocks(network, links, marks)
        self._looks: list[EdgeLook] = []
        self._pictures: list[Picture | None] = []

    @property
    def pictures(self) -> list[Picture | None]:
        """What each block shows; None while its gradient is unknown."""
        return self._pictures

    def show_snapshot(self, snapshot: Snapshot, backward: bool, largest: float) -> None:
        """Weights, or gradients once backward has begun."""
        if not self._blocks:
            return
        self._looks = [edge_look(snapshot, block.layer, backward) for block in self._blocks]
        made = zip(self._blocks, self._looks, strict=True)
        self._pictures = [self._picture(block, look, largest) for block, look in made]
        self.update()

    def hit(self, point: QPointF) -> EdgeHit | None:
        """The weight under the pointer."""
        for block in self._blocks:
            if block.box.contains(point):
                across = int((point.x() - block.box.left()) / block.box.width() * block.units)
                down = int((point.y() - block.box.top()) / block.box.height() * block.inputs)
                source = block.first + min(down, block.inputs - 1)
                return EdgeHit(block.layer, min(across, block.units - 1), source)
        return None

    def cell(self, hit: EdgeHit) -> QRectF | None:
        """Where a weight is, if a link brings it."""
        found = next((block for block in self._blocks if block.holds(hit.layer, hit.source)), None)
        return None if found is None else found.cell(hit.unit, hit.source)

    def outline(self, hit: EdgeHit) -> QPainterPath | None:
        """A line around a weight, if a link brings it."""
        box, path = self.cell(hit), QPainterPath()
        if box is None:
            return None
        path.addRect(box.adjusted(-1, -1, 1, 1))
        return path

    def boundingRect(self) -> QRectF:
        """All blocks."""
        return around(block.box for block in self._blocks).adjusted(-2, -2, 2, 2)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Block by block; hatched while unknown."""
        palette = self._marks.palette
        for block, picture, look in zip(self._blocks, self._pictures, self._looks, strict=False):
            painter.fillRect(block.box, QColor(palette.panel))
            if picture is not None:
                draw_cells(painter, picture, block.box)
            else:
                self._marks.hatch(painter, block.box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._marks.pen(palette.current if look.current else palette.forward, 1))
            painter.drawRect(block.box)

    def _picture(self, block: _Block, look: EdgeLook, largest: float) -> Picture | None:
        values = look.weights if look.mode is EdgeMode.WEIGHT else look.gradients
        if values is None:
            return None
        part = np.ascontiguousarray(values[:, block.first : block.first + block.inputs].T)
        return Picture(coloured(part, table_of(look, self._marks.palette), 0.0, min(largest, spread(part))))


def _blocks(network: NetworkInfo, links: LinksItem, marks: Marks) -> list[_Block]:
    found = []
    for link in links.links:
        info = network.layers[link.target]
        widths = [len(network.inputs) if s < 0 else network.layers[s].units for s in info.sources]
        if info.kind != "dense" or sum(widths) != info.inputs or link.source not in info.sources[1:]:
            continue  # what is added needs no weights, and other kinds have none for each input
        place = info.sources.index(link.source, 1)
        middle, end = links.middle(link.source, link.target), links.end(link.target)
        room = 2 * (end - middle.x()) * SHARE
        wide = min(room, info.units * marks.length(CELL))
        left = middle.x() + marks.length(AWAY) + (end - middle.x() - marks.length(AWAY) - wide) / 2
        box = QRectF(left, middle.y() - marks.length(HIGH) / 2, wide, marks.length(HIGH))
        found.append(_Block(link.target, sum(widths[:place]), widths[place], info.units, box))
    return found
