"""Light on the landscape: a colour for every height, brighter on the side that faces the lamp."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from gradgui.gui.surface.relief import HEIGHT, Array, Floats, Relief
from gradgui.gui.theme import SURFACE_COLOURS

_LAMP = np.array([-0.4, -0.5, 0.77])
_DIM, _BRIGHT = 0.55, 0.45
"""Lambert: dim + bright · max(0, normal · lamp)."""


@lru_cache(maxsize=1)
def colour_table() -> NDArray[np.float32]:
    """(256, 4) colours from the lowest to the highest loss, 0 to 1."""
    table = pg.colormap.get(SURFACE_COLOURS).getLookupTable(0.0, 1.0, 256, alpha=True, mode="float")
    return np.asarray(table, dtype=np.float32)


def colours_of(heights: Array) -> Floats:
    """(…, 4) colours of box heights."""
    steps = np.clip(heights / HEIGHT * 255, 0, 255).astype(np.uint8)
    return np.asarray(colour_table()[steps])


def lit_colours(relief: Relief) -> NDArray[np.uint8]:
    """(ny·nx, 4) vertex colours with the light baked in."""
    light = _lambert(np.where(relief.finite, relief.z, np.nan))
    colours = colours_of(relief.z)
    colours[..., :3] *= light[..., None]
    return (colours * 255).astype(np.uint8).reshape(-1, 4)


def _lambert(z: Array) -> Floats:
    rows, columns = z.shape
    down, right = np.gradient(z, 2 / (rows - 1), 2 / (columns - 1))
    facing = (-right * _LAMP[0] - down * _LAMP[1] + _LAMP[2]) / np.sqrt(1 + right**2 + down**2)
    facing = np.nan_to_num(facing, nan=_LAMP[2])
    return np.asarray(_DIM + _BRIGHT * np.clip(facing, 0, 1), dtype=np.float32)
