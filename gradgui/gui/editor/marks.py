"""The few marks everything on the network is drawn with: writing, dotted lines, hatching, number tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from gradgui.gui.theme import Palette, Size, Theme

FINE, BODY, LEAD = Size.SMALL, Size.BODY, Size.LARGE
READABLE = 11.0
"""Smaller letters cannot be read from the last row of a classroom."""
WIDEST, THINNEST = 6.0, 1.2
"""Widths of an edge."""
TINT = 34
"""Opacity of a coloured wash, of 255."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One line of text, centred at a point."""

    text: str
    x: float
    y: float
    colour: str
    size: float = FINE
    bold: bool = False
    ground: str | None = None
    """Colour of a rounded ground behind the text."""


class Marks:
    """Draws marks in the colours and sizes of one theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.log_widths = False
        """Whether widths of gradients follow their power of ten."""
        self._fonts: dict[tuple[float, bool, float], tuple[QFont, QFontMetricsF]] = {}

    @property
    def palette(self) -> Palette:
        """The colours now."""
        return self.theme.palette

    @property
    def factor(self) -> float:
        """1.0 on a desk, 1.6 for a projector."""
        return self.theme.factor

    def length(self, size: float) -> float:
        """A length at this factor."""
        return size * self.theme.factor

    def width(self, text: str, size: float = FINE, bold: bool = False) -> float:
        """How wide a line of text is."""
        return self._font(size, bold)[1].horizontalAdvance(text)

    def height(self, size: float = FINE) -> float:
        """How high a line of text is."""
        return self._font(size, False)[1].height()

    def elided(self, text: str, room: float, size: float = FINE, bold: bool = False) -> str:
        """The text, shortened with … if it does not fit."""
        return self._font(size, bold)[1].elidedText(text, Qt.TextElideMode.ElideRight, room)

    def box(self, writing: Writing) -> QRectF:
        """What a writing covers."""
        width, height = self.width(writing.text, writing.size, writing.bold), self.height(writing.size)
        return QRectF(writing.x - width / 2, writing.y - height / 2, width, height)

    def write(self, painter: QPainter, writing: Writing) -> None:
        """One line of text."""
        box = self.box(writing)
        if writing.ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(writing.ground))
            pad = self.length(4)
            painter.drawRoundedRect(box.adjusted(-pad, 0, pad, 0), pad, pad)
        painter.setFont(self._font(writing.size, writing.bold)[0])
        painter.setPen(QColor(writing.colour))
        painter.drawText(box.adjusted(-2, 0, 2, 0), Qt.AlignmentFlag.AlignCenter, writing.text)

    def tag(self, painter: QPainter, centre: QPointF, text: str) -> None:
        """A violet number that travels along an edge."""
        height = self.length(24)
        width = max(height, self.width(text, FINE, True) + self.length(12))
        box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
        painter.setPen(QPen(QColor(self.palette.panel), self.length(2)))
        painter.setBrush(QColor(self.palette.current))
        painter.drawRoundedRect(box, height / 2, height / 2)
        self.write(painter, Writing(text, centre.x(), centre.y(), self.palette.on_accent, FINE, True))

    def dot(self, painter: QPainter, centre: QPointF) -> None:
        """A violet dot that travels where there is no room for a number."""
        radius = self.length(5)
        painter.setPen(QPen(QColor(self.palette.panel), self.length(1.5)))
        painter.setBrush(QColor(self.palette.current))
        painter.drawEllipse(centre, radius, radius)

    def pen(self, colour: str, width: float, dotted: bool = False) -> QPen:
        """A line; dotted means "not computed yet". Flat ends: Qt paints round ones twenty times slower."""
        pen = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if dotted:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setDashPattern([0.1, 2.4])
        return pen

    def dashes(self, colour: str, width: float) -> QPen:
        """Dotted, for many lines at once: short flat dashes are cheap."""
        pen = self.pen(colour, width)
        pen.setDashPattern([1.5, 3.0])
        return pen

    def wash(self, colour: str, opacity: int = TINT) -> QBrush:
        """A pale fill of a colour over the pane's ground."""
        top, ground = QColor(colour), QColor(self.palette.panel)
        share = opacity / 255
        return QBrush(QColor.fromRgbF(
            top.redF() * share + ground.redF() * (1 - share),
            top.greenF() * share + ground.greenF() * (1 - share),
            top.blueF() * share + ground.blueF() * (1 - share),
        ))  # fmt: skip

    def hatch(self, painter: QPainter, box: QRectF) -> None:
        """Slanted lines: not computed yet."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(self.palette.line), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)

    def _font(self, size: float, bold: bool) -> tuple[QFont, QFontMetricsF]:
        key = (size, bold, self.theme.factor)
        if key not in self._fonts:
            made = self.theme.font(size, bold)
            self._fonts[key] = (made, QFontMetricsF(made))
        return self._fonts[key]


def around(boxes: Iterable[QRectF]) -> QRectF:
    """The box that holds all of these."""
    return reduce(QRectF.united, boxes, QRectF())
