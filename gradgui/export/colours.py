"""The colours of exported pictures: readable on white paper, and by the colour-blind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

INK = "#1f2328"
GREY = "#6b7280"
GRID = "#e5e7eb"
PAPER = "#ffffff"
TRAIN = "#c2410c"
TEST = "#2563eb"
RIGHT = "#15803d"
CLASSES = ("#2563eb", "#c2410c", "#15803d", "#7c3aed", "#b45309", "#0e7490", "#be185d", "#4d7c0f", "#57534e", "#1d4ed8")
HOLE = "#d1d5db"
"""Where the loss is not finite."""

_CIVIDIS = "#00224e #123570 #3b496c #575d6d #707173 #8a8678 #a59c74 #c3b369 #e1cc55 #fee838"
_BLUE_TO_ORANGE = "#2563eb #93b4f5 #f5f5f4 #f3ab85 #c2410c"


def height_colours(share: NDArray[np.float64]) -> NDArray[np.uint8]:
    """0 to 1 → (…, 3) from dark blue (low) to yellow (high); grey for NaN."""
    return _blended(share, _CIVIDIS)


def answer_colours(share: NDArray[np.float64]) -> NDArray[np.uint8]:
    """0 to 1 → (…, 3) from blue over white to orange."""
    return _blended(share, _BLUE_TO_ORANGE)


def class_colours(shares: NDArray[np.float64]) -> NDArray[np.uint8]:
    """(classes, …) answers → (…, 3): the colour of the largest one, the paler the less sure."""
    table = np.array([_rgb(colour) for colour in CLASSES], np.float64)
    with np.errstate(all="ignore"):
        sure = shares.max(axis=0) / np.abs(shares).sum(axis=0)
    sure = np.clip(np.nan_to_num(sure), 0.15, 0.75)[..., None]
    rgb: NDArray[np.float64] = table[shares.argmax(axis=0) % len(table)] * sure + 255 * (1 - sure)
    colours: NDArray[np.uint8] = rgb.round().astype(np.uint8)
    return colours


def paler(rgb: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """Mixed with white, so that dots stand out."""
    mixed: NDArray[np.uint8] = (rgb * (1 - share) + 255 * share).round().astype(np.uint8)
    return mixed


def _blended(share: NDArray[np.float64], stops: str) -> NDArray[np.uint8]:
    table = np.array([_rgb(stop) for stop in stops.split()], np.float64)
    places = np.clip(np.nan_to_num(share), 0, 1) * (len(table) - 1)
    rgb = np.stack([np.interp(places, np.arange(len(table)), table[:, channel]) for channel in range(3)], axis=-1)
    rgb[~np.isfinite(share)] = _rgb(HOLE)
    return rgb.round().astype(np.uint8)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
