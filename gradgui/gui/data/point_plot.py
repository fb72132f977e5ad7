"""What the plane and the line have in common: points that can be read, ringed and clicked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.data.answers import Answers, Ints
from gradgui.gui.data.colours import Colours
from gradgui.gui.data.glyphs import Ink, Points, class_ink
from gradgui.gui.theme import Theme
from gradgui.gui.widgets import plotting
from gradgui.session.snapshot import DataView, MapsView, Snapshot

Array = NDArray[np.float64]

TOP, RIGHT = 8, 14
"""Room for the last numbers of the axes."""
_NEAR = 12.0
"""Pixels within which the mouse means a point."""


_READING_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Reading:
    """A place under the mouse, and the point there, if any."""

    place: tuple[float, float]
    sample: int | None = None
    test: bool = False


class PointPlot(pg.PlotWidget):  # type: ignore[misc]
    """A plot of training and test points; subclasses say where the points lie and what is behind them."""

    pointed = Signal(object)
    """A Reading, or None when the mouse has left."""
    point_clicked = Signal(object)
    """The number of the training sample that was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, plotItem=plotting.calm_plot())
        self._theme = theme
        self._data: DataView | None = None
        self._answers: Answers | None = None
        self._maps: MapsView | None = None
        self._chosen: int | None = None
        self._ringed = np.zeros(0, np.int64)
        self._still = False
        self._places: dict[bool, Array] = {False: np.zeros((0, 2)), True: np.zeros((0, 2))}
        self._points = {test: Points(theme, hollow=test) for test in (False, True)}
        self._drawn: dict[pg.ScatterPlotItem, object] = {}
        self._ring, self._batch, self._cursor = (pg.ScatterPlotItem(pxMode=True) for _ in range(3))
        self._cursor.setZValue(7)
        self._ring.setZValue(6)
        self._batch.setZValue(5.5)
        plotting.adopt(self.plotItem, self)
        for item in (*(p.item for p in self._points.values()), self._batch, self._ring, self._cursor):
            self.addItem(item)
        self._read: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.scene().sigMouseClicked.connect(self._choose)

    def show_data(self, data: DataView, answers: Answers, colours: Colours) -> None:
        """Draw a data set."""
        self._data, self._answers = data, answers
        if self._read is not None:
            self._read_point(None)
        for test, inputs, targets in ((False, data.inputs, data.targets), (True, data.test_inputs, data.test_targets)):
            self._places[test] = plotting.clipped(self.places(inputs, targets))
            self._points[test].show_points(self._places[test], self._classes(targets), self.inks(targets, colours))
        if not self._still:
            self.fit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the network's answers at one moment."""
        moved = self._maps is None or snapshot.maps is None or snapshot.maps.extent != self._maps.extent
        self._maps = snapshot.maps
        if moved:
            self.fit()
        self.show_answers()
        self._ring_sample(None if snapshot.running or not snapshot.batch.size else _sample_of(snapshot))
        self._ring_batch(np.zeros(0, np.int64) if snapshot.running else snapshot.batch)

    def show_points(self, test: bool, shown: bool) -> None:
        """Show or hide the training or the test points."""
        self._points[test].item.setVisible(shown)
        self.show_answers()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        self.setBackground(self._theme.palette.panel)
        plotting.tidy(self.plotItem, self._theme)
        self.plotItem.layout.setContentsMargins(0, self._theme.px(TOP), self._theme.px(RIGHT), 0)
        self._ring_sample(self._chosen)
        self._ring_batch(self._ringed)

    def places(self, inputs: Array, targets: Array) -> Array:
        """(N, 2) where points lie."""
        raise NotImplementedError

    def inks(self, targets: Array, colours: Colours) -> list[Ink]:
        """The colours of points; those of a class stand off their background by a pale ring."""
        assert self._answers is not None
        if self._answers.classes:
            numbers = self._classes(targets).tolist()
            inks = {k: class_ink(self._theme, k) for k in set(numbers)}
            return [inks[k] for k in numbers]
        p = self._theme.palette
        return [Ink(colours.colour_of(float(v)), p.muted, p.point_ring) for v in targets[:, 0]]

    def fit(self) -> None:
        """Choose what the axes show."""
        raise NotImplementedError

    def show_answers(self) -> None:
        """Draw what the network says."""
        raise NotImplementedError

    def reading_at(self, place: QPointF) -> Reading | None:
        """What lies under a place of this widget."""
        view = self.plotItem.getViewBox()
        if not view.sceneBoundingRect().contains(place):
            return None
        at = view.mapSceneToView(place)
        nearest = self._nearest(at.x(), at.y())
        return Reading((at.x(), at.y()), *nearest) if nearest else Reading((at.x(), at.y()))

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Whatever is shown meanwhile, the axes stay as they are."""
        self._still = True
        try:
            yield
        finally:
            self._still = False

    def place_of(self, sample: int, test: bool = False) -> QPointF:
        """Where in this widget a point is drawn."""
        x, y = self._places[test][sample]
        place: QPointF = self.plotItem.getViewBox().mapViewToScene(QPointF(float(x), float(y)))
        return place

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """As many numbers on the axes as there is room for; pyqtgraph calls this once without an event."""
        super().resizeEvent(event)
        if event is not None:
            self.fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what lies under the mouse; pyqtgraph's own signal drops the last move of a quick hand."""
        super().mouseMoveEvent(event)
        self.pointed.emit(self.reading_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def event(self, event: QEvent) -> bool:
        """Reached with Tab, the arrows read one training point after the other, and Enter chooses one."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _READING_KEYS
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read on, back, or choose."""
        count = len(self._places[False])
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and count:
            self._read_point((self._first_read() if self._read is None else self._read + step) % count)
        elif event.key() in _READING_KEYS and self._read is not None:
            self.point_clicked.emit(self._read)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is read any more."""
        super().focusOutEvent(event)
        self._read_point(None)

    def _first_read(self) -> int:
        return self._chosen or 0

    def _read_point(self, sample: int | None) -> None:
        """Put a frame around a point and say what it is."""
        self._read = sample
        self._cursor.setVisible(sample is not None)
        if sample is None:
            self.pointed.emit(None)
            return
        x, y = self._places[False][sample]
        pen = pg.mkPen(self._theme.palette.current, width=2 * self._theme.factor)
        brush = pg.mkBrush(None)
        self._cursor.setData([float(x)], [float(y)], symbol="s", size=self._theme.px(22), pen=pen, brush=brush)
        self.pointed.emit(Reading((float(x), float(y)), sample))

    def _classes(self, targets: Array) -> Ints:
        assert self._answers is not None
        return self._answers.targets(targets)

    def _nearest(self, x: float, y: float) -> tuple[int, bool] | None:
        wide, high = self.plotItem.getViewBox().viewPixelSize()
        best: tuple[float, int, bool] | None = None
        for test, places in self._places.items():
            if not len(places) or not self._points[test].item.isVisible():
                continue
            away = np.hypot((places[:, 0] - x) / wide, (places[:, 1] - y) / high)
            k = int(np.nan_to_num(away, nan=np.inf).argmin())
            if away[k] <= _NEAR * self._theme.factor and (best is None or away[k] < best[0]):
                best = (float(away[k]), k, test)
        return None if best is None else best[1:]

    def _ring_sample(self, sample: int | None) -> None:
        self._chosen = sample
        places = self._places[False]
        if sample is None or sample >= len(places):
            self._ring.setVisible(False)
            return
        self._ring.setVisible(True)
        self._draw(self._ring, places[sample : sample + 1], self._theme.px(18), self._theme.palette.current, 2.5)

    def _ring_batch(self, batch: NDArray[np.int64]) -> None:
        """A thin ring around every point of the batch, unless that would be most of them."""
        self._ringed, places = batch, self._places[False]
        shown = 0 < len(batch) < len(places) / 2 and int(batch.max()) < len(places)
        self._batch.setVisible(shown)
        if shown:
            size = self._points[False].size_for(len(places)) + self._theme.px(4)
            self._draw(self._batch, places[batch], size, self._theme.palette.ink, 1.2)

    def _draw(self, item: pg.ScatterPlotItem, around: Array, size: float, colour: str, width: float) -> None:
        """Rings around these places; where they are there already they stay: laying them out takes a millisecond."""
        look = around.tobytes(), size, colour, width * self._theme.factor
        if self._drawn.get(item) != look:
            self._drawn[item] = look
            item.setData(pos=around, size=size, pen=pg.mkPen(colour, width=look[-1]), brush=pg.mkBrush(None))

    def _choose(self, event: object) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        reading = self.reading_at(event.scenePos())  # type: ignore[attr-defined]
        if reading is not None and reading.sample is not None and not reading.test:
            self.point_clicked.emit(reading.sample)


def _sample_of(snapshot: Snapshot) -> int | None:
    return int(snapshot.batch[snapshot.sample]) if snapshot.sample < snapshot.batch.size else None
