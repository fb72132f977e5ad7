"""A spotlight: the part of the network that the current event is about stays bright, the rest steps back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import TOOLS, Column, Plan
from gradgui.gui.editor.marks import Marks
from gradgui.gui.editor.parts import source_of
from gradgui.session.snapshot import EventKind, NetworkInfo, Snapshot

DIM = 190
"""Of 255: how much of the ground lies over what is not spoken of."""
PAD, ROUND = 10.0, 12.0
WITH_WIRES = (
    EventKind.LINEAR, EventKind.JOIN, EventKind.COPY, EventKind.POOL, EventKind.FLATTEN, EventKind.D_WEIGHT,
    EventKind.D_INPUT, EventKind.UPDATE,
)  # fmt: skip
"""Events that look at what comes into a layer as well as at the layer itself."""


class SpotItem(QGraphicsItem):
    """Lies over the network and catches no click; made only while the spotlight is on."""

    def __init__(self, network: NetworkInfo, plan: Plan, marks: Marks) -> None:
        super().__init__()
        self._network, self._plan, self._marks = network, plan, marks
        self._lit: QPainterPath | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def lit(self) -> QPainterPath | None:
        """What stays bright; None while nothing is dimmed."""
        return self._lit

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the event that ran last; before the first one, and while training runs, everything is bright."""
        event = snapshot.current
        wanted = None
        if event is not None and not snapshot.running:
            wanted = self._loss() if event.kind is EventKind.LOSS else self._layer(event.layer, event.kind)
        if wanted != self._lit:
            self._lit = wanted
            self.update()

    def boundingRect(self) -> QRectF:
        """The network and its writing, not the sentence below."""
        plan = self._plan
        low = plan.sentence - plan.sentence_height / 2 if plan.sentence_height else plan.height
        return QRectF(0, 0, plan.width, low)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """A thin sheet of the ground's colour with one hole in it."""
        lit = self.lit
        if lit is None:
            return
        sheet = QPainterPath()
        sheet.addRect(self.boundingRect())
        wash = QColor(self._marks.palette.panel)
        wash.setAlpha(DIM)
        painter.fillPath(sheet.subtracted(lit), wash)

    def _loss(self) -> QPainterPath:
        last, loss = self._plan.columns[-2], self._plan.columns[-1]
        return self._shape(last.x - last.half, loss, None)

    def _layer(self, layer: int, kind: EventKind) -> QPainterPath:
        column = self._plan.column(layer)
        if kind not in WITH_WIRES:
            return self._shape(column.x - column.half, column, None)
        source = self._plan.column(source_of(self._network, layer))
        left = min(column.x - column.half, source.x - source.half)
        return self._shape(left, column, source if kind is EventKind.D_INPUT else None)

    def _shape(self, left: float, column: Column, source: Column | None) -> QPainterPath:
        """Neurons and wires above, below them the whole writing of each column that is spoken of.

        The buttons below the writing stay in the dark: those between two columns would be cut in halves.
        """
        pad, whole = self._marks.length(PAD), self.boundingRect()
        border, low = self._plan.captions - pad, self._plan.tools - self._marks.length(TOOLS / 2)
        right = column.x + max(column.half, self._plan.radius)
        path = self._rounded(QRectF(left - pad, 0, right - left + 2 * pad, border))
        for each in (column, source):
            if each is not None:
                beside = self._plan.pitch / 2
                box = QRectF(each.x - beside, border - 2 * pad, 2 * beside, low - border + 2 * pad)
                path = path.united(self._rounded(box.intersected(whole)))
        return path

    def _rounded(self, box: QRectF) -> QPainterPath:
        path, corner = QPainterPath(), self._marks.length(ROUND)
        path.addRoundedRect(box, corner, corner)
        return path
