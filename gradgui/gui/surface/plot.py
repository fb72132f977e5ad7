"""What the map and the valley have in common: axes that read well, and hands that put the ball down and zoom."""

from __future__ import annotations

from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.focus_frame import FocusFrame
from gradgui.gui.surface.nudge import nudged
from gradgui.gui.surface.picture import Picture
from gradgui.gui.surface.placement import PlacedRunner, Placement
from gradgui.gui.surface.ticks import label
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets import plotting

_HOVER = 10
"""Pixels around a point of the path."""
_BOTTOM, _LEFT, _TOP, _RIGHT = 40, 58, 12, 14
_NEARER = {"+": 0.9, "=": 0.9, "-": 1 / 0.9}
_SETTLE_MS = 140
"""After the wheel has stood still for so long, the new range is drawn."""


class Marks(Protocol):
    """What lies on a plot."""

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here."""

    def show_runners(self, runners: tuple[PlacedRunner, ...]) -> None:
        """Draw a race."""

    def highlight(self, moment: int | None) -> None:
        """Ring one point of the path."""

    def moment_at(self, scene: QPointF, reach: float) -> int | None:
        """Which point of the path lies within `reach` pixels."""


class SurfacePlot(pg.PlotWidget):  # type: ignore[misc]
    """A plot over the parameters: click or drag puts the ball there, the wheel zooms."""

    place_chosen = Signal(object)
    """(x, y) in parameter values."""
    placing_ended = Signal()
    """The ball was let go."""
    moment_hovered = Signal(object)
    """A moment of the path, or None."""
    moment_chosen = Signal(object)
    """A moment of the path was clicked."""
    ranges_chosen = Signal(object)
    """((x from, x to), (y from, y to)) zoomed by the wheel."""
    ranges_reset = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={side: _RoundAxis(side) for side in ("bottom", "left")})
        self._theme = theme
        self._picture: Picture | None = None
        self._bounds: tuple[float, float, float, float] | None = None
        self._placement: Placement | None = None
        self._hovered: int | None = None
        self._placing = False
        self._settled = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settled.timeout.connect(self._tell_ranges)
        self._focus = FocusFrame(theme, self)
        self._set_up()
        theme.changed.connect(self.restyle)

    def _set_up(self) -> None:
        self.setMouseTracking(True)
        self.setFrameShape(self.Shape.NoFrame)
        box = self.getPlotItem()
        box.hideButtons()
        box.layout.setContentsMargins(0, _TOP, _RIGHT, 0)
        box.setMenuEnabled(False)
        plotting.adopt(box, self)
        box.getViewBox().setMouseEnabled(False, False)
        box.getViewBox().setDefaultPadding(0.0)
        for side in ("top", "right"):
            box.showAxis(side)
            box.getAxis(side).setStyle(showValues=False, tickLength=0)
        for side in ("bottom", "left"):
            box.getAxis(side).enableAutoSIPrefix(False)
            box.getAxis(side).setStyle(tickLength=-4)

    @property
    def marks(self) -> Marks:
        """What lies on the plot."""
        raise NotImplementedError

    def show_picture(self, picture: Picture | None) -> None:
        """Draw this surface."""
        raise NotImplementedError

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here."""
        self._placement = placement
        self.marks.show_placement(placement)

    def show_runners(self, runners: tuple[PlacedRunner, ...]) -> None:
        """Draw a race."""
        self.marks.show_runners(runners)

    def highlight(self, moment: int | None) -> None:
        """Ring one point of the path."""
        self.marks.highlight(moment)

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The parameter values under a pixel; None beside the plot."""
        box = self.getPlotItem().getViewBox()
        scene = self.mapToScene(pixel.toPoint())
        if self._picture is None or not box.sceneBoundingRect().contains(scene):
            return None
        at = box.mapSceneToView(scene)
        return at.x(), at.y()

    def reset_zoom(self) -> None:
        """Show all that is drawn."""
        if self._bounds is not None:
            x0, x1, y0, y1 = self._bounds
            self.getPlotItem().getViewBox().setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        palette = self._theme.palette
        self.setBackground(palette.surface_ground)
        for side in ("bottom", "left", "top", "right"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(QColor(palette.line))
            axis.setTextPen(QColor(palette.muted))
            axis.setTickFont(self._theme.font(Size.SMALL))
        self.getPlotItem().getAxis("bottom").setHeight(self._theme.px(_BOTTOM))
        self.getPlotItem().getAxis("left").setWidth(self._theme.px(_LEFT))

    def name_axis(self, side: str, name: str) -> None:
        """Write a name beside an axis."""
        shown = self.getPlotItem().getAxis(side)
        if shown.labelText != name or shown.labelStyle.get("color") != self._theme.palette.ink:
            shown.setLabel(name, color=self._theme.palette.ink, **{"font-weight": "600"})
        shown.label.setFont(self._theme.font(Size.SMALL, bold=True))

    def use_bounds(self, bounds: tuple[float, float, float, float]) -> None:
        """New borders, but only when they changed and nobody is zooming: the user's own zoom stays."""
        if bounds != self._bounds:
            self._bounds = bounds
            if not self._settled.isActive():
                self.reset_zoom()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt."""
        super().paintEvent(event)
        if self._focus.by_key:
            painter = QPainter(self.viewport())
            self._focus.paint(painter, self.viewport())
            painter.end()

    # --- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: put the ball there, or go to the moment under the mouse."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        moment = self._moment_at(event.position())
        if moment is not None:
            self.moment_chosen.emit(moment)
            return
        self._choose(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: take the ball along, or name the moment under the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position())
            return
        moment = self._moment_at(event.position())
        if moment != self._hovered:
            self._hovered = moment
            self.setCursor(Qt.CursorShape.ArrowCursor if moment is None else Qt.CursorShape.PointingHandCursor)
            self.moment_hovered.emit(moment)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; the ball stays where it is."""
        if self._placing:
            self._placing = False
            self.placing_ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: the whole landscape again."""
        self.reset_zoom()
        self.ranges_reset.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Called by Qt: nearer or farther, around the mouse; drawn anew once the wheel stands still."""
        event.accept()
        if self._picture is None:
            return
        self.zoom(0.999 ** event.angleDelta().y(), self.mapToScene(event.position().toPoint()))
        self._settled.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: + and − zoom, 0 shows everything again, Alt + arrows move the ball."""
        place = nudged(event, None if self._picture is None else self._picture.relief, self._placement)
        if place is not None:
            self._placing = True
            self.place_chosen.emit(place)
        elif event.text() in _NEARER and self._picture is not None:
            self.zoom(_NEARER[event.text()], self.getPlotItem().getViewBox().sceneBoundingRect().center())
            self._settled.start()
        elif event.text() == "0":
            self.reset_zoom()
            self.ranges_reset.emit()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: the ball was let go."""
        if self._placing and not event.isAutoRepeat():
            self._placing = False
            self.placing_ended.emit()
        event.ignore()

    def zoom(self, scale: float, scene: QPointF) -> None:
        """Take in so many times as much as now, around a place."""
        box = self.getPlotItem().getViewBox()
        box.scaleBy((scale, scale), box.mapSceneToView(scene))

    def _tell_ranges(self) -> None:
        (x0, x1), (y0, y1) = self.getPlotItem().getViewBox().viewRange()
        self.ranges_chosen.emit(((x0, x1), (y0, y1)))

    def _choose(self, pixel: QPointF) -> None:
        place = self.place_at(pixel)
        if place is not None:
            self._placing = True
            self.place_chosen.emit(place)

    def _moment_at(self, pixel: QPointF) -> int | None:
        return self.marks.moment_at(self.mapToScene(pixel.toPoint()), self._theme.px(_HOVER))


class _RoundAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that writes numbers as the rest of the window does."""

    powers = False
    """The axis counts powers of ten."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.powers:
            return [label(10.0 ** (value * scale)) for value in values]
        return [label(value * scale) for value in values]
