"""Contour lines: places of equal loss, as on a hiking map."""

from __future__ import annotations

from dataclasses import dataclass

import contourpy
import numpy as np

from gradgui.gui.surface.relief import HEIGHT, Array, Relief

_LEVELS = 17


@dataclass(frozen=True, slots=True, eq=False)
class Contours:
    """All lines of one surface as loose segments: points 0–1, 2–3, … belong together."""

    x: Array
    """(2k,) in parameter values."""
    y: Array
    z: Array
    """(2k,) box height of the line each point belongs to."""


def trace(relief: Relief, levels: int = _LEVELS) -> Contours:
    """Lines at even heights of the box."""
    z = np.ma.masked_array(relief.z, ~relief.finite)
    generator = contourpy.contour_generator(
        relief.view.xs, relief.view.ys, z, line_type=contourpy.LineType.ChunkCombinedOffset
    )
    lines, heights = [np.zeros((0, 2))], [np.zeros(0)]
    for level in np.linspace(0, HEIGHT, levels + 2)[1:-1]:
        segments = _segments(*generator.lines(float(level)))
        lines.append(segments)
        heights.append(np.full(len(segments), level))
    points = np.concatenate(lines)
    return Contours(points[:, 0], points[:, 1], np.concatenate(heights))


def _segments(points: list[Array | None], offsets: list[Array | None]) -> Array:
    """(2k, 2) pairs of points, from contourpy's polylines laid end to end."""
    if not points or points[0] is None or offsets[0] is None:
        return np.zeros((0, 2))
    line, ends = points[0], np.asarray(offsets[0], dtype=int)
    inside = np.ones(len(line) - 1, dtype=bool)
    inside[ends[1:-1] - 1] = False
    starts = np.flatnonzero(inside)
    return line[np.stack([starts, starts + 1], axis=1).ravel()]
