"""The landscape in three dimensions: ground, contour lines, and the floor below them."""

from __future__ import annotations

import numpy as np
import pyqtgraph.opengl as gl
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gradgui.gui.surface.canvas import Canvas
from gradgui.gui.surface.contours import Contours
from gradgui.gui.surface.lines import Lines
from gradgui.gui.surface.relief import FLOOR, Array, Floats, Relief, faces_without_holes
from gradgui.gui.surface.shading import Paint, colours_of, lit_colours
from gradgui.gui.surface.ticks import ticks
from gradgui.gui.theme import ON_SURFACE, Theme

_LIFT = 0.004
_ON_GROUND, _ON_FLOOR = 0.35, 0.9
"""How opaque the two kinds of contour lines are."""
_PALER = 0.35
_QUICK = 64
"""Cells along a side of the ground while the eye moves."""


class Landscape:
    """Items made once; a new relief only fills their buffers."""

    def __init__(self, view: Canvas, theme: Theme) -> None:
        self._theme = theme
        self._ground, self._rough = _mesh(), _mesh()
        self._lines, self._floor_lines, self._frame = Lines(1.0), Lines(1.25), Lines(1.0)
        self._items = (self._frame, self._floor_lines, self._ground, self._rough, self._lines)
        self._stride = 1
        self.version = 0
        """Counts what has been shown."""
        for depth, item in enumerate(self._items):
            item.setDepthValue(depth)
            item.setVisible(False)
            view.addItem(item)

    def show_relief(self, relief: Relief | None, contours: Contours | None, painted: Paint | None) -> None:
        """Draw this relief, or nothing."""
        self.version += 1
        for item in self._items:
            item.setVisible(relief is not None)
        self._rough.setVisible(False)
        if relief is None or contours is None or painted is None:
            return
        colours = lit_colours(relief, painted)
        _fill(self._ground, relief, colours, 1)
        self._stride = _stride(relief)
        if self._stride > 1:
            _fill(self._rough, relief, colours, self._stride)
        u, v = relief.place(contours.x, contours.y)
        white = QColor(ON_SURFACE)
        white.setAlphaF(_ON_GROUND)
        self._lines.setData(pos=np.stack([u, v, contours.z + _LIFT], axis=1), color=white.getRgbF())
        shades = colours_of(contours.z)
        if self._theme.palette.dark:  # the darkest colours would not be seen on a dark floor
            shades[:, :3] += (1 - shades[:, :3]) * _PALER
        shades[:, 3] = _ON_FLOOR
        self._floor_lines.setData(pos=np.stack([u, v, np.full_like(u, FLOOR)], axis=1), color=shades)
        self._frame.setData(pos=_floor_grid(relief), color=QColor(self._theme.palette.line).getRgbF())

    def use_details(self, detailed: bool) -> None:
        """The whole ground, or fewer of its points; what stays as it is asks for no other picture."""
        rough = not detailed and self._stride > 1
        shown = self._lines.visible()
        for ground, wanted in ((self._rough, shown and rough), (self._ground, shown and not rough)):
            if ground.visible() != wanted:
                ground.setVisible(wanted)


def _mesh() -> gl.GLMeshItem:
    return gl.GLMeshItem(shader=None, smooth=True, computeNormals=False, glOptions="opaque")


def _stride(relief: Relief) -> int:
    """Every how many points are enough while the eye moves."""
    sides = np.array(relief.z.shape) - 1
    stride = max(1, int(sides.min()) // _QUICK)
    return stride if not (sides % stride).any() else 1


def _fill(mesh: gl.GLMeshItem, relief: Relief, colours: NDArray[np.uint8], stride: int) -> None:
    """The ground, with every `stride`-th of its points."""
    rows, columns = relief.z.shape
    some = (slice(None, None, stride), slice(None, None, stride))
    mesh.setMeshData(
        vertexes=_vertices(relief.z[some]),
        faces=faces_without_holes(relief.finite[some]),
        vertexColors=np.ascontiguousarray(colours.reshape(rows, columns, 4)[some]).reshape(-1, 4),
    )


def _vertices(z: Array) -> Floats:
    """(ny·nx, 3) corners of the ground."""
    rows, columns = z.shape
    vertices = np.empty((rows, columns, 3), dtype=np.float32)
    vertices[..., 0] = np.linspace(-1, 1, columns)
    vertices[..., 1] = np.linspace(-1, 1, rows)[:, None]
    vertices[..., 2] = z
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
