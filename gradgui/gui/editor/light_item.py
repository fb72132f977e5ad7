"""A ring around the neuron that the formula speaks of, or that is looked at inside the current event."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.details import Hit, NodeHit
from gradgui.gui.editor.geometry import Plan
from gradgui.gui.editor.marks import Marks
from gradgui.session.snapshot import EventKind, Snapshot
from gradgui.session.terms import layer_sources


class LightItem(QGraphicsItem):
    """Lies above everything else and is never in the way of the pointer."""

    def __init__(self, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._plan, self._marks = plan, marks
        self._pointed: NodeHit | None = None
        self._detail: NodeHit | None = None
        self._chosen: QPainterPath | None = None
        self._focused = False
        self._fresh: list[QRectF] = []
        self._glow = 0.0
        self._trace: Callable[[NodeHit], QPainterPath | None] | None = None

    def use_pencil(self, trace: Callable[[NodeHit], QPainterPath | None]) -> None:
        """Who draws the line around a neuron, past the numbers beside it; None for one that is not there."""
        self._trace = trace

    @property
    def rings(self) -> tuple[NodeHit | None, NodeHit | None]:
        """The neuron the formula speaks of, and the one that is looked at."""
        return self._pointed, self._detail

    def light(self, hit: Hit | None) -> None:
        """Ring this neuron; nothing for wires and captions."""
        wanted = hit if isinstance(hit, NodeHit) else None
        if wanted != self._pointed:
            self._pointed = wanted
            self.update()

    @property
    def ringed(self) -> QPainterPath | None:
        """The outline of what the keys work on."""
        return self._chosen

    @property
    def fresh(self) -> int:
        """How many new neurons still glow."""
        return len(self._fresh)

    def choose(self, outline: QPainterPath | None) -> None:
        """Ring what the keys work on."""
        self._chosen = outline
        self.update()

    def show_focus(self, focused: bool) -> None:
        """Violet while the keys come here, else pale."""
        self._focused = focused
        self.update()

    def glow(self, boxes: list[QRectF], strength: float) -> None:
        """Let what is new shine, from 1.0 down to nothing at 0.0."""
        self._fresh, self._glow = (boxes, strength) if strength > 0 else ([], 0.0)
        self.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Ring the neuron that is looked at inside the current event."""
        event, wanted = snapshot.current, None
        if event is not None and snapshot.detail is not None:
            layer = event.layer
            if event.kind is EventKind.D_INPUT:
                layer = layer_sources(snapshot.network.layers[layer], layer)[0]
            wanted = NodeHit(layer, snapshot.detail.unit)
        if wanted != self._detail:
            self._detail = wanted
            self.update()

    def boundingRect(self) -> QRectF:
        """The whole pane."""
        return QRectF(0, 0, self._plan.width, self._plan.height)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Violet for the event, ink for the pointer."""
        palette = self._marks.palette
        self._paint_glow(painter)
        if self._chosen is not None:
            ring = palette.current if self._focused else palette.forward
            painter.setPen(self._marks.pen(ring, self._marks.length(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._chosen)
        for hit, colour in ((self._detail, palette.current), (self._pointed, palette.ink)):
            line = None if hit is None or self._trace is None else self._trace(hit)
            if line is not None:
                painter.setPen(self._marks.pen(colour, self._marks.length(2)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(line)

    def _paint_glow(self, painter: QPainter) -> None:
        if not self._fresh:
            return
        painter.setOpacity(self._glow)
        painter.setPen(self._marks.pen(self._marks.palette.current, self._marks.length(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        reach = self._marks.length(4 + 6 * (1 - self._glow))
        for box in self._fresh:
            round_ = min(box.width(), box.height()) / 2 + reach
            painter.drawRoundedRect(box.adjusted(-reach, -reach, reach, reach), round_, round_)
        painter.setOpacity(1.0)
