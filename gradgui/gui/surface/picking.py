"""Which place of the landscape lies under the mouse: a ray from the eye to the first ground it meets."""

from __future__ import annotations

import numpy as np

from gradgui.gui.surface.relief import HEIGHT, Array, Relief

_SAMPLES = 600
_ROOM = 0.05


def pick(relief: Relief, eye: Array, towards: Array) -> tuple[float, float] | None:
    """Box coordinates (u, v) of the first ground on the ray from `eye` in direction `towards`; None for sky."""
    span = _through_box(eye, towards)
    if span is None:
        return None
    times = np.linspace(*span, _SAMPLES)
    points = eye + times[:, None] * towards
    above = points[:, 2] - relief.ground(points[:, 0], points[:, 1])
    with np.errstate(invalid="ignore"):
        crossings = np.flatnonzero((above[:-1] >= 0) & (above[1:] < 0) | (above[:-1] <= 0) & (above[1:] > 0))
    if not crossings.size:
        return None
    n = int(crossings[0])
    share = above[n] / (above[n] - above[n + 1])
    u, v, _ = points[n] + share * (points[n + 1] - points[n])
    return float(np.clip(u, -1, 1)), float(np.clip(v, -1, 1))


def _through_box(eye: Array, towards: Array) -> tuple[float, float] | None:
    """From when to when the ray is inside the box of the surface."""
    low = np.array([-1, -1, -_ROOM])
    high = np.array([1, 1, HEIGHT + _ROOM])
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (low - eye) / towards, (high - eye) / towards
    enter = float(np.nanmax(np.minimum(first, second)))
    leave = float(np.nanmin(np.maximum(first, second)))
    return (max(enter, 0.0), leave) if leave > max(enter, 0.0) else None
