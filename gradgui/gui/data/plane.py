"""The plane of two inputs: what the network answers everywhere, and the points it learns from."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gradgui.catalog.features import MAPS, mapped, shown
from gradgui.gui.data.answers import Answers
from gradgui.gui.data.colours import Colours, Pixels, unit_picture
from gradgui.gui.data.point_plot import PointPlot
from gradgui.gui.data.sampling import read_map
from gradgui.gui.theme import Theme
from gradgui.gui.widgets import plotting
from gradgui.session.snapshot import DataView, MapsView, NetworkInfo, Snapshot

Array = NDArray[np.float64]

LEFT, BELOW = 48, 40
"""What the axes take beside and below the picture."""
_ROOM = 0.08
"""Space around the points where no map says how much to show, as a share of their spread."""
_SQUARE = 2.0
"""Units are drawn alike on both axes up to this ratio of their ranges."""


class PlaneView(PointPlot):
    """Decision map with points; one picture a frame, the points stay."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._colours: Colours | None = None
        self._marks_mistakes = self._sharp = False
        self._unit: tuple[int, int] | None = None
        self._info: NetworkInfo | None = None
        self._image = pg.ImageItem(axisOrder="row-major")
        self._wrong = pg.ScatterPlotItem(pxMode=True)
        self._wrong.setZValue(5)
        self._image.setZValue(0)
        for item in (self._image, self._wrong):
            self.addItem(item)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.restyle()

    @property
    def aspect(self) -> float:
        """Width of the picture divided by its height."""
        x0, x1, y0, y1 = self._extent()
        ratio = (x1 - x0) / (y1 - y0)
        return ratio if 1 / _SQUARE <= ratio <= _SQUARE else 1.0

    def places(self, inputs: Array, targets: Array) -> Array:
        """The two inputs themselves."""
        return inputs[:, :2]

    def show_data(self, data: DataView, answers: Answers, colours: Colours) -> None:
        """Draw a data set in the colours of the map behind it."""
        self._colours = colours
        super().show_data(data, answers, colours)
        self._name_axes()
        self.show_answers()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the network's answers, or those of the neuron that is looked at."""
        self._info = snapshot.network
        super().show_snapshot(snapshot)

    def look_at(self, unit: tuple[int, int] | None) -> None:
        """Show what one (layer, neuron) answers instead of the whole network; layer −1 are the inputs."""
        if unit != self._unit:
            self._unit = unit
            self.show_answers()

    def unit_values(self) -> Array | None:
        """(H, W) answers of the neuron that is looked at; None where none is, or it has no map."""
        maps, info, data = self._maps, self._info, self._data
        if maps is None or info is None or data is None or self._unit is None:
            return None
        layer, unit = self._unit
        if layer < 0:
            return _feature(maps, data, info.inputs[unit]) if unit < len(info.inputs) else None
        known = layer < len(maps.layers) and maps.layers[layer].ndim == 3 and unit < len(maps.layers[layer])
        return maps.layers[layer][unit] if known else None

    def mark_mistakes(self, shown: bool) -> None:
        """Ring the points that the network answers wrongly."""
        self._marks_mistakes = shown
        self.show_answers()

    def show_verdicts(self, sharp: bool) -> None:
        """Colour by the verdict alone, with sharp borders, or by how sure it is too."""
        self._sharp = sharp
        self.show_answers()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        super().restyle()
        self.plotItem.getAxis("left").setGrid(False)
        self.plotItem.getAxis("left").setWidth(self._theme.px(LEFT))
        self.plotItem.getAxis("bottom").setHeight(self._theme.px(BELOW))
        self._name_axes()
        self.show_answers()

    def fit(self) -> None:
        """The map's extent, or the points with some room."""
        x0, x1, y0, y1 = self._extent()
        room = plotting.room_for(min(self.width(), self.height()) - self._theme.px(LEFT), self._theme)
        plotting.follow(self.plotItem, "bottom", plotting.linear_plan(x0, x1, room))
        plotting.follow(self.plotItem, "left", plotting.linear_plan(y0, y1, room))

    def show_answers(self) -> None:
        """Colour the plane by the network's answers now."""
        maps, colours = self._maps, self._colours
        if maps is None or colours is None or maps.layers[-1].shape[1] < 2:
            self._image.setVisible(False)
            self._wrong.setVisible(False)
            return
        self._image.setImage(self._picture(colours, maps), autoLevels=False, levels=None)
        self._image.setRect(self._cells())
        self._image.setVisible(True)
        self._show_mistakes()

    def _picture(self, colours: Colours, maps: MapsView) -> Pixels:
        values, layer = self.unit_values(), -1 if self._unit is None else self._unit[0]
        if values is None or self._info is None:
            return colours.picture(maps.layers[-1], sharp=self._sharp)
        activation = self._info.layers[layer].activation if layer >= 0 else None
        return unit_picture(values, activation, self._theme.palette)

    def mistakes(self, test: bool) -> Array:
        """(k, 2) places of the points that the map answers wrongly."""
        data, answers, maps = self._data, self._answers, self._maps
        places = self._places[test]
        if data is None or answers is None or maps is None or not answers.classes or not len(places):
            return np.zeros((0, 2))
        given, _ = answers.verdict(read_map(maps, places))
        wrong = given != answers.targets(data.test_targets if test else data.targets)
        return np.asarray(places[wrong])

    def _name_axes(self) -> None:
        if self._data is None:
            return
        for k, side in enumerate(("bottom", "left")[: len(self._data.features)]):
            name = self._data.features[k]
            self.plotItem.setLabel(side, name, color=self._theme.palette.muted)
            axis = self.plotItem.getAxis(side)
            axis.label.setFont(axis.style["tickFont"])

    def _show_mistakes(self) -> None:
        self._wrong.setVisible(self._marks_mistakes)
        if not self._marks_mistakes:
            return
        wrong = np.concatenate(
            [self.mistakes(t) for t in (False, True) if self._points[t].item.isVisible()] or [np.zeros((0, 2))]
        )
        pen = pg.mkPen(self._theme.palette.ink, width=1.5 * self._theme.factor)
        size = self._points[False].size_for(len(self._places[False])) + self._theme.px(7)
        self._wrong.setData(pos=wrong, size=size, pen=pen, brush=pg.mkBrush(None))

    def _cells(self) -> QRectF:
        """The picture's rectangle: grid points lie in the middle of its pixels."""
        assert self._maps is not None
        x0, x1, y0, y1 = self._maps.extent
        _, rows, columns = self._maps.layers[-1].shape
        half_x, half_y = (x1 - x0) / (columns - 1) / 2, (y1 - y0) / (rows - 1) / 2
        return QRectF(x0 - half_x, y0 - half_y, x1 - x0 + 2 * half_x, y1 - y0 + 2 * half_y)

    def _extent(self) -> tuple[float, float, float, float]:
        if self._maps is not None:
            return self._maps.extent
        (x0, x1), (y0, y1) = (_spread(np.concatenate([p[:, k] for p in self._places.values()])) for k in (0, 1))
        return x0, x1, y0, y1


def _feature(maps: MapsView, data: DataView, words: str) -> Array | None:
    """A feature over the plane, by the name that people write."""
    names = {shown(name): name for name in MAPS}
    feature = words if words in data.features else names.get(words)
    if feature is None:
        return None
    _, rows, columns = maps.layers[-1].shape
    x0, x1, y0, y1 = maps.extent
    across, up = np.meshgrid(np.linspace(x0, x1, columns), np.linspace(y0, y1, rows))
    raw = np.stack([across.ravel(), up.ravel()], axis=1)
    return mapped(raw, data.features, (feature,)).reshape(rows, columns)


def _spread(values: Array) -> tuple[float, float]:
    safe = values[np.isfinite(values)]
    if not safe.size:
        return -1.0, 1.0
    low, high = float(safe.min()), float(safe.max())
    room = _ROOM * (high - low) or 1.0
    return low - room, high + room
