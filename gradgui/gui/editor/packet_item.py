"""Blame on its way: violet numbers that walk along the edges from right to left."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Column
from gradgui.gui.editor.marks import Marks
from gradgui.gui.widgets.naming import short
from gradgui.session.snapshot import Array

REST = 0.66
"""Where a number stops, as a share of its way: before the neuron, which stays readable."""

BESIDE = 7.0
"""How far from a neuron a dot stops."""


class PacketItem(QGraphicsItem):
    """∂L/∂x between two columns; `progress` 0 is where it leaves, 1 where it rests."""

    def __init__(self, bounds: QRectF, marks: Marks) -> None:
        super().__init__()
        self._bounds = bounds
        self._marks = marks
        self._ways: list[tuple[QPointF, QPointF, str]] = []
        self._progress = 1.0
        self._numbered = False

    @property
    def texts(self) -> list[str]:
        """The numbers on their way; several packets are only dots, their numbers stand at the neurons."""
        return [text for _, _, text in self._ways] if self._numbered else []

    @property
    def progress(self) -> float:
        """How far they have come."""
        return self._progress

    def carry(self, handed: Array, source: Column, target: Column) -> None:
        """Send ∂L/∂x of one sample from `target` back to the neurons of `source`."""
        self._ways = []
        self._numbered = source.units == 1
        if not source.strip and len(handed) == source.units:
            start = QPointF(target.x - target.half, (target.top + target.bottom) / 2)
            rim = source.x + source.half + (0.0 if self._numbered else self._marks.length(BESIDE))
            for value, y in zip(handed, source.ys, strict=True):
                self._ways.append((start, QPointF(rim, y), short(float(value), signed=True)))
        self.update()

    def rest(self) -> None:
        """Nothing is on its way."""
        if self._ways:
            self._ways = []
            self.update()

    def move_to(self, progress: float) -> None:
        """Place the packets on their way."""
        self._progress = progress
        self.update()

    def centres(self) -> list[QPointF]:
        """Where the packets are now."""
        share = self._progress * (REST if self._numbered else 1.0)
        return [start + (end - start) * share for start, end, _ in self._ways]

    def boundingRect(self) -> QRectF:
        """The whole pane: packets pass everywhere."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """One packet with its number, or several dots."""
        for centre, (_, _, text) in zip(self.centres(), self._ways, strict=True):
            if self._numbered:
                self._marks.tag(painter, centre, text)
            else:
                self._marks.dot(painter, centre)
