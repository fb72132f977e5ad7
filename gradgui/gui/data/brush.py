"""The brush: presses and moves of the mouse over a plot become points that come, go and move."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from gradgui.gui.data.drawing import Drawing
from gradgui.gui.data.point_plot import PointPlot
from gradgui.session.snapshot import Array

_APART = 16.0
"""Pixels from one point of a stroke to the next."""
_NEAR = 12.0
"""Pixels within which a point is taken hold of, or erased."""


class Tool(IntEnum):
    """What the left button does; the right one always erases."""

    BRUSH = 0
    MOVE = 1
    ERASE = 2


class Brush(QObject):
    """Watches one plot; from press to release is one gesture."""

    sketched = Signal(object)
    """A Drawing that changes while the mouse moves."""
    finished = Signal(object, object)
    """The Drawing at the end of a gesture that changed something, and the Tool that did it."""
    dropped = Signal()
    """The gesture was given up with Escape, or changed nothing."""

    def __init__(self, plot: PointPlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self._drawing: Drawing | None = None
        self._start: Drawing | None = None
        self._using: Tool | None = None
        self._held = -1
        self._last = QPointF()
        self.tool, self.value, self.test = Tool.BRUSH, 0.0, False
        plot.viewport().installEventFilter(self)
        plot.installEventFilter(self)
        plot.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def take(self, drawing: Drawing | None) -> None:
        """Draw on this one from now on; a gesture under way goes on with its own."""
        if self._using is None:
            self._drawing = drawing

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._using is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what belongs to a gesture; the rest is the plot's."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            return self._give_up()
        if not isinstance(event, QMouseEvent) or watched is not self._plot.viewport():
            return False
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return self._press(event)
        if kind is QEvent.Type.MouseMove and self._using is not None:
            self._go_on(event.position())
            return True
        if kind is QEvent.Type.MouseButtonRelease and self._using is not None:
            self._end()
            return True
        return False

    def _press(self, event: QMouseEvent) -> bool:
        buttons = {Qt.MouseButton.LeftButton: self.tool, Qt.MouseButton.RightButton: Tool.ERASE}
        tool, place = buttons.get(event.button()), self._place(event.position())
        if tool is None or place is None or self._drawing is None:
            return False
        self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
        self._using, self._start, self._held = tool, self._drawing, -1
        if tool is Tool.BRUSH:
            self._add(event.position(), place)
        elif tool is Tool.MOVE:
            self._held = self._nearest(event.position())
        else:
            self._last = event.position()
            self._erase(event.position())
        return True

    def _go_on(self, at: QPointF) -> None:
        place = self._place(at)
        if place is None or self._drawing is None:
            return
        if self._using is Tool.BRUSH:
            self._fill_up_to(at)
        elif self._using is Tool.ERASE:
            self._erase(at)
        elif self._held >= 0:
            self._sketch(self._drawing.moved(self._held, place))

    def _end(self) -> None:
        tool, self._using = self._using, None
        if self._drawing is self._start or self._drawing is None:
            self.dropped.emit()
        else:
            self.finished.emit(self._drawing, tool)

    def _give_up(self) -> bool:
        if self._using is None:
            return False
        self._using, self._drawing = None, self._start
        self.dropped.emit()
        return True

    def _add(self, at: QPointF, place: tuple[float, float]) -> None:
        assert self._drawing is not None
        self._last = at
        self._sketch(self._drawing.with_point(place, self.value, self.test))

    def _fill_up_to(self, at: QPointF) -> None:
        """A quick hand leaves no holes: points stand equally far apart along the way."""
        way, start = at - self._last, self._last
        length = float(np.hypot(way.x(), way.y()))
        for number in range(1, int(length / _APART) + 1):
            spot = start + way * (number * _APART / length)
            place = self._place(spot)
            if place is not None:
                self._add(spot, place)

    def _erase(self, at: QPointF) -> None:
        """All along the way since the last move."""
        assert self._drawing is not None
        way = at - self._last
        stops = max(1, int(np.hypot(way.x(), way.y()) / _NEAR) + 1)
        spots = [self._last + way * (number / stops) for number in range(1, stops + 1)]
        gone = np.min([self._distances(spot) for spot in spots], axis=0) <= _NEAR
        self._last = at
        if gone.any():
            self._sketch(self._drawing.without(gone))

    def _sketch(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self.sketched.emit(drawing)

    def _nearest(self, at: QPointF) -> int:
        away = self._distances(at)
        return int(away.argmin()) if len(away) and away.min() <= _NEAR else -1

    def _distances(self, at: QPointF) -> Array:
        """Pixels from here to every point."""
        assert self._drawing is not None
        view = self._plot.plotItem.getViewBox()
        here, (wide, high) = view.mapSceneToView(at), view.viewPixelSize()
        places = self._drawing.places
        away: Array = np.hypot((places[:, 0] - here.x()) / wide, (places[:, 1] - here.y()) / high)
        return away

    def _place(self, at: QPointF) -> tuple[float, float] | None:
        view = self._plot.plotItem.getViewBox()
        if not view.sceneBoundingRect().contains(at):
            return None
        place = view.mapSceneToView(at)
        return place.x(), place.y()
