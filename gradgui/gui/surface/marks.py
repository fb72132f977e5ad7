"""What lies on the landscape in three dimensions: the ball, its path, its arrows, and the ball to come."""

from __future__ import annotations

from math import hypot

import numpy as np
import pyqtgraph.opengl as gl
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gradgui.gui.surface.canvas import Canvas
from gradgui.gui.surface.lines import Lines
from gradgui.gui.surface.pens import runner_colour
from gradgui.gui.surface.placement import PlacedRunner, Placement
from gradgui.gui.surface.relief import FLOOR, Array, Floats
from gradgui.gui.surface.shading import time_colours
from gradgui.gui.theme import (
    ON_SURFACE,
    SURFACE_BALL,
    SURFACE_GHOST,
    SURFACE_MOMENTUM,
    SURFACE_SHADE,
    SURFACE_STEP,
    Theme,
)

BALL = 0.045
"""Radius of the ball."""
_GHOST = 0.8
_SHAFT, _HEAD, _HEAD_LENGTH = 0.012, 0.034, 0.09
_THIN = 0.65
"""An arrow along one axis is thinner than the one downhill."""
_LIFT = np.array([0, 0, 0.012])
_LAMP = np.array([-0.4, -0.5, 0.77])
_SHADOW = 0.6
_RUNNER = 0.036
_DASH = 0.03
_SQUARE = np.array([(0, 1, 2), (0, 2, 3)], np.uint32)
_RING = 20

Solid = tuple[Floats, NDArray[np.uint32], Floats]
"""Vertices, faces, colours."""


