"""The same landscape as a map: colour for height, contour lines, the ball; for screens without OpenGL."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.contours import Contours
from gradgui.gui.surface.flat_marks import FlatMarks
from gradgui.gui.surface.placement import Placement
from gradgui.gui.surface.relief import HEIGHT, Relief
from gradgui.gui.surface.shading import colour_table
from gradgui.gui.surface.ticks import label
from gradgui.gui.theme import ON_SURFACE, Size, Theme

_LINES = 0.45
_HOVER = 10
"""Pixels around a point of the path."""
_BOTTOM, _LEFT, _TOP, _RIGHT = 40, 58, 12, 14
_CLOSEST = 0.02
"""Share of the picture that can still be zoomed into."""


class FlatView(pg.PlotWidget):  # type: ignore[misc]
    """Shows a relief and a ball from above; click or drag puts the ball there, the wheel zooms."""

    place_chosen = Signal(object)
    """(x, y) in parameter values."""
    moment_hovered = Signal(object)
    """Number of a point of the path, or None."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={side: _RoundAxis(side) for side in ("bottom", "left")})
        self._theme = theme
        self._relief: Relief | None = None
        self._bounds: tuple[float, float, float, float] | None = None
        self._hovered: int | None = None
        self._picture = _SmoothImage(axisOrder="row-major")
        self._picture.setLookupTable((colour_table() * 255).astype(np.uint8))
        self._lines = pg.PlotCurveItem(connect="pairs", antialias=True)
        self._marks = FlatMarks(theme)
        for item in (self._picture, self._lines, self._marks):
            self.addItem(item)
        self._set_up()
        theme.changed.connect(self.restyle)
        self.restyle()

    def _set_up(self) -> None:
        self.setMouseTracking(True)
        self.setFrameShape(self.Shape.NoFrame)
        box = self.getPlotItem()
        box.hideButtons()
        box.layout.setContentsMargins(0, _TOP, _RIGHT, 0)
        box.setMenuEnabled(False)
        box.getViewBox().setMouseEnabled(False, False)
        box.getViewBox().setDefaultPadding(0.0)
        for side in ("top", "right"):
            box.showAxis(side)
            box.getAxis(side).setStyle(showValues=False, tickLength=0)
        for side in ("bottom", "left"):
            box.getAxis(side).enableAutoSIPrefix(False)
            box.getAxis(side).setStyle(tickLength=-4)

    def show_relief(self, relief: Relief | None, contours: Contours | None) -> None:
        """Draw this landscape."""
        self._relief = relief
        for item in (self._picture, self._lines):
            item.setVisible(relief is not None)
        self._marks.show_relief(relief)
        if relief is None or contours is None:
            return
        self._show_range(relief)
        heights = np.where(relief.finite, relief.z, np.nan)
        self._picture.setImage(heights, autoLevels=False, levels=(0.0, HEIGHT))
        self._picture.setRect(_cells(relief))
        self._lines.setData(contours.x, contours.y)

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here."""
        self._marks.show_placement(placement)

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        palette = self._theme.palette
        self.setBackground(palette.surface_ground)
        self.getPlotItem().getViewBox().setBackgroundColor(palette.hover)
        for side in ("bottom", "left", "top", "right"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(QColor(palette.line))
            axis.setTextPen(QColor(palette.muted))
            axis.setTickFont(self._theme.font(Size.SMALL))
        self.getPlotItem().getAxis("bottom").setHeight(self._theme.px(_BOTTOM))
        self.getPlotItem().getAxis("left").setWidth(self._theme.px(_LEFT))
        white = QColor(ON_SURFACE)
        white.setAlphaF(_LINES)
        self._lines.setPen(white, width=1)
        self._name_axes()
        self._marks.update()

    def reset_zoom(self) -> None:
        """Show the whole landscape."""
        if self._bounds is not None:
            x0, x1, y0, y1 = self._bounds
            self.getPlotItem().getViewBox().setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)

    def pixel_of(self, x: float, y: float) -> QPointF:
        """Where a place is in the pane."""
        scene = self.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y))
        return QPointF(self.mapFromScene(scene))

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The parameter values under a pixel; None beside the map."""
        box = self.getPlotItem().getViewBox()
        scene = self.mapToScene(pixel.toPoint())
        if self._relief is None or not box.sceneBoundingRect().contains(scene):
            return None
        at = box.mapSceneToView(scene)
        return at.x(), at.y()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: put the ball there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: take the ball along, or name the moment under the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position())
            return
        moment = self._marks.moment_at(self.mapToScene(event.position().toPoint()), self._theme.px(_HOVER))
        if moment != self._hovered:
            self._hovered = moment
            self.moment_hovered.emit(moment)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt; the ball stays where it is."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: the whole landscape again."""
        self.reset_zoom()

    def wheelEvent(self, event: object) -> None:
        """Called by Qt: nearer or farther, around the mouse."""
        box = self.getPlotItem().getViewBox()
        scale = 0.999 ** event.angleDelta().y()  # type: ignore[attr-defined]
        centre = box.mapSceneToView(self.mapToScene(event.position().toPoint()))  # type: ignore[attr-defined]
        box.scaleBy((scale, scale), centre)
        event.accept()  # type: ignore[attr-defined]

    def _choose(self, pixel: QPointF) -> None:
        place = self.place_at(pixel)
        if place is not None:
            self.place_chosen.emit(place)

    def _show_range(self, relief: Relief) -> None:
        """New borders and names, but only when they changed: the user's zoom stays."""
        if relief.bounds != self._bounds:
            self._bounds = x0, x1, y0, y1 = relief.bounds
            self.getPlotItem().getViewBox().setLimits(
                xMin=x0, xMax=x1, yMin=y0, yMax=y1, minXRange=(x1 - x0) * _CLOSEST, minYRange=(y1 - y0) * _CLOSEST
            )
            self.reset_zoom()
        self._name_axes()

    def _name_axes(self) -> None:
        if self._relief is None:
            return
        for side, axis in zip(("bottom", "left"), self._relief.view.axes, strict=True):
            shown = self.getPlotItem().getAxis(side)
            if shown.labelText != axis.label or shown.labelStyle.get("color") != self._theme.palette.ink:
                shown.setLabel(axis.label, color=self._theme.palette.ink, **{"font-weight": "600"})
            shown.label.setFont(self._theme.font(Size.SMALL, bold=True))


class _RoundAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that writes numbers as the rest of the window does."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [label(value * scale) for value in values]


class _SmoothImage(pg.ImageItem):  # type: ignore[misc]
    """An image whose colours run into each other instead of showing its cells."""

    def paint(self, painter: QPainter, *rest: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        super().paint(painter, *rest)


def _cells(relief: Relief) -> QRectF:
    """The image's rectangle: its cells are centred on the grid, so it reaches half a cell beyond."""
    x0, x1, y0, y1 = relief.bounds
    rows, columns = relief.z.shape
    dx, dy = (x1 - x0) / (columns - 1), (y1 - y0) / (rows - 1)
    return QRectF(x0 - dx / 2, y0 - dy / 2, x1 - x0 + dx, y1 - y0 + dy)
