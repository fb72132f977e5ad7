"""One column of neurons: each shows its value or its map, and how far the story has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Column, Plan
from gradgui.gui.editor.maps import CORNER, Picture, class_table, coloured
from gradgui.gui.editor.marks import BODY, FINE, LEAD, Marks, Writing
from gradgui.gui.editor.reading import LayerLook, Ring
from gradgui.gui.theme import number
from gradgui.gui.widgets.naming import blame, compact
from gradgui.gui.widgets.ranges import spread
from gradgui.session.snapshot import Array

TYPES = ((LEAD, 4, 14), (BODY, 4, 12), (FINE, 3, 8), (FINE, 2, 8))
"""Size, digits and free room of a value inside a neuron, the best first."""

_OUTLINE = 2.5
ON_MAP = 21.0
"""Smaller maps have no room for a number on them."""


class ColumnItem(QGraphicsItem):
    """Up to 16 neurons, painted by one item."""

    def __init__(self, plan: Plan, column: Column, marks: Marks, names: Callable[[], list[str]] | None = None) -> None:
        super().__init__()
        self.column = column
        self._plan = plan
        self._marks = marks
        self._names = names
        self._look: LayerLook | None = None
        self._size: float | None = None
        self._digits = 0
        self._biases: list[Writing] = []
        self._maps: list[Picture] = []
        self._outlines: dict[tuple[float, tuple[int, ...]], QPainterPath] = {}
        self._wordless_type: tuple[float | None, int] | None = None
        pad = marks.length(30)
        left = column.x - column.half if names is not None else pad
        self._bounds = QRectF(
            column.x - column.half - left, column.top - pad, 2 * column.half + left + pad,
            column.bottom - column.top + 2 * pad,
        )  # fmt: skip

    @property
    def shows_map(self) -> bool:
        """Whether the neurons show their answer over the plane."""
        return bool(self._maps)

    @property
    def writes_below(self) -> bool:
        """Whether a bias stands right below each neuron."""
        return bool(self._biases)

    def show_look(self, look: LayerLook, maps: list[Picture], biases: list[Writing]) -> None:
        """Values, rings and maps of one moment."""
        self._look, self._maps, self._biases = look, maps, biases
        self._size, self._digits = self._type(look)
        self.update()

    def hit(self, point: QPointF) -> int | None:
        """The neuron under the pointer."""
        reach = self.column.half + 2
        if abs(point.x() - self.column.x) > reach:
            return None
        for unit, y in enumerate(self.column.ys):
            if abs(point.y() - y) <= reach:
                return unit
        return None

    def texts(self) -> list[str]:
        """What is written inside the neurons."""
        return [writing.text for writing in self._values()]

    def arrivals(self) -> list[str]:
        """What is written above the neurons."""
        return [writing.text for writing in self._above()]

    def outline(self, unit: int) -> tuple[str, bool]:
        """Colour of a neuron's outline, and whether it is dotted."""
        look, palette = self._look, self._marks.palette
        if look is None or look.ring is Ring.UNKNOWN:
            dotted, colour = True, palette.forward
        elif look.ring is Ring.BLAMED and look.blame is not None and unit < len(look.blame):
            dotted, colour = False, self._marks.theme.gradient_fill(look.blame[unit])
        else:
            dotted, colour = look.ring is Ring.WAITING, palette.forward
        if look is not None and look.current:
            return palette.current, False
        return colour, dotted

    def boundingRect(self) -> QRectF:
        """The column with what is written around it."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Discs first, then numbers."""
        self._paint_maps(painter)
        for unit in range(len(self._maps), len(self.column.ys)):
            self._paint_disc(painter, unit)
        for writing in (*self._named(), *self._values(), *self._above(), *self._biases):
            self._marks.write(painter, writing)

    def _paint_maps(self, painter: QPainter) -> None:
        """All maps, then their outlines: those that look alike at once, as training paints them again and again."""
        width = self._pen_width()
        alike: dict[tuple[str, bool], list[int]] = {}
        for unit, picture in enumerate(self._maps):
            painter.drawImage(self._box(unit, width).toRect(), picture.image)  # whole pixels are ten times faster
            alike.setdefault(self.outline(unit), []).append(unit)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (colour, dotted), units in alike.items():
            painter.setPen(self._marks.pen(colour, width, dotted))
            painter.drawPath(self._squares(tuple(units), width))

    def _squares(self, units: tuple[int, ...], width: float) -> QPainterPath:
        """Around the maps of these."""
        key = (width, units)
        if key not in self._outlines:
            self._outlines[key] = path = QPainterPath()
            for unit in units:
                box = self._box(unit, width)
                path.addRoundedRect(box, box.width() / 2 * CORNER, box.width() / 2 * CORNER)
        return self._outlines[key]

    def _paint_disc(self, painter: QPainter, unit: int) -> None:
        colour, dotted = self.outline(unit)
        width = self._pen_width()
        thicker = width - self._marks.length(_OUTLINE)  # grows outwards: the number inside keeps its room
        painter.setPen(self._marks.pen(colour, width, dotted))
        painter.setBrush(self._fill(unit))
        painter.drawEllipse(self._box(unit, width).adjusted(-thicker, -thicker, thicker, thicker))

    def _pen_width(self) -> float:
        current = self._look is not None and self._look.current
        return self._marks.length(4 if current and self.column.half > self._marks.length(12) else _OUTLINE)

    def _box(self, unit: int, width: float) -> QRectF:
        """The middle of a neuron's outline."""
        half = self.column.half - width / 2
        return QRectF(self.column.x - half, self.column.ys[unit] - half, 2 * half, 2 * half)

    def _fill(self, unit: int) -> QBrush:
        look, palette = self._look, self._marks.palette
        wordless = look is not None and self._size is None
        if look is not None and wordless and look.values is not None:
            return self._activity(look.values, unit)
        if look is not None and look.ring is Ring.BLAMED and not look.current:
            return self._marks.wash(self.outline(unit)[0])
        if look is None or look.ring is not Ring.KNOWN:
            return QBrush(QColor(palette.panel))
        return self._marks.wash(palette.forward, 26)

    def _activity(self, values: Array, unit: int) -> QBrush:
        """Where a number could not be read, because it is too small or too fast, the value is a colour."""
        value = values[unit : unit + 1]
        colour = coloured(value, class_table(self._marks.palette), 0.0, max(spread(values), 1.0))
        return QBrush(QColor.fromRgb(int(colour[0]))) if len(colour) else QBrush(QColor(self._marks.palette.panel))

    def _named(self) -> list[Writing]:
        """Names of the inputs, beside them."""
        said = [] if self._names is None else self._names()
        if len(said) < 2:
            return []
        x = self.column.x - self.column.half - self._marks.length(8)
        names = [
            (y, self._marks.elided(name, x - self._marks.length(4)))
            for y, name in zip(self.column.ys, said, strict=False)
        ]
        return [Writing(name, x - self._marks.width(name) / 2, y, self._marks.palette.muted) for y, name in names]

    def _values(self) -> list[Writing]:
        look = self._look
        if look is None or look.quiet:
            return []
        size = self._size
        if self._maps and self.column.half < self._marks.length(ON_MAP):
            return []
        return [self._value(look, unit, y, size) for unit, y in enumerate(self.column.ys)] if size else []

    def _type(self, look: LayerLook) -> tuple[float | None, int]:
        """Size and digits in which all values fit into their neurons; None where none do."""
        if look.values is not None and not look.quiet:
            return self._fitting(look.values)
        if self._wordless_type is None:
            self._wordless_type = self._fitting(())
        return self._wordless_type

    def _fitting(self, values: Iterable[float]) -> tuple[float | None, int]:
        for size, digits, inset in TYPES:
            room = 2 * self.column.half - self._marks.length(inset)
            words = ["0.0000"[: digits + 1], *(self._number(value, digits) for value in values)]
            if max(self._marks.width(text, size, True) for text in words) <= room:
                return size, digits
        return None, 0

    @staticmethod
    def _number(value: float, digits: int) -> str:
        """Where there is little room, a small value is rounded: the card tells it in full."""
        if digits >= 4:
            return compact(value)
        return number(value, 1 if digits == 2 and 0 < abs(value) < 1e-3 else digits)

    def _value(self, look: LayerLook, unit: int, y: float, size: float) -> Writing:
        known = look.values is not None and unit < len(look.values)
        text = self._number(look.values[unit], self._digits) if known and look.values is not None else "?"
        colour = self._marks.palette.ink if known else self._marks.palette.muted
        bold = self.column.index >= 0
        if not self._maps:
            return Writing(text, self.column.x, y, colour, size, bold)
        low = y + self.column.half - self._marks.height(FINE) / 2 - self._marks.length(5)
        return Writing(text, self.column.x, low, colour, FINE, bold, self._marks.palette.panel)

    def _above(self) -> list[Writing]:
        """The blame that arrived, or the sum that waits for its activation."""
        look = self._look
        if look is None or look.quiet or not self._plan.roomy or self._size is None:
            return []
        lift = self.column.half + self._marks.height(FINE) / 2 + self._marks.length(1)
        if look.arriving is not None and len(look.arriving) == len(self.column.ys):
            return [
                Writing(
                    blame(value, 4 if len(look.arriving) == 1 else 3), self.column.x, y - lift,
                    self._marks.theme.gradient_colour(value), FINE,
                )
                for value, y in zip(look.arriving, self.column.ys, strict=True)
            ]  # fmt: skip
        if look.values is None and look.sums is not None and len(look.sums) == len(self.column.ys):
            return [
                Writing(f"z {compact(value, 3)}", self.column.x, y - lift, self._marks.palette.muted)
                for value, y in zip(look.sums, self.column.ys, strict=True)
            ]
        return []
