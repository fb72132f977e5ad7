"""A drawing made of pixels: fine ones under the pen, and the few that the network sees."""

from __future__ import annotations

import math

import numpy as np

from gradgui.session.snapshot import Array

FINE = 4
"""Fine pixels along the side of one that the network sees: the digits of the data set were counted just so."""
_PEN = 1.6
"""Radius of the pen, in fine pixels."""


def blank(side: int) -> Array:
    """An empty sheet of fine pixels for a picture with `side` pixels along its side."""
    return np.zeros((side * FINE, side * FINE))


def stroked(ink: Array, start: tuple[float, float], end: tuple[float, float], erase: bool = False) -> Array:
    """A copy with a stroke from one place to another, both (x, y) from 0 to 1; thicker when it erases."""
    side = len(ink)
    middle = np.arange(side) + 0.5
    x, y = np.meshgrid(middle, middle)
    (x0, y0), (x1, y1) = (np.array(place) * side for place in (start, end))
    along = np.clip(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / max((x1 - x0) ** 2 + (y1 - y0) ** 2, 1e-9), 0, 1)
    away = np.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0))
    touched = away <= _PEN * (2 if erase else 1)
    return np.where(touched, 0.0 if erase else 1.0, ink)


def dabbed(ink: Array, place: tuple[float, float], erase: bool = False) -> Array:
    """A copy with one of the network's own pixels filled or emptied."""
    cells = len(ink) // FINE
    row, column = (min(max(int(part * cells), 0), cells - 1) for part in (place[1], place[0]))
    copy = ink.copy()
    copy[row * FINE : (row + 1) * FINE, column * FINE : (column + 1) * FINE] = 0.0 if erase else 1.0
    return copy


def places_between(start: tuple[float, float], end: tuple[float, float], cells: int) -> list[tuple[float, float]]:
    """Places on the way from one to the other, so close together that no pixel of the network is leapt over."""
    count = max(1, math.ceil(2 * cells * max(abs(end[0] - start[0]), abs(end[1] - start[1]))))
    shares = [step / count for step in range(count + 1)]
    return [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in shares]


def fitted(ink: Array) -> Array:
    """The drawing moved and stretched until it fills the frame from top to bottom (or side to side), in the middle."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return ink
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    side, large = len(ink), max(bottom - top, right - left)
    middle = (np.arange(side) + 0.5) / side - 0.5
    y = np.floor((top + bottom) / 2 + middle * large).astype(int)
    x = np.floor((left + right) / 2 + middle * large).astype(int)
    inside = ((y >= top) & (y < bottom))[:, None] & ((x >= left) & (x < right))[None, :]
    return np.where(inside, ink[np.clip(y, 0, side - 1)][:, np.clip(x, 0, side - 1)], 0.0)


def seen(ink: Array) -> Array:
    """(side, side) what the network sees: the share of ink in each of its pixels."""
    cells = len(ink) // FINE
    return np.asarray(ink.reshape(cells, FINE, cells, FINE).mean(axis=(1, 3)))
