"""Where the ball, its path, its arrows and its next place lie in the box of a relief."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np

from gradgui.gui.surface.relief import Array, Relief
from gradgui.session.snapshot import BallView

_TYPICAL_ARROW = 0.4
_LONGEST_ARROW = 0.8
_MOST_MOMENTS = 500
"""A longer path is thinned out: more points than pixels would only cost time."""
_TOUCHING = 0.03
"""Of the box: a ball this near the drawn surface is shown lying on it."""


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Everything about a ball in box coordinates: u and v from −1 to 1, z up."""

    u: float
    v: float
    z: float
    """True height of the ball; on the drawn surface where it touches it."""
    ground: float
    """Height of the surface below the ball; NaN outside and in holes."""
    path: Array
    """(k, 3) moments before, oldest first, without the ball itself and without those outside the picture."""
    moments: tuple[int, ...]
    """(k,) which rows of the ball's whole path these are."""
    partials: tuple[float | None, float | None]
    """Signed length of −∂L/∂x and −∂L/∂y, each once known."""
    downhill: tuple[float, float] | None
    """−∇ once both partials are known; its length grows with the slope."""
    ghost: tuple[float, float, float] | None
    """Where one step of plain gradient descent would lead; None while unknown or outside."""

    @property
    def hangs(self) -> bool:
        """Whether the ball hovers away from this slice, because the held parameters have moved."""
        return bool(np.isfinite(self.ground)) and abs(self.z - self.ground) > _TOUCHING

    @property
    def inside(self) -> bool:
        """Whether the ball is within the borders of the picture."""
        return abs(self.u) <= 1 + 1e-9 and abs(self.v) <= 1 + 1e-9 and bool(np.isfinite(self.z))


def place(relief: Relief, ball: BallView, typical_slope: float) -> Placement:
    """Put a ball into the box; `typical_slope` (loss per box length) decides how long arrows are."""
    u, v = relief.spot(ball.x, ball.y)
    ground = relief.ground_at(u, v)
    z = float(relief.height(np.array(ball.loss)))
    if np.isfinite(ground) and (abs(z - ground) <= _TOUCHING or ball.loss == ball.slice_loss):
        z = ground
    partials, downhill = _arrows(relief, ball, typical_slope)
    path, moments = _path(relief, ball)
    return Placement(u, v, z, ground, path, moments, partials, downhill, _ghost(relief, ball))


def _path(relief: Relief, ball: BallView) -> tuple[Array, tuple[int, ...]]:
    """Moments before; those that touch the drawn surface are laid onto it."""
    if not len(ball.path):
        return np.zeros((0, 3)), ()
    u, v = relief.place(ball.path[:, 0], ball.path[:, 1])
    z, ground = relief.height(ball.path[:, 2]), relief.ground(u, v)
    with np.errstate(invalid="ignore"):
        z = np.where(np.abs(z - ground) <= _TOUCHING, ground, z)
    points = np.stack([u, v, z], axis=1)
    seen = np.flatnonzero((np.abs(points[:, :2]) <= 1 + 1e-9).all(axis=1) & np.isfinite(z))
    if len(seen) > _MOST_MOMENTS:
        seen = seen[np.linspace(0, len(seen) - 1, _MOST_MOMENTS).astype(int)]
    return points[seen], tuple(seen.tolist())


def _arrows(
    relief: Relief, ball: BallView, typical_slope: float
) -> tuple[tuple[float | None, float | None], tuple[float, float] | None]:
    if typical_slope <= 0:
        return (None, None), None
    sx, sy = relief.scale
    unit = _TYPICAL_ARROW / typical_slope
    gx, gy = ball.gradient
    along_x = None if gx is None else -gx / sy * unit
    along_y = None if gy is None else -gy / sx * unit
    if along_x is None or along_y is None:
        return (_shortened(along_x), _shortened(along_y)), None
    length = hypot(along_x, along_y)
    shrink = _LONGEST_ARROW / length if length > _LONGEST_ARROW else 1.0
    downhill = (along_x * shrink, along_y * shrink)
    return downhill, downhill


def _shortened(length: float | None) -> float | None:
    return None if length is None else max(-_LONGEST_ARROW, min(_LONGEST_ARROW, length))


def _ghost(relief: Relief, ball: BallView) -> tuple[float, float, float] | None:
    gx, gy = ball.gradient
    if gx is None or gy is None or ball.learning_rate <= 0:
        return None
    u, v = relief.spot(ball.x - ball.learning_rate * gx, ball.y - ball.learning_rate * gy)
    ground = relief.ground_at(u, v)
    return (u, v, ground) if np.isfinite(ground) else None
