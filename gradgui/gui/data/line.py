"""One input, one answer: the points, and the curve the network draws through them."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from gradgui.gui.data.colours import Colours
from gradgui.gui.data.glyphs import Ink
from gradgui.gui.data.point_plot import PointPlot
from gradgui.gui.data.sampling import read_line
from gradgui.gui.theme import Theme
from gradgui.gui.widgets import plotting

Array = NDArray[np.float64]

_MARGIN = 0.04


class LineView(PointPlot):
    """Scatter of (x, y) with the model's curve and, if wanted, the error of each point."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._marks_mistakes = False
        self._curve = pg.PlotCurveItem(antialias=True)
        self._sticks = pg.PlotCurveItem(antialias=True, connect="pairs")
        self._curve.setZValue(5)
        self._sticks.setZValue(1)
        for item in (self._sticks, self._curve):
            self.addItem(item)
        self.restyle()

    @property
    def curve(self) -> tuple[Array, Array]:
        """The model's curve as drawn."""
        x, y = self._curve.getData()
        return x, y

    def places(self, inputs: Array, targets: Array) -> Array:
        """Input to the right, target up."""
        return np.column_stack([inputs[:, 0], targets[:, 0]])

    def inks(self, targets: Array, colours: Colours) -> list[Ink]:
        """Height already says the target, so the points of a regression are plain."""
        if self._answers is not None and self._answers.classes:
            return super().inks(targets, colours)
        p = self._theme.palette
        return [Ink(p.muted, p.panel, p.panel)] * len(targets)

    def mark_mistakes(self, shown: bool) -> None:
        """Draw the distance between each target and the curve."""
        self._marks_mistakes = shown
        self.show_answers()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        super().restyle()
        p, factor = self._theme.palette, self._theme.factor
        self.plotItem.getAxis("left").setWidth(self._theme.px(48))
        self.plotItem.getAxis("bottom").setHeight(self._theme.px(24))
        self._curve.setPen(plotting.line_pen(p.curve_train, 2.5 * factor))
        self._sticks.setPen(pg.mkPen(p.muted, width=1.2 * factor))

    def fit(self) -> None:
        """All points, and the whole stretch the network was asked about; the curve may leave at the top."""
        everything = np.concatenate(list(self._places.values()))
        xs, ys = everything[:, 0], everything[:, 1]
        if self._maps is not None:
            xs = np.append(xs, self._maps.extent[:2])
        wide = plotting.room_for(self.width(), self._theme)
        high = plotting.room_for(self.height(), self._theme, upright=True)
        plotting.follow(self.plotItem, "bottom", plotting.linear_plan(*_ends(xs), count=wide), _MARGIN)
        plotting.follow(self.plotItem, "left", _round_plan(ys, high), _MARGIN)

    def show_answers(self) -> None:
        """Draw the network's curve now."""
        maps = self._maps
        shown = maps is not None and maps.layers[-1].shape[1] == 1
        self._curve.setVisible(shown)
        self._sticks.setVisible(shown and self._marks_mistakes)
        if maps is None or not shown:
            return
        heights = plotting.clipped(maps.layers[-1][0, 0].astype(np.float64))
        xs = np.linspace(maps.extent[0], maps.extent[1], heights.size)
        good = np.isfinite(heights)
        self._curve.setData(xs[good], heights[good], connect="all")
        if self._marks_mistakes:
            self._show_sticks()

    def _show_sticks(self) -> None:
        assert self._maps is not None
        shown = [places for test, places in self._places.items() if self._points[test].item.isVisible()]
        places = np.concatenate(shown) if shown else np.zeros((0, 2))
        answers = plotting.clipped(read_line(self._maps, places[:, 0])[0])
        good = np.isfinite(answers) & np.isfinite(places).all(axis=1)
        ys = np.column_stack([places[good, 1], answers[good]]).ravel()
        self._sticks.setData(np.repeat(places[good, 0], 2), ys, connect="pairs")


def _ends(values: Array) -> tuple[float, float]:
    safe = values[np.isfinite(values)]
    low, high = (float(safe.min()), float(safe.max())) if safe.size else (0.0, 1.0)
    return (low, high) if high > low else (low - 1.0, high + 1.0)


def _round_plan(values: Array, count: int) -> plotting.AxisPlan:
    low, high = _ends(values)
    step = plotting.nice_step(high - low, count)
    return plotting.linear_plan(np.floor(low / step) * step, np.ceil(high / step) * step, count=count + 2)
