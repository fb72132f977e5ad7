"""The landscape in three dimensions: ground, contour lines, and the floor below them."""

from __future__ import annotations

import numpy as np
import pyqtgraph.opengl as gl
from PySide6.QtGui import QColor

from gradgui.gui.surface.contours import Contours
from gradgui.gui.surface.relief import FLOOR, Array, Floats, Relief, faces_without_holes
from gradgui.gui.surface.shading import Paint, colours_of, lit_colours
from gradgui.gui.surface.ticks import ticks
from gradgui.gui.theme import ON_SURFACE, Theme

_LIFT = 0.004
_ON_GROUND, _ON_FLOOR = 0.35, 0.9
"""How opaque the two kinds of contour lines are."""


class Landscape:
    """Four items made once; a new relief only fills their buffers."""

    def __init__(self, view: gl.GLViewWidget, theme: Theme) -> None:
        self._theme = theme
        self._ground = gl.GLMeshItem(shader=None, smooth=True, computeNormals=False, glOptions="opaque")
        self._lines = _lines(1.0)
        self._floor_lines = _lines(1.25)
        self._frame = _lines(1.0)
        self._items = (self._frame, self._floor_lines, self._ground, self._lines)
        for depth, item in enumerate(self._items):
            item.setDepthValue(depth)
            item.setVisible(False)
            view.addItem(item)

    def show_relief(self, relief: Relief | None, contours: Contours | None, painted: Paint | None) -> None:
        """Draw this relief, or nothing."""
        for item in self._items:
            item.setVisible(relief is not None)
        if relief is None or contours is None or painted is None:
            return
        self._ground.setMeshData(
            vertexes=_vertices(relief),
            faces=faces_without_holes(relief.finite),
            vertexColors=lit_colours(relief, painted),
        )
        u, v = relief.place(contours.x, contours.y)
        white = QColor(ON_SURFACE)
        white.setAlphaF(_ON_GROUND)
        self._lines.setData(pos=np.stack([u, v, contours.z + _LIFT], axis=1), color=white.getRgbF())
        colours = colours_of(contours.z)
        colours[:, 3] = _ON_FLOOR
        self._floor_lines.setData(pos=np.stack([u, v, np.full_like(u, FLOOR)], axis=1), color=colours)
        self._frame.setData(pos=_floor_grid(relief), color=QColor(self._theme.palette.line).getRgbF())


def _lines(width: float) -> gl.GLLinePlotItem:
    return gl.GLLinePlotItem(pos=np.zeros((2, 3)), mode="lines", width=width, antialias=True, glOptions="translucent")


def _vertices(relief: Relief) -> Floats:
    """(ny·nx, 3) corners of the ground."""
    rows, columns = relief.z.shape
    vertices = np.empty((rows, columns, 3), dtype=np.float32)
    vertices[..., 0] = np.linspace(-1, 1, columns)
    vertices[..., 1] = np.linspace(-1, 1, rows)[:, None]
    vertices[..., 2] = relief.z
    return vertices.reshape(-1, 3)


def _floor_grid(relief: Relief) -> Array:
    """(2k, 3) the border of the floor and a thin line at every tick."""
    x0, x1, y0, y1 = relief.bounds
    segments = [((a, b), (c, d)) for a, b, c, d in _border()]
    for x in ticks(x0, x1):
        u = relief.spot(x, y0)[0]
        segments.append(((u, -1.0), (u, 1.0)))
    for y in ticks(y0, y1):
        v = relief.spot(x0, y)[1]
        segments.append(((-1.0, v), (1.0, v)))
    flat = np.array(segments).reshape(-1, 2)
    return np.column_stack([flat, np.full(len(flat), FLOOR - _LIFT)])


def _border() -> list[tuple[float, float, float, float]]:
    return [(-1, -1, 1, -1), (1, -1, 1, 1), (1, 1, -1, 1), (-1, 1, -1, -1)]
