"""Reads a decision map at any place between its grid points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.session.snapshot import MapsView

Array = NDArray[np.float64]


def read_map(maps: MapsView, places: Array) -> Array:
    """(outputs, N) answers at (N, 2) places, interpolated; places outside are read at the edge."""
    grid = maps.layers[-1]
    x0, x1, y0, y1 = maps.extent
    column, right = _between(places[:, 0], x0, x1, grid.shape[2])
    row, up = _between(places[:, 1], y0, y1, grid.shape[1])
    with np.errstate(invalid="ignore", over="ignore"):  # a network that blew up answers ∞
        below = grid[:, row, column] * (1 - right) + grid[:, row, column + 1] * right
        above = grid[:, row + 1, column] * (1 - right) + grid[:, row + 1, column + 1] * right
        return np.asarray(below * (1 - up) + above * up, np.float64)


def read_line(maps: MapsView, xs: Array) -> Array:
    """(outputs, N) answers of a map over one input at (N,) places."""
    grid = maps.layers[-1]
    column, right = _between(xs, maps.extent[0], maps.extent[1], grid.shape[2])
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(grid[:, 0, column] * (1 - right) + grid[:, 0, column + 1] * right, np.float64)


def _between(values: Array, low: float, high: float, count: int) -> tuple[NDArray[np.intp], Array]:
    at = np.clip((values - low) / (high - low) * (count - 1), 0, count - 1)
    first = np.minimum(at.astype(np.intp), count - 2)
    return first, at - first
