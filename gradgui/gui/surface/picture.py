"""A surface ready to be drawn: its relief, its contour lines and its colours, worked out once for every view."""

from __future__ import annotations

from dataclasses import dataclass

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


def develop(view: SurfaceView, log: bool = False, by_slope: bool = False) -> Picture:
    """Scale, trace and colour one surface."""
    relief = build(view, log)
    return Picture(relief, trace(relief), paint(relief, by_slope), relief.typical_slope(), view.is_valley)
