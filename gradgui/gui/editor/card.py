"""The small card beside the pointer, whose numbers stay live while it is open."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.editor.details import Details
from gradgui.gui.editor.marks import BODY, FINE, Marks
from gradgui.gui.language import Speech
from gradgui.gui.theme import Space

ROW = 20.0
WIDEST_NUMBER = "−0.000e−00"
AWAY = 16
"""Distance from the pointer."""


class HoverCard(QWidget):
    """A title and rows of numbers; lets the pointer through."""

    def __init__(self, marks: Marks, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._marks = marks
        self._speech = speech
        self.title = ""
        self.rows: list[tuple[str, str]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_details(self, details: Details) -> None:
        """Fill the card; it keeps its place."""
        self.title = self._speech.say(details.title)
        self.rows = [(self._speech.say(name), value) for name, value in details.rows]
        self.resize(self._fitting())
        self.update()

    def place_near(self, pointer: QPoint) -> None:
        """Stand beside the pointer, inside the parent."""
        away = round(self._marks.length(AWAY))
        room, size = self._over.size(), self.size()
        x = pointer.x() + away
        y = pointer.y() + away
        if x + size.width() > room.width():
            x = pointer.x() - away - size.width()
        if y + size.height() > room.height():
            y = pointer.y() - away - size.height()
        self.move(max(0, x), max(0, y))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names at left, numbers at right, in one column."""
        marks, palette = self._marks, self._marks.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(marks.pen(palette.line, 1))
        painter.setBrush(QColor(palette.panel))
        radius = marks.length(Space.RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        pad, row = marks.length(Space.GAP), marks.length(ROW)
        room = QRectF(pad, pad / 2, self.width() - 2 * pad, row)
        self._line(painter, room, self.title, bold=True)
        for name, value in self.rows:
            room.translate(0, row)
            self._line(painter, room, name, muted=True)
            self._line(painter, room, value, right=True)
        painter.end()

    def _line(
        self, painter: QPainter, room: QRectF, text: str, bold: bool = False, muted: bool = False, right: bool = False
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._marks.theme.font(BODY if bold else FINE, bold))
        painter.setPen(QColor(self._marks.palette.muted if muted else self._marks.palette.ink))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _fitting(self) -> QSize:
        """Wide enough for the longest number, so that the card does not breathe."""
        marks = self._marks
        names = max((marks.width(name) for name, _ in self.rows), default=0.0)
        wide = max(marks.width(self.title, BODY, True), names + marks.length(16) + marks.width(WIDEST_NUMBER))
        pad = marks.length(Space.GAP)
        return QSize(round(wide + 2 * pad), round(marks.length(ROW) * (len(self.rows) + 1) + pad))
