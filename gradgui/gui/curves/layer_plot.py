"""One curve for every layer on a logarithmic axis: how large its gradients are, or its steps."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.curves.thin import thinned
from gradgui.gui.theme import CLASSES, Theme
from gradgui.gui.widgets import plotting

Array = NDArray[np.float64]
_MARGIN = 0.05


class LayerPlot(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Lines over the training steps; hovering reads them, a click goes to the moment."""

    hovered = Signal(object)
    """The row under the mouse, or None."""
    clicked = Signal(object)
    """The row that was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._iterations: NDArray[np.int64] = np.zeros(0, np.int64)
        self._values: Array = np.zeros((0, 0))
        self._unit = ""
        self._plot = plotting.calm_plot()
        plotting.adopt(self._plot, self)
        self.addItem(self._plot)
        self._lines: list[pg.PlotCurveItem] = []
        self._eye, self._now = (pg.InfiniteLine(angle=90) for _ in range(2))
        for line in (self._eye, self._now):
            line.hide()
            self._plot.addItem(line, ignoreBounds=True)
        self.scene().sigMouseClicked.connect(self._choose)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_values(self, iterations: NDArray[np.int64], values: Array, iteration: int) -> None:
        """Draw (k, layers) values, one line for each layer that has any."""
        if iterations is not self._iterations or values is not self._values:
            self._iterations, self._values = iterations, values
            self._draw()
        self._now.setValue(iteration)
        self._now.setVisible(bool(iterations.size and iteration < iterations[-1]))

    def name_steps(self, unit: str) -> None:
        """What the horizontal axis counts."""
        self._unit = unit
        self._draw()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        palette, px = self._theme.palette, self._theme.px
        self.setBackground(palette.panel)
        plotting.tidy(self._plot, self._theme)
        self._plot.getAxis("left").setWidth(px(46))
        self.ci.layout.setContentsMargins(0, px(8), px(plotting.BESIDE), 0)
        self._eye.setPen(pg.mkPen(palette.muted, width=1))
        self._now.setPen(pg.mkPen(palette.current, width=1.5))
        self._draw()

    def lines(self) -> list[tuple[Array, Array]]:
        """What is drawn: steps and powers of ten, line by line."""
        return [line.getData() for line in self._lines]

    def row_at(self, place: QPointF) -> int | None:
        """The row nearest to a place in this widget; None beside the plot."""
        view = self._plot.getViewBox()
        if not self._iterations.size or not QRectF(view.sceneBoundingRect()).contains(place):
            return None
        return int(np.abs(self._iterations - view.mapSceneToView(place).x()).argmin())

    def place_of(self, row: int) -> QPointF:
        """Where in this widget a row is."""
        view = self._plot.getViewBox()
        low, high = view.viewRange()[1]
        place: QPointF = view.mapViewToScene(QPointF(float(self._iterations[row]), (low + high) / 2))
        return place

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """As many numbers on the axes as there is room for."""
        super().resizeEvent(event)
        if event is not None:
            self._draw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _draw(self) -> None:
        while len(self._lines) > self._values.shape[1]:
            self._plot.removeItem(self._lines.pop())
        while len(self._lines) < self._values.shape[1]:
            self._lines.append(pg.PlotCurveItem(antialias=True))
            self._plot.addItem(self._lines[-1])
        with np.errstate(divide="ignore", invalid="ignore"):
            heights = np.log10(plotting.masked(self._values))
        for layer, line in enumerate(self._lines):
            good = np.isfinite(heights[:, layer])
            x, y = self._iterations[good].astype(np.float64), heights[good, layer]
            line.setPen(plotting.line_pen(layer_colour(layer), 1.5 * self._theme.factor))
            line.setData(*thinned(x, y, max(50, self.width() // 2)), connect="all")
        self._scale()

    def _scale(self) -> None:
        plan = plotting.log_plan(self._values.ravel())
        last = float(self._iterations[-1]) if self._iterations.size else 0.0
        steps = plotting.steps_plan(last, self.width(), self._theme, self._unit, least=1.0)
        plotting.follow(self._plot, "left", plan, _MARGIN)
        plotting.follow(self._plot, "bottom", steps, _MARGIN / 4)

    def _hover(self, row: int | None) -> None:
        self._eye.setVisible(row is not None)
        if row is not None:
            self._eye.setValue(float(self._iterations[row]))
        self.hovered.emit(row)

    def _choose(self, event: object) -> None:
        row = self.row_at(event.scenePos())  # type: ignore[attr-defined]
        if row is not None and event.button() is Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            self.clicked.emit(row)


def layer_colour(layer: int) -> str:
    """The same for a layer in both plots."""
    return CLASSES[layer % len(CLASSES)]