class Marks:
    """Items made once; a new placement only fills their small buffers."""

    def __init__(self, view: Canvas, theme: Theme) -> None:
        self._theme = theme
        self._solids = gl.GLMeshItem(shader=None, smooth=True, computeNormals=False, glOptions="opaque")
        self._ghost = gl.GLMeshItem(shader=None, smooth=True, computeNormals=False, glOptions="translucent")
        self._patch = gl.GLMeshItem(shader=None, smooth=True, computeNormals=False, glOptions="translucent")
        self._shade = Lines(5.0, joined=True, under=True)
        self._path = Lines(3.0, joined=True)
        self._rim = Lines(1.5, joined=True)
        self._ways = Lines(1.75)
        self._stem = Lines(1.5)
        self._runners = gl.GLMeshItem(shader=None, smooth=True, computeNormals=False, glOptions="opaque")
        self._tracks = Lines(2.5)
        self._items = (
            self._ways, self._patch, self._rim, self._shade, self._path, self._stem, self._solids, self._ghost,
        )  # fmt: skip
        for item in (self._tracks, self._runners):
            item.setDepthValue(30)
            item.setVisible(False)
            view.addItem(item)
        for depth, item in enumerate(self._items):
            item.setDepthValue(10 + depth)
            item.setVisible(False)
            view.addItem(item)

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball where it is, or nothing."""
        inside = placement is not None and placement.inside
        for item in self._items:
            item.setVisible(inside)
        self._show_ways(placement)
        if placement is None or not inside:
            return
        self._show_patch(placement)
        vertices, faces, colours = _joined(self._solid_parts(placement))
        self._solids.setMeshData(vertexes=vertices, faces=faces, vertexColors=colours)
        self._show_path(placement)
        self._show_stem(placement)
        self._show_ghost(placement)

    def show_runners(self, runners: tuple[PlacedRunner, ...]) -> None:
        """Draw a race; nothing for no runners."""
        here = [runner for runner in runners if runner.here]
        self._runners.setVisible(bool(here))
        if here:
            balls = [
                _sphere(runner.path[-1] + (0, 0, _RUNNER), _RUNNER, runner_colour(runner.number)) for runner in here
            ]
            vertices, faces, colours = _joined(balls)
            self._runners.setMeshData(vertexes=vertices, faces=faces, vertexColors=colours)
        tracks = [(_pairs(r.way), r.number) for r in runners if len(r.way) > 1]
        self._tracks.setVisible(bool(tracks))
        if tracks:
            colours = np.concatenate([_all(runner_colour(number), 1.0, len(points)) for points, number in tracks])
            self._tracks.setData(pos=np.concatenate([points for points, _ in tracks]) + _LIFT, color=colours)

    def _solid_parts(self, placement: Placement) -> list[Solid]:
        centre = centre_of(placement)
        parts = [_sphere(centre, BALL, SURFACE_BALL)]
        at_ball = placement.foot == (placement.u, placement.v, placement.z)
        foot = centre if at_ball else np.add(placement.foot, (0, 0, BALL))
        if placement.momentum is not None:
            parts.append(_arrow(centre, placement.momentum, _THIN, SURFACE_MOMENTUM))
        if placement.downhill is not None:
            parts.append(_arrow(foot, placement.downhill, 1.0, ON_SURFACE))
        if placement.adjusted is not None:
            parts.append(_arrow(foot, placement.adjusted, _THIN, SURFACE_STEP))
        along_x, along_y = placement.partials
        if along_x:
            parts.append(_arrow(foot, (along_x, 0.0), _THIN, self._theme.gradient_fill(-along_x)))
        if along_y:
            parts.append(_arrow(foot, (0.0, along_y), _THIN, self._theme.gradient_fill(-along_y)))
        return parts

    def _show_patch(self, placement: Placement) -> None:
        """The plane that touches the ground: clear once the gradient is computed, faint while it is only measured."""
        corners = placement.patch
        for item in (self._patch, self._rim):
            item.setVisible(corners is not None and not placement.hangs)
        if corners is None:
            return
        exact = placement.patch_is_exact
        corners = corners + _LIFT
        colours = np.tile(np.array(_rgba(ON_SURFACE, 0.34 if exact else 0.16), np.float32), (4, 1))
        self._patch.setMeshData(vertexes=corners.astype(np.float32), faces=_SQUARE, vertexColors=colours)
        rim = np.vstack([corners, corners[:1]])
        self._rim.setData(pos=rim, color=_all(ON_SURFACE, 0.9 if exact else 0.4, len(rim)))

    def _show_ways(self, placement: Placement | None) -> None:
        """Paths of runs that were left."""
        ghosts = [] if placement is None else [_dashes(ghost) for ghost in placement.ghosts if len(ghost) > 1]
        self._ways.setVisible(bool(ghosts))
        if ghosts:
            points = np.concatenate(ghosts) + _LIFT
            self._ways.setData(pos=points, color=_all(SURFACE_GHOST, 0.8, len(points)))

    def _show_path(self, placement: Placement) -> None:
        points = placement.way
        for item in (self._path, self._shade):
            item.setVisible(len(points) > 1)
        if len(points) > 1:
            colours = time_colours(len(placement.path) + 1)[np.ceil(placement.ages).astype(int)]
            self._path.setData(pos=points + _LIFT, color=colours)
            self._shade.setData(pos=points + _LIFT * 0.8, color=_all(SURFACE_SHADE, 0.35, len(points)))

    def _show_stem(self, placement: Placement) -> None:
        """From the ball down to the floor; strong down to the slice when the ball hangs away from it."""
        u, v, z = centre_of(placement)
        ends = [(u, v, placement.ground if np.isfinite(placement.ground) else z), (u, v, FLOOR)]
        faint = _rgba(self._theme.palette.muted, 0.55)
        colours = [faint, faint]
        if placement.hangs:
            ends += [(u, v, z), (u, v, placement.ground)]
            colours += [_rgba(SURFACE_BALL, 1.0)] * 2
        ends += [(u - BALL, v, FLOOR), (u + BALL, v, FLOOR), (u, v - BALL, FLOOR), (u, v + BALL, FLOOR)]
        colours += [_rgba(self._theme.palette.ink, 0.7)] * 4
        self._stem.setData(pos=np.array(ends), color=np.array(colours))

    def _show_ghost(self, placement: Placement) -> None:
        self._ghost.setVisible(placement.ghost is not None)
        if placement.ghost is not None:
            u, v, z = placement.ghost
            radius = BALL * _GHOST
            vertices, faces, colours = _sphere(np.array([u, v, z + radius]), radius, SURFACE_BALL, 0.45)
            self._ghost.setMeshData(vertexes=vertices, faces=faces, vertexColors=colours)


def centre_of(placement: Placement) -> Array:
    """Where the ball's middle is: a ball that touches the ground lies on it."""
    rest = 0.0 if placement.hangs else BALL
    return np.array([placement.u, placement.v, placement.z + rest])


def _pairs(points: Array) -> Array:
    """A polyline as loose segments."""
    return np.repeat(points, 2, axis=0)[1:-1]


