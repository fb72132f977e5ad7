"""The curves themselves: loss above, accuracy below, one line of sight through both."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.curves.legend import colour_of, shown_ghosts
from gradgui.gui.curves.thin import thinned
from gradgui.gui.theme import Theme
from gradgui.gui.widgets import plotting
from gradgui.gui.widgets.plotting import AxisPlan
from gradgui.session.snapshot import CurvesView, GhostView

Array = NDArray[np.float64]

_ACCURACY = AxisPlan(0.0, 1.0, ((0.0, "0"), (0.5, "50"), (1.0, "100 %")))
_FIT = AxisPlan(0.0, 1.0, ((0.0, "0"), (0.5, "0.5"), (1.0, "R² 1")))
_MARGIN = 0.05
"""Room for a dot at the end of an axis, as a share of its length."""
_PIXELS_PER_COLUMN = 2
_UNLIMITED = 16_777_215.0
"""Qt's largest height."""


class Plots(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Loss and accuracy over the training steps."""

    hovered = Signal(object)
    """The row of the curves under the mouse, or None."""
    clicked = Signal(object)
    """The row of the curves that was clicked."""
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curves: CurvesView | None = None
        self._log = False
        self._unit = ""
        self._losses: dict[bool, Array] = {}
        self._iteration = 0
        self._row: int | None = None
        self._has_accuracy = False
        self._hidden: frozenset[int] = frozenset()
        self._loss, self._accuracy = (plotting.calm_plot() for _ in range(2))
        self._train, self._test, self._right = (pg.PlotCurveItem(antialias=True) for _ in range(3))
        self._ghosts: list[pg.PlotCurveItem] = []
        self._eyes = tuple(pg.InfiniteLine(angle=90) for _ in range(2))
        self._nows = tuple(pg.InfiniteLine(angle=90) for _ in range(2))
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._set_table()
        self.scene().sigMouseClicked.connect(self._choose)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_curves(self, curves: CurvesView, iteration: int) -> None:
        """Draw the run so far and mark the moment looked at; any number of times."""
        self._iteration = iteration
        if curves is not self._curves:
            self._curves = curves
            self._row = None
            self._losses = {
                test: plotting.masked(v) for test, v in ((False, curves.train_loss), (True, curves.test_loss))
            }
            self._draw()
        self._mark()

    def use_log(self, log: bool) -> None:
        """Loss on a logarithmic or a linear axis."""
        if log != self._log:
            self._log = log
            self._draw()
            self._mark()

    def hide_ghosts(self, hidden: frozenset[int]) -> None:
        """Do not draw the runs with these numbers."""
        self._hidden = hidden
        self._draw()

    def name_steps(self, unit: str) -> None:
        """What the horizontal axis counts, written after its last number."""
        self._unit = unit
        self._draw()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        palette, px = self._theme.palette, self._theme.px
        self.setBackground(palette.panel)
        for plot in (self._loss, self._accuracy):
            plotting.tidy(plot, self._theme)
            plot.getAxis("left").setWidth(px(46))
        layout = self.ci.layout
        layout.setSpacing(px(8))
        layout.setContentsMargins(0, px(8), px(plotting.BESIDE), 0)
        self._size_rows()
        width = 2 * self._theme.factor
        for curve in (self._train, self._right):
            curve.setPen(plotting.line_pen(palette.curve_train, width))
        self._test.setPen(plotting.line_pen(palette.curve_test, width, plotting.DASHED))
        for eye, now in zip(self._eyes, self._nows, strict=True):
            eye.setPen(pg.mkPen(palette.muted, width=1))
            now.setPen(pg.mkPen(palette.current, width=1.5))
        self._mark()

    def row_at(self, place: QPointF) -> int | None:
        """The row of the curves nearest to a place in this widget, or None beside the plots."""
        curves = self._curves
        if curves is None or not curves.iterations.size or not self._inside(place):
            return None
        at = self._loss.getViewBox().mapSceneToView(place).x()
        return int(np.abs(curves.iterations - at).argmin())

    def place_of(self, row: int) -> QPointF:
        """Where in this widget the training loss of a row is drawn."""
        assert self._curves is not None
        height = float(self._heights(False)[row])
        view = self._loss.getViewBox()
        low, high = view.viewRange()[1]
        at = QPointF(float(self._curves.iterations[row]), height if height == height else (low + high) / 2)
        place: QPointF = view.mapViewToScene(at)
        return place

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """As many numbers on the axes as there is room for; pyqtgraph calls this once without an event."""
        super().resizeEvent(event)
        if event is not None:
            self._draw()
            self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse; pyqtgraph's own signal drops the last move of a quick hand."""
        super().mouseMoveEvent(event)
        self._hover(self.row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Put the line of sight away."""
        super().leaveEvent(event)
        self._hover(None)

    def _set_table(self) -> None:
        for plot in (self._loss, self._accuracy):
            plotting.adopt(plot, self)
        self._accuracy.setXLink(self._loss)
        plotting.follow(self._accuracy, "left", _ACCURACY, _MARGIN)
        self.addItem(self._loss, row=0, col=0)
        self.addItem(self._accuracy, row=1, col=0)
        for item in (self._test, self._train, self._dots):
            self._loss.addItem(item)
        self._accuracy.addItem(self._right)
        for plot, eye, now in zip((self._loss, self._accuracy), self._eyes, self._nows, strict=True):
            for line in (eye, now):
                line.hide()
                plot.addItem(line, ignoreBounds=True)

    def _draw(self) -> None:
        curves = self._curves
        if curves is None:
            return
        train, test = self._heights(False), self._heights(True)
        shown = shown_ghosts(curves, self._hidden)
        values = np.concatenate([self._losses[False], self._losses[True], *(g.train_loss for g in shown)])
        rows = plotting.room_for(self.height() * 0.6, self._theme, upright=True)
        plan = plotting.log_plan(values) if self._log else plotting.growing_plan(values, count=rows)
        ends = [curves.iterations[-1], *(ghost.iterations[-1] for ghost in shown)]
        steps = plotting.steps_plan(float(max(ends)), self.width(), self._theme, self._unit, least=10.0)
        plotting.follow(self._loss, "left", plan, _MARGIN)
        plotting.follow(self._loss, "bottom", steps, _MARGIN / 4)
        self._accuracy.getAxis("bottom").write(steps.ticks)
        fits = bool(np.isfinite(curves.fit).any())
        accuracy = np.clip(plotting.clipped(curves.fit if fits else curves.accuracy), 0.0, 1.0)
        plotting.follow(self._accuracy, "left", _FIT if fits else _ACCURACY, _MARGIN)
        for item, heights in ((self._train, train), (self._test, test), (self._right, accuracy)):
            self._put(item, heights)
        self._draw_ghosts(shown)
        self._show_accuracy(bool(np.isfinite(accuracy).any()))

    def _draw_ghosts(self, ghosts: tuple[GhostView, ...]) -> None:
        """Training losses of the branches that were left: dotted, as the loss on the test set is dashed."""
        while len(self._ghosts) > len(ghosts):
            self._loss.removeItem(self._ghosts.pop())
        while len(self._ghosts) < len(ghosts):
            item = pg.PlotCurveItem(antialias=True)
            item.setZValue(-0.5)
            self._loss.addItem(item)
            self._ghosts.append(item)
        for item, ghost in zip(self._ghosts, ghosts, strict=True):
            heights = plotting.masked(ghost.train_loss)
            if self._log:
                heights = np.where(heights > 0, np.log10(np.where(heights > 0, heights, 1.0)), np.nan)
            good = np.isfinite(heights)
            x = ghost.iterations[good].astype(np.float64)
            item.setPen(plotting.line_pen(colour_of(ghost.number), 1.8 * self._theme.factor, plotting.DOTTED))
            item.setData(*thinned(x, heights[good], max(50, self.width() // _PIXELS_PER_COLUMN)), connect="all")

    def _put(self, item: pg.PlotCurveItem, heights: Array) -> None:
        assert self._curves is not None
        good = np.isfinite(heights)
        x = self._curves.iterations[good].astype(np.float64)
        item.setData(*thinned(x, heights[good], max(50, self.width() // _PIXELS_PER_COLUMN)), connect="all")

    def _heights(self, test: bool) -> Array:
        losses = self._losses[test]
        if not self._log:
            return losses
        with np.errstate(divide="ignore", invalid="ignore"):
            exponents = np.log10(losses)
        return np.where(losses > 0, exponents, np.nan)

    def _show_accuracy(self, shown: bool) -> None:
        if shown is self._has_accuracy:
            return
        self._has_accuracy = shown
        self._size_rows()

    def _size_rows(self) -> None:
        layout = self.ci.layout
        layout.setRowStretchFactor(0, 3)
        layout.setRowStretchFactor(1, 1 if self._has_accuracy else 0)
        self._accuracy.setVisible(self._has_accuracy)
        self._accuracy.setMaximumHeight(_UNLIMITED if self._has_accuracy else 0)
        lowest = self._shown()[-1]
        for plot in (self._loss, self._accuracy):
            axis = plot.getAxis("bottom")
            axis.setStyle(showValues=plot is lowest)
            axis.setHeight(self._theme.px(24) if plot is lowest else 1)

    def _mark(self) -> None:
        curves = self._curves
        if curves is None or not curves.iterations.size:
            self._dots.setData([], [])
            return
        past = self._iteration < curves.iterations[-1]
        for now in self._nows:
            now.setValue(self._iteration)
            now.setVisible(bool(past))
        row = int(np.abs(curves.iterations - self._iteration).argmin())
        self._set_dots([(row, False, self._theme.palette.current), *self._hover_dots()])

    def _hover_dots(self) -> list[tuple[int, bool, str]]:
        if self._row is None:
            return []
        palette = self._theme.palette
        return [(self._row, False, palette.curve_train), (self._row, True, palette.curve_test)]

    def _set_dots(self, rows: list[tuple[int, bool, str]]) -> None:
        assert self._curves is not None
        heights = {test: self._heights(test) for test in {test for _, test, _ in rows}}
        spots = [
            {"pos": (float(self._curves.iterations[row]), float(heights[test][row])), "brush": pg.mkBrush(colour)}
            for row, test, colour in rows
            if np.isfinite(heights[test][row])
        ]
        ring = pg.mkPen(self._theme.palette.panel, width=1.5)
        self._dots.setData(spots, size=self._theme.px(9), pen=ring)

    def _inside(self, place: QPointF) -> bool:
        boxes = [p.getViewBox().sceneBoundingRect() for p in self._shown()]
        return any(QRectF(box).contains(place) for box in boxes)

    def _shown(self) -> tuple[pg.PlotItem, ...]:
        return (self._loss, self._accuracy) if self._has_accuracy else (self._loss,)

    def _hover(self, row: int | None) -> None:
        if row == self._row:
            return
        self._row = row
        for eye in self._eyes:
            eye.setVisible(row is not None)
            if row is not None and self._curves is not None:
                eye.setValue(float(self._curves.iterations[row]))
        self._mark()
        self.hovered.emit(row)

    def _choose(self, event: object) -> None:
        row = self.row_at(event.scenePos())  # type: ignore[attr-defined]
        if row is not None and event.button() is Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            self.clicked.emit(row)
