"""The row of buttons below the network: a plus in every gap, minus and plus beside every number of units."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import LINE, SMALLEST_PITCH, Plan
from gradgui.gui.editor.handles import AddHit, CountHit, DropHit, Handle, KindsHit, StepHit, Target
from gradgui.gui.editor.marks import FINE, Marks, Writing
from gradgui.gui.editor.wishes import MOST_UNITS
from gradgui.gui.theme import MINUS
from gradgui.session.snapshot import LayerInfo, NetworkInfo

SIDE, SMALL_SIDE = 20.0, 16.0
"""Side of a button, and of one where columns stand close."""
STEP, SMALL_STEP = 23.0, 17.0
"""From the number of units to the middle of its minus and plus."""
CLOSE_PITCH = 98.0
"""Columns closer than this have small buttons."""


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to press."""

    handle: Handle
    box: QRectF
    sign: str
    """+, −, ×, ▾ or a number."""
    enabled: bool = True


class ToolsItem(QGraphicsItem):
    """All buttons of the network, painted by one item."""

    def __init__(self, network: NetworkInfo, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._plan, self._marks = plan, marks
        close = plan.pitch < marks.length(CLOSE_PITCH)
        self._side, self._step = (
            marks.length(SMALL_SIDE if close else SIDE),
            marks.length(SMALL_STEP if close else STEP),
        )
        self.buttons = [*self._pluses(len(network.layers))]
        for layer, info in enumerate(network.layers):
            self.buttons += self._stepper(layer, info)
        self._near: int | None = None
        self._hovered: Target | None = None

    def hit(self, point: QPointF) -> Handle | None:
        """The button under the pointer, if it can be pressed."""
        for button in self.buttons:
            if button.enabled and button.box.contains(point):  # what is hidden appears where it is pointed at
                return button.handle
        return None

    def box(self, handle: Target) -> QRectF | None:
        """Where a button is."""
        return next((button.box for button in self.buttons if button.handle == handle), None)

    def hover(self, handle: Target | None, near: int | None) -> None:
        """Which button is touched, and which layer the pointer is at: that one also shows its cross."""
        if (handle, near) != (self._hovered, self._near):
            self._hovered, self._near = handle, near
            self.update()

    def boundingRect(self) -> QRectF:
        """The row."""
        side = self._side
        top = min(self._plan.captions, self._plan.tools - 1.5 * side) - 4
        return QRectF(0, top, self._plan.width, self._plan.tools + side - top)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Button by button."""
        for button in self.buttons:
            if self._shown(button):
                self._paint_button(painter, button)

    def _shown(self, button: Button) -> bool:
        if isinstance(button.handle, DropHit):
            return self._near == button.handle.layer or self._hovered == button.handle
        if isinstance(button.handle, KindsHit):
            return self._hovered in (button.handle, AddHit(button.handle.index))
        return True

    def _pluses(self, layers: int) -> list[Button]:
        found = []
        for index in range(layers + 1):
            x = (self._plan.column(index - 1).x + self._plan.column(index).x) / 2
            found.append(Button(AddHit(index), self._square(x), "+"))
            found.append(Button(KindsHit(index), self._square(x).translated(0, -self._side), "▾"))
        return found

    def _stepper(self, layer: int, info: LayerInfo) -> list[Button]:
        x, step = self._plan.column(layer).x, self._step
        found = []
        count = count_of(info)
        if count is not None:
            number = self._square(x)
            if self._plan.pitch < self._marks.length(SMALLEST_PITCH) - 1:
                return [Button(CountHit(layer), number, str(count)), self._cross(layer)]
            found += [
                Button(StepHit(layer, -1), self._square(x - step), MINUS, count > 1),
                Button(CountHit(layer), number, str(count)),
                Button(StepHit(layer, 1), self._square(x + step), "+", count < MOST_UNITS),
            ]
        return [*found, self._cross(layer)]

    def _cross(self, layer: int) -> Button:
        """At the end of the layer's name, while the pointer is near."""
        aside = min(self._plan.pitch * 0.42, self._marks.length(56))
        line = self._plan.captions + LINE / 2 * self._plan.factor
        box = self._square(self._plan.column(layer).x + aside)
        return Button(DropHit(layer), box.translated(0, line - self._plan.tools), "×")

    def _square(self, x: float) -> QRectF:
        side = self._side
        return QRectF(x - side / 2, self._plan.tools - side / 2, side, side)

    def _paint_button(self, painter: QPainter, button: Button) -> None:
        palette, lit = self._marks.palette, button.handle == self._hovered
        ink = palette.ink if lit else palette.muted if button.enabled else palette.line
        box = button.box.adjusted(1.5, 1.5, -1.5, -1.5)
        if isinstance(button.handle, CountHit):
            if lit:
                self._ground(painter, box, palette.line)
            centre = box.center()
            self._marks.write(painter, Writing(button.sign, centre.x(), centre.y(), palette.ink, FINE))
            return
        if isinstance(button.handle, DropHit) and not lit:
            self._ground(painter, box, palette.line)
        if isinstance(button.handle, AddHit):
            self._ground(painter, box, palette.forward if lit else palette.line, round_=True)
        elif lit:
            self._ground(painter, box, palette.line)
        self._sign(painter, box.center(), button.sign, ink)

    def _ground(self, painter: QPainter, box: QRectF, line: str, round_: bool = False) -> None:
        corner = box.width() / 2 if round_ else self._marks.length(5)
        painter.setPen(QPen(QColor(line), 1))
        painter.setBrush(QColor(self._marks.palette.hover))
        painter.drawRoundedRect(box, corner, corner)

    def _sign(self, painter: QPainter, centre: QPointF, sign: str, ink: str) -> None:
        reach = self._side * 0.2
        painter.setPen(QPen(QColor(ink), self._marks.length(1.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        across, down = QPointF(reach, 0), QPointF(0, reach)
        if sign in ("+", MINUS):
            painter.drawLine(centre - across, centre + across)
        if sign == "+":
            painter.drawLine(centre - down, centre + down)
        if sign == "×":
            slant, other = (across + down) * 0.75, (across - down) * 0.75
            painter.drawLine(centre - slant, centre + slant)
            painter.drawLine(centre - other, centre + other)
        if sign == "▾":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            corners = [centre - across * 0.8 - down * 0.4, centre + down * 0.4, centre + across * 0.8 - down * 0.4]
            painter.drawPolyline(QPolygonF(corners))


def count_of(info: LayerInfo) -> int | None:
    """Units of a dense layer, filters of a convolution; None for kinds that have no such number."""
    if info.kind == "dense":
        return info.units
    return info.shape[0] if info.kind == "conv2d" else None
