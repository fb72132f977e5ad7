"""Numbers as pictures: every neuron's answer over the input plane, and weights as a block of colours."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gradgui.gui.theme import CLASSES, Palette
from gradgui.gui.widgets.ranges import centre_and_scale

Table = NDArray[np.uint32]
CORNER = 0.34
"""A map is shown in a rounded square; its corner as a share of half its side."""
ROUNDED = 8
"""Pictures with fewer pixels a side keep their corners."""


class Picture:
    """An image over memory of its own; `rounded` ones are see-through at their corners."""

    def __init__(self, pixels: NDArray[np.uint32], rounded: bool = False) -> None:
        self._pixels = np.ascontiguousarray(pixels)
        height, width = self._pixels.shape
        kind = QImage.Format.Format_ARGB32_Premultiplied if rounded else QImage.Format.Format_RGB32
        self.image = QImage(self._pixels.data, width, height, width * 4, kind)


@lru_cache(maxsize=16)
def colour_table(low: str, middle: str, high: str) -> Table:
    """256 colours from `low` over `middle` to `high`, as 0xffRRGGBB."""
    stops = np.array([[*_rgb(low)], [*_rgb(middle)], [*_rgb(high)]], dtype=np.float64)
    places = np.linspace(0.0, 2.0, 256)
    channels = [np.interp(places, [0, 1, 2], stops[:, n]).round().astype(np.uint32) for n in range(3)]
    return np.asarray(0xFF000000 | channels[0] << 16 | channels[1] << 8 | channels[2], dtype=np.uint32)


def class_table(palette: Palette) -> Table:
    """From the first class's colour over the ground to the second's."""
    return colour_table(CLASSES[0], palette.panel, CLASSES[1])


def weight_table(palette: Palette) -> Table:
    """From negative to positive weights."""
    return colour_table(palette.weight_minus, palette.panel, palette.weight_plus)


def gradient_table(palette: Palette) -> Table:
    """From negative to positive gradients."""
    return colour_table(palette.gradient_minus, palette.panel, palette.gradient_plus)


def coloured(values: NDArray[np.floating], table: Table, centre: float, scale: float) -> NDArray[np.uint32]:
    """Every value as a colour; `centre` ± `scale` spans the table, what lies beyond takes its ends."""
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = np.multiply(values, 127.5 / scale, dtype=np.float32)
        scaled += np.float32(127.5 - centre * 127.5 / scale)
        np.clip(scaled, 0.0, 255.0, out=scaled)
        picked: NDArray[np.uint32] = table[scaled.astype(np.uint8)]
    return picked


def neuron_maps(values: NDArray[np.float32], activation: str | None, table: Table, pixels: float) -> list[Picture]:
    """One picture per unit from (units, G, G), no finer than `pixels` needs; x2 goes up."""
    every = max(1, int(values.shape[1] // max(pixels, 1.0)))
    small = values[:, ::-every, ::every]
    centre, scale = centre_and_scale(small, activation)
    colours = coloured(small, table, centre, scale)
    round_ = min(small.shape[1:]) >= ROUNDED
    if round_:
        colours[:, _corners(*small.shape[1:])] = 0
    return [Picture(colours[unit], round_) for unit in range(len(colours))]


@lru_cache(maxsize=16)
def _corners(height: int, width: int) -> NDArray[np.bool_]:
    """Which pixels of a picture lie outside its rounded corners."""
    down = np.abs(np.arange(height) + 0.5 - height / 2)[:, None] / (height / 2)
    across = np.abs(np.arange(width) + 0.5 - width / 2)[None, :] / (width / 2)
    beyond = np.hypot(np.maximum(down - (1 - CORNER), 0), np.maximum(across - (1 - CORNER), 0))
    outside: NDArray[np.bool_] = beyond > CORNER
    return outside


def _rgb(colour: str) -> tuple[int, int, int]:
    made = QColor(colour)
    return made.red(), made.green(), made.blue()