def _dashes(points: Array) -> Array:
    """(2k, 3) every other stretch of a polyline, all of about the same length."""
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    count = 2 * max(1, round(lengths[-1] / _DASH / 2)) + 1
    along = np.linspace(0, lengths[-1], count + 1)
    even = np.stack([np.interp(along, lengths, points[:, axis]) for axis in range(3)], axis=1)
    return _pairs(even).reshape(-1, 2, 3)[::2].reshape(-1, 3)


_SHORTEST = 1e-9
"""Where there is no slope an arrow is a dot inside the ball, and no division by zero."""


def _sphere(centre: Array, radius: float, colour: str, alpha: float = 1.0) -> Solid:
    normals, faces = _UNIT_SPHERE
    return (centre + radius * normals).astype(np.float32), faces, _lit(normals, colour, alpha)


def _arrow(start: Array, along: tuple[float, float], thickness: float, colour: str) -> Solid:
    """A level arrow; its length outside the ball is that of `along`, its head never longer than half of it."""
    length = max(hypot(*along), _SHORTEST)
    head = min(_HEAD_LENGTH * thickness, length * 0.6)
    ahead = np.array([along[0] / length, along[1] / length, 0.0])
    side, up = np.array([-ahead[1], ahead[0], 0.0]), np.array([0.0, 0.0, 1.0])
    neck = BALL + length - head
    shaft, flare = _SHAFT * thickness, _HEAD * thickness * head / (_HEAD_LENGTH * thickness)
    profile = np.array([(0.0, shaft), (neck, shaft), (neck, flare), (BALL + length, 0.0)])
    around = np.linspace(0, 2 * np.pi, _RING, endpoint=False)
    ring = np.cos(around)[:, None] * side + np.sin(around)[:, None] * up
    vertices = start + profile[:, :1, None] * ahead + profile[:, 1:, None] * ring
    normals = np.broadcast_to(ring, vertices.shape).reshape(-1, 3)
    return vertices.reshape(-1, 3).astype(np.float32), _TUBE_FACES, _lit(normals, colour, 1.0)


def _lit(normals: Array, colour: str, alpha: float) -> Floats:
    light = _SHADOW + (1 - _SHADOW) * np.clip(normals @ _LAMP, 0, 1)
    colours = np.empty((len(normals), 4), dtype=np.float32)
    colours[:, :3] = np.array(_rgba(colour, alpha)[:3]) * light[:, None]
    colours[:, 3] = alpha
    return colours


def _joined(parts: list[Solid]) -> Solid:
    starts = np.cumsum([0, *(len(vertices) for vertices, _, _ in parts[:-1])])
    faces = [part[1] + np.uint32(start) for part, start in zip(parts, starts, strict=True)]
    return np.concatenate([p[0] for p in parts]), np.concatenate(faces), np.concatenate([p[2] for p in parts])


def _rgba(colour: str, alpha: float) -> tuple[float, float, float, float]:
    named = QColor(colour)
    return named.redF(), named.greenF(), named.blueF(), alpha


def _all(colour: str, alpha: float, count: int) -> Array:
    """(count, 4) the same colour for every point."""
    return np.tile(np.array(_rgba(colour, alpha)), (count, 1))


def _ring_faces(rings: int) -> NDArray[np.uint32]:
    """Triangles between neighbouring rings of _RING points each."""
    n = np.arange(_RING)
    a, b = n, (n + 1) % _RING
    quads = [np.stack([a, b, b + _RING, a, b + _RING, a + _RING], axis=1) + r * _RING for r in range(rings - 1)]
    return np.concatenate(quads).reshape(-1, 3).astype(np.uint32)


def _unit_sphere() -> tuple[Array, NDArray[np.uint32]]:
    rise = np.linspace(-np.pi / 2, np.pi / 2, 13)[:, None]
    around = np.linspace(0, 2 * np.pi, _RING, endpoint=False)[None, :]
    x, y = np.cos(rise) * np.cos(around), np.cos(rise) * np.sin(around)
    normals = np.stack([x, y, np.broadcast_to(np.sin(rise), x.shape)], axis=-1).reshape(-1, 3)
    return normals, _ring_faces(13)


_UNIT_SPHERE = _unit_sphere()
_TUBE_FACES = _ring_faces(4)
