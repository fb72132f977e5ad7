"""A surface ready to be drawn: its relief, its contour lines and its colours, worked out once for every view."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gradgui.gui.surface.contours import Contours, trace
from gradgui.gui.surface.relief import Relief, build
from gradgui.gui.surface.shading import Paint, paint
from gradgui.session.snapshot import SurfaceView


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Everything that changes only with the surface, never with the ball."""

    relief: Relief
    contours: Contours
    paint: Paint
    typical_slope: float
    is_valley: bool


_ALIKE = 1e-4
"""Of the loss: smaller differences cannot be seen."""


def develop(view: SurfaceView, log: bool = False, by_slope: bool = False) -> Picture:
    """Scale, trace and colour one surface."""
    relief = build(view, log)
    return Picture(relief, trace(relief), paint(relief, by_slope), relief.typical_slope(), view.is_valley)


def refined(picture: Picture, view: SurfaceView) -> Picture | None:
    """The same picture with exact losses, where they look like those it was made of; None where they do not."""
    old = picture.relief.view
    same_place = old.axes == view.axes and np.array_equal(old.xs, view.xs) and np.array_equal(old.ys, view.ys)
    if picture.is_valley or not same_place or not np.allclose(old.heights, view.heights, _ALIKE, 0.0, equal_nan=True):
        return None
    return replace(picture, relief=replace(picture.relief, view=view))
