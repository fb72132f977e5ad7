"""What is in the hand while something is dragged: a layer's name with the gap it would go to, or a new link."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Plan
from gradgui.gui.editor.marks import BODY, Marks, Writing


class DragItem(QGraphicsItem):
    """Lies above everything; draws nothing while nothing is dragged."""

    def __init__(self, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._plan, self._marks = plan, marks
        self.name = ""
        self.gap: int | None = None
        """Where a carried layer would go."""
        self.source: int | None = None
        self.target: int | None = None
        """The layer that a new link would reach."""
        self._place = QPointF()

    def carry_layer(self, name: str, place: QPointF, gap: int | None) -> None:
        """A layer is in the hand."""
        self.name, self._place, self.gap = name, place, gap
        self.update()

    def draw_link(self, source: int, place: QPointF, target: int | None) -> None:
        """A link is being drawn."""
        self.source, self._place, self.target = source, place, target
        self.update()

    def rest(self) -> None:
        """Nothing is in the hand any more."""
        self.name, self.gap, self.source, self.target = "", None, None, None
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole network."""
        return QRectF(0, 0, self._plan.width, self._plan.height)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """The line of the gap and the name, or the curve of the link."""
        if self.name:
            self._paint_layer(painter)
        if self.source is not None:
            self._paint_link(painter, self.source)

    def _paint_layer(self, painter: QPainter) -> None:
        palette, plan = self._marks.palette, self._plan
        if self.gap is not None:
            x = (plan.column(self.gap - 1).x + plan.column(self.gap).x) / 2
            top = min(column.top for column in plan.columns)
            painter.setPen(self._marks.pen(palette.current, self._marks.length(3)))
            painter.drawLine(QPointF(x, top), QPointF(x, plan.tools))
        x, y = self._place.x(), self._place.y() - self._marks.length(16)
        self._marks.write(painter, Writing(self.name, x, y, palette.current, BODY, True, palette.current_soft))

    def _paint_link(self, painter: QPainter, source: int) -> None:
        palette, plan = self._marks.palette, self._plan
        start = plan.column(source)
        top = QPointF(start.x, start.top)
        end = self._place
        if self.target is not None:
            column = plan.column(self.target)
            end = QPointF(column.x, column.top)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._marks.pen(palette.current, self._marks.length(2)))
            pad = self._marks.length(6)
            box = QRectF(column.x - column.half, column.top, 2 * column.half, column.bottom - column.top)
            painter.drawRoundedRect(box.adjusted(-pad, -pad, pad, pad), pad, pad)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._marks.pen(palette.current, self._marks.length(2.5)))
        lift = QPointF(0, -self._marks.length(40))
        path = QPainterPath(top)
        path.cubicTo(top + lift, end + lift, end)
        painter.drawPath(path)
