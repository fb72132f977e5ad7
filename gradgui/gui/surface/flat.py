"""The same landscape as a map: colour for height, contour lines, the ball; for screens without OpenGL."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.flat_marks import FlatMarks
from gradgui.gui.surface.picture import Picture
from gradgui.gui.surface.plot import SurfacePlot
from gradgui.gui.surface.relief import Relief
from gradgui.gui.surface.shading import Paint, colour_table
from gradgui.gui.theme import ON_SURFACE, Theme

_LINES = 0.45
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class FlatView(SurfacePlot):
    """Shows a relief and a ball from above."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._image = ColourField()
        self._lines = pg.PlotCurveItem(connect="pairs", antialias=True)
        self._marks = FlatMarks(theme)
        for item in (self._image, self._lines, self._marks):
            self.addItem(item)
        self.restyle()

    @property
    def marks(self) -> FlatMarks:
        """What lies on the map."""
        return self._marks

    def show_picture(self, picture: Picture | None) -> None:
        """Draw this landscape."""
        self._picture = picture
        for item in (self._image, self._lines):
            item.setVisible(picture is not None)
        self._marks.show_relief(None if picture is None else picture.relief)
        if picture is None:
            return
        self.use_bounds(picture.relief.bounds)
        self._name_axes()
        self._image.show_paint(picture.paint, _cells(picture.relief))
        self._lines.setData(picture.contours.x, picture.contours.y)

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        super().restyle()
        self.getPlotItem().getViewBox().setBackgroundColor(self._theme.palette.hover)
        white = QColor(ON_SURFACE)
        white.setAlphaF(_LINES)
        self._lines.setPen(white, width=1)
        self._name_axes()
        self._marks.update()

    def pixel_of(self, x: float, y: float) -> QPointF:
        """Where a place is in the pane."""
        scene = self.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y))
        return QPointF(self.mapFromScene(scene))

    def _name_axes(self) -> None:
        if self._picture is not None:
            for side, axis in zip(("bottom", "left"), self._picture.relief.view.axes, strict=True):
                self.name_axis(side, axis.label)


class ColourField(pg.GraphicsObject):  # type: ignore[misc]
    """Colours that run into each other instead of showing the cells of the grid; the picture owns its pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._where = QRectF()

    def show_paint(self, painted: Paint, where: QRectF) -> None:
        """Colour these cells; holes stay open."""
        open_ = np.isnan(painted.shares)
        steps = np.where(open_, 0, painted.shares * 255).astype(np.uint8)
        pixels = (colour_table(painted.by_slope)[steps] * 255).astype(np.uint8)
        pixels[open_] = 0
        rows, columns = open_.shape
        self.prepareGeometryChange()
        self._image = QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()
        self._where = where
        self.update()

    def boundingRect(self) -> QRectF:
        """Called by Qt."""
        return self._where

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Called by Qt: the first row lies at the bottom, where the view's own axis turns it."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(*self._cut() if _is_drawing(painter) else (self._where, self._image))

    def _cut(self) -> tuple[QRectF, QImage]:
        """Without the halves of cells beyond the borders: a drawing clips nothing, and they stood over its frame."""
        image, where = self._image, self._where
        wide, high = image.width(), image.height()
        fine = image.scaled(2 * wide, 2 * high, Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH)
        half_x, half_y = where.width() / wide / 2, where.height() / high / 2
        return where.adjusted(half_x, half_y, -half_x, -half_y), fine.copy(1, 1, 2 * wide - 2, 2 * high - 2)


def _is_drawing(painter: QPainter) -> bool:
    return painter.paintEngine().type() is QPaintEngine.Type.SVG


def _cells(relief: Relief) -> QRectF:
    """The image's rectangle: its cells are centred on the grid, so it reaches half a cell beyond."""
    x0, x1, y0, y1 = relief.bounds
    rows, columns = relief.z.shape
    dx, dy = (x1 - x0) / (columns - 1), (y1 - y0) / (rows - 1)
    return QRectF(x0 - dx / 2, y0 - dy / 2, x1 - x0 + dx, y1 - y0 + dy)
