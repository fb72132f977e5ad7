"""A whole layer as one block: what it is, and how many."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Column
from gradgui.gui.editor.marks import FINE, LEAD, Marks, Writing
from gradgui.gui.editor.reading import LayerLook, Ring
from gradgui.gui.language import Speech
from gradgui.gui.theme import CLASSES
from gradgui.text import Text


class BlockItem(QGraphicsItem):
    """A rounded block with the size of the layer in it; lit like a neuron."""

    def __init__(self, column: Column, words: Text, size: str, marks: Marks, speech: Speech) -> None:
        super().__init__()
        self.column = column
        self._words, self._size, self._marks, self._speech = words, size, marks, speech
        self._box = QRectF(column.x - column.half, column.top, 2 * column.half, column.bottom - column.top)
        self._look: LayerLook | None = None

    @property
    def texts(self) -> list[str]:
        """What is written in the block; the words only where they fit."""
        said = self._speech.say(self._words)
        return [self._size, said if self._marks.width(said) <= self._box.width() - self._marks.length(8) else ""]

    def show_look(self, look: LayerLook) -> None:
        """How far the story has come."""
        self._look = look
        self.update()

    def hit(self, point: QPointF) -> bool:
        """Whether the pointer is on the block."""
        return self._box.contains(point)

    def boundingRect(self) -> QRectF:
        """The block and its outline."""
        return self._box.adjusted(-6, -6, 6, 6)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Block, size, kind."""
        palette, look, length = self._marks.palette, self._look, self._marks.length
        colour, dotted = palette.forward, look is None or look.ring in (Ring.UNKNOWN, Ring.WAITING)
        if look is not None and look.current:
            colour, dotted = palette.current, False
        painter.setPen(self._marks.pen(colour, length(4 if look is not None and look.current else 2), dotted))
        known = look is not None and look.ring is not Ring.UNKNOWN
        ground = self._marks.wash(CLASSES[0], 26) if known else QBrush(QColor(palette.panel))
        painter.setBrush(ground)
        painter.drawRoundedRect(self._box, length(8), length(8))
        size, words = self.texts
        middle = self._box.center()
        self._marks.write(painter, Writing(size, middle.x(), middle.y() - length(9), palette.ink, LEAD, True))
        self._marks.write(painter, Writing(words, middle.x(), middle.y() + length(10), palette.muted, FINE))
