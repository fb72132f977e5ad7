"""Light on the landscape: a colour for every height, brighter on the side that faces the lamp."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gradgui.gui.surface.relief import HEIGHT, Array, Floats, Relief
from gradgui.gui.theme import SLOPE_COLOURS, SURFACE_COLOURS, SURFACE_PATH_FIRST, SURFACE_PATH_LAST

_LAMP = np.array([-0.4, -0.5, 0.77])
_STEEP = 97.0
"""Percentile of |∇| that gets the last colour."""
_LONG = 40
"""Points of a path."""
_DIM, _BRIGHT = 0.55, 0.45
"""Lambert: dim + bright · max(0, normal · lamp)."""


@lru_cache(maxsize=2)
def colour_table(by_slope: bool = False) -> NDArray[np.float32]:
    """(256, 4) colours from the lowest to the highest loss, or from level to steep, 0 to 1."""
    colours = pg.colormap.get(SLOPE_COLOURS if by_slope else SURFACE_COLOURS)
    table = colours.getLookupTable(0.0, 1.0, 256, alpha=True, mode="float")
    return np.asarray(table, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """What the colours of a surface stand for."""

    by_slope: bool
    shares: Array
    """(ny, nx) 0 to 1: place in the colour map; NaN in holes."""
    low: float
    high: float
    """Loss or |∇| at the ends of the colour map."""
    cut: bool
    """Whether even higher values have the last colour."""


def paint(relief: Relief, by_slope: bool = False) -> Paint:
    """Colours by height, or by steepness."""
    if not by_slope:
        shares = np.where(relief.finite, np.clip(relief.z / HEIGHT, 0, 1), np.nan)
        return Paint(False, shares, relief.low, relief.top, relief.cut)
    slope = relief.steepness()
    known = slope[np.isfinite(slope)]
    high = float(np.percentile(known, _STEEP)) if known.size else 1.0
    high = high if high > 0 else 1.0
    return Paint(True, np.clip(slope / high, 0, 1), 0.0, high, bool(known.size and known.max() > high * 1.01))


def colours_of(heights: Array) -> Floats:
    """(…, 4) colours of box heights."""
    steps = np.clip(heights / HEIGHT * 255, 0, 255).astype(np.uint8)
    return np.asarray(colour_table()[steps])


def lit_colours(relief: Relief, painted: Paint) -> NDArray[np.uint8]:
    """(ny·nx, 4) vertex colours with the light baked in."""
    light = _lambert(np.where(relief.finite, relief.z, np.nan))
    steps = np.nan_to_num(painted.shares * 255).astype(np.uint8)
    colours = colour_table(painted.by_slope)[steps]
    colours[..., :3] *= light[..., None]
    return (colours * 255).astype(np.uint8).reshape(-1, 4)


def time_colours(count: int, alpha: float = 1.0) -> Array:
    """(count, 4) colours of a path, 0 to 1: pale where it began, the ball's own where it ends.

    The first steps are the long ones: a long path spends its colours by orders of magnitude.
    """
    colour = [QColor(name) for name in (SURFACE_PATH_FIRST, SURFACE_PATH_LAST)]
    ends = np.array([(end.redF(), end.greenF(), end.blueF()) for end in colour])
    age = np.arange(1.0, count + 1)
    along: Array = np.log(age) / np.log(count) if count > _LONG else age / count
    share = along[:, None]
    colours = np.full((count, 4), alpha)
    colours[:, :3] = (1 - share) * ends[0] + share * ends[1]
    return colours


def _lambert(z: Array) -> Floats:
    rows, columns = z.shape
    down, right = np.gradient(z, 2 / (rows - 1), 2 / (columns - 1))
    facing = (-right * _LAMP[0] - down * _LAMP[1] + _LAMP[2]) / np.sqrt(1 + right**2 + down**2)
    facing = np.nan_to_num(facing, nan=_LAMP[2])
    return np.asarray(_DIM + _BRIGHT * np.clip(facing, 0, 1), dtype=np.float32)
