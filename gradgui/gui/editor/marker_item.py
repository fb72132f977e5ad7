"""A teacher's pencil: a dashed line around what a lesson talks about."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Plan
from gradgui.gui.editor.marks import Marks

_THICK = 1.6
_DASH = (3.0, 2.6)


class MarkerItem(QGraphicsItem):
    """Lies over everything and catches no click."""

    def __init__(self, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._plan, self._marks = plan, marks
        self._path = QPainterPath()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is marked."""
        return self._path.isEmpty()

    def mark(self, path: QPainterPath) -> None:
        """Draw around these from now on; an empty path for nothing."""
        self._path = path
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole scene."""
        return QRectF(0, 0, self._plan.width, self._plan.height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """One dashed line."""
        if self._path.isEmpty():
            return
        pen = QPen(QColor(self._marks.palette.ink), _THICK * self._plan.factor)
        pen.setDashPattern(list(_DASH))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
