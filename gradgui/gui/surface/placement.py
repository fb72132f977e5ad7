"""Where the ball, its path, its arrows and its next place lie in the box of a relief."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import hypot

import numpy as np
from numpy.typing import NDArray

from gradgui.gui.surface.relief import HEIGHT, Array, Relief
from gradgui.session.race_view import RaceView
from gradgui.session.snapshot import BallView

_TYPICAL_ARROW = 0.4
_LONGEST_ARROW = 0.8
_MOST_MOMENTS = 500
"""A longer path is thinned out: more points than pixels would only cost time."""
_TOUCHING = 0.03
"""Of the box: a ball this near the drawn surface is shown lying on it."""
_PATCH = 0.26
"""Half the side of the tangent patch."""
_TINY = 1e-4
_STRETCH, _MOST_BETWEEN = 0.04, 48
"""A way is followed over the ground in steps of so many box lengths, at most so many from point to point."""
_EMPTY = np.zeros((0, 3))


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
    """(k,) how many updates had been made at each, or its row where that is not known."""
    partials: tuple[float | None, float | None]
    """Signed length of −∂L/∂x and −∂L/∂y, each once known."""
    downhill: tuple[float, float] | None
    """−∇ once both partials are known; its length grows with the slope."""
    ghost: tuple[float, float, float] | None
    """Where the next step would lead; None while unknown, outside, or already there."""
    foot: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Where the gradient was felt: the arrows start here."""
    patch: Array | None = None
    """(4, 3) corners of a piece of the plane that touches the surface at `foot`."""
    patch_is_exact: bool = False
    """From the computed gradient; else only measured on the picture."""
    ghosts: tuple[Array, ...] = field(default=())
    """Paths of runs that were left, each (k, 3)."""
    way: Array = field(default_factory=_EMPTY.copy)
    """(n, 3) the path and the ball at its end, followed over the ground."""
    ages: Array = field(default_factory=lambda: np.zeros(0))
    """(n,) between which points of the path each of them lies."""
    momentum: tuple[float, float] | None = None
    """Against the average of past gradients that the optimiser carries on, as long as a slope of that size."""
    adjusted: tuple[float, float] | None = None
    """What the optimiser makes of the gradient: its step over η, as long as a slope of that size."""
    squares: tuple[float, float] = (0.0, 0.0)
    """Sides of squares along u and v: as long as the arrow of a slope of the size that the optimiser divides by."""

    @property
    def hangs(self) -> bool:
        """Whether the ball hovers away from this slice, because the held parameters have moved."""
        return bool(np.isfinite(self.ground)) and abs(self.z - self.ground) > _TOUCHING

    @property
    def inside(self) -> bool:
        """Whether the ball is within the borders of the picture."""
        return abs(self.u) <= 1 + 1e-9 and abs(self.v) <= 1 + 1e-9 and bool(np.isfinite(self.z))


@dataclass(frozen=True, slots=True, eq=False)
class PlacedRunner:
    """One runner of a race: its way so far, its end being where it is now."""

    number: int
    """From 0, for its colour and its name."""
    path: Array
    """(k, 3); empty outside the picture."""
    here: bool
    """Whether it is inside the picture now."""
    way: Array
    """(n, 3) the path, followed over the ground."""
    momentum: tuple[float, float] | None = None
    """Like the ball's, and so are the others."""
    downhill: tuple[float, float] | None = None
    adjusted: tuple[float, float] | None = None
    squares: tuple[float, float] = (0.0, 0.0)


def place(relief: Relief, ball: BallView, typical_slope: float) -> Placement:
    """Put a ball into the box; `typical_slope` (loss per box length) decides how long arrows are."""
    if relief.view.of_test:
        ball = replace(ball, gradient=(None, None), felt=None, ghosts=())
    u, v, z, ground = _spot(relief, ball.x, ball.y, ball.loss, ball.loss == ball.slice_loss)
    foot = (u, v, z) if ball.felt is None else _spot(relief, *ball.felt, touches=False)[:3]
    partials, downhill = _arrows(relief, ball, typical_slope)
    path, rows = laid(relief, ball.path)
    names = ball.moments if len(ball.moments) == len(ball.path) else np.arange(len(ball.path))
    moments = tuple(int(names[row]) for row in rows)
    slope, exact = (None, False) if relief.view.of_test else _slope(relief, ball, foot)
    loss = ball.loss if ball.felt is None else ball.felt[2]
    patch = None if slope is None else _patch(relief, foot, loss, slope)
    ghost = None if relief.view.of_test else _ghost(relief, ball)
    adjusted = None if relief.view.of_test or ball.step is None else _over(ball.step, ball.learning_rate)
    ghosts = tuple(draped(relief, laid(relief, ghost)[0])[0] for ghost in ball.ghosts)
    way, ages = draped(relief, np.vstack([path, (u, v, z)]) if np.isfinite(z) else path)
    return Placement(
        u, v, z, ground, path, moments, partials, downhill, ghost, foot, patch, exact, ghosts, way, ages,
        _downhill(relief, ball.momentum, typical_slope), _downhill(relief, adjusted, typical_slope),
        _squares(relief, ball.squared, typical_slope),
    )  # fmt: skip


def placed_runners(
    relief: Relief, race: RaceView, step: int, hidden: frozenset[int], typical_slope: float
) -> tuple[PlacedRunner, ...]:
    """Every runner that is to be seen, after that many steps."""
    placed = []
    for number, runner in enumerate(race.runners):
        if number in hidden:
            continue
        path, _ = laid(relief, runner.path[: step + 1])
        now = min(step, len(runner.path) - 1)
        u, v = relief.spot(*(float(at) for at in runner.path[now, :2]))
        here = abs(u) <= 1 and abs(v) <= 1 and len(path) > 0
        momentum, gradient = _pair(runner.momenta[now]), _pair(runner.gradients[now])
        moves = now + 1 < len(runner.path)
        adjusted = _over(_pair(runner.path[now + 1] - runner.path[now]), runner.rate) if moves else None
        carried, downhill, ahead = (
            _downhill(relief, slopes, typical_slope) for slopes in (momentum, gradient, adjusted)
        )
        squares = _squares(relief, _pair(runner.squares[now]), typical_slope)
        placed.append(PlacedRunner(number, path, here, draped(relief, path)[0], carried, downhill, ahead, squares))
    return tuple(placed)


def laid(relief: Relief, path: Array) -> tuple[Array, NDArray[np.int64]]:
    """(k, 3) box coordinates of those rows of a path (x, y, loss) that are inside the picture, and which rows they are.

    What nearly touches the drawn surface is laid onto it.
    """
    if not len(path):
        return _EMPTY, np.zeros(0, int)
    u, v = relief.place(path[:, 0], path[:, 1])
    with np.errstate(invalid="ignore"):
        z, ground = relief.height(path[:, 2]), relief.ground(u, v)
        z = np.where((np.abs(z - ground) <= _TOUCHING) | relief.view.of_test, ground, z)
    points = np.stack([u, v, z], axis=1)
    seen = np.flatnonzero((np.abs(points[:, :2]) <= 1 + 1e-9).all(axis=1) & np.isfinite(z))
    if len(seen) > _MOST_MOMENTS:
        seen = seen[np.linspace(0, len(seen) - 1, _MOST_MOMENTS).astype(int)]
    return points[seen], seen


def draped(relief: Relief, points: Array) -> tuple[Array, Array]:
    """(n, 3) a way over the ground instead of straight through its hills, and (n,) between which of the points.

    Long stretches get points in between; they keep the distance from the ground that their ends have. What runs below
    the ground is drawn on it: the other parameters have moved since, and a way that comes and goes cannot be followed.
    """
    if len(points) < 2:
        return points, np.arange(len(points), dtype=float)
    lengths = np.hypot(*np.diff(points[:, :2], axis=0).T)
    counts = np.clip(np.ceil(lengths / _STRETCH), 1, _MOST_BETWEEN).astype(int)
    rows = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    along = np.append(rows + (np.arange(len(rows)) - first[rows]) / counts[rows], float(len(points) - 1))
    way = np.stack([np.interp(along, np.arange(len(points)), points[:, axis]) for axis in range(3)], axis=1)
    off = points[:, 2] - relief.ground(points[:, 0], points[:, 1])
    lifted = relief.ground(way[:, 0], way[:, 1]) + np.maximum(np.interp(along, np.arange(len(points)), off), 0)
    way[:, 2] = np.where(np.isfinite(lifted), lifted, way[:, 2])
    return way, along


def _spot(relief: Relief, x: float, y: float, loss: float, touches: bool) -> tuple[float, float, float, float]:
    """u, v, height, and height of the ground below."""
    u, v = relief.spot(x, y)
    ground = relief.ground_at(u, v)
    z = float(relief.height(np.array(loss)))
    if np.isfinite(ground) and (abs(z - ground) <= _TOUCHING or touches or relief.view.of_test):
        z = ground
    return u, v, z, ground


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


def _downhill(relief: Relief, slopes: tuple[float, float] | None, typical_slope: float) -> tuple[float, float] | None:
    """The arrow against these slopes; None where there are none."""
    if slopes is None or typical_slope <= 0 or not np.isfinite(slopes).all():
        return None
    sx, sy = relief.scale
    unit = _TYPICAL_ARROW / typical_slope
    along = -slopes[0] / sy * unit, -slopes[1] / sx * unit
    length = hypot(*along)
    if length == 0:
        return None
    shrink = min(1.0, _LONGEST_ARROW / length)
    return along[0] * shrink, along[1] * shrink


def _pair(row: Array) -> tuple[float, float]:
    """The first two of it."""
    return float(row[0]), float(row[1])


def _over(step: tuple[float, float], rate: float) -> tuple[float, float] | None:
    """The slopes down which plain gradient descent would make that step; None where nothing moves."""
    return (-step[0] / rate, -step[1] / rate) if rate else None


def _squares(relief: Relief, roots: tuple[float, float] | None, typical_slope: float) -> tuple[float, float]:
    if roots is None or typical_slope <= 0 or not np.isfinite(roots).all():
        return 0.0, 0.0
    sx, sy = relief.scale
    unit = _TYPICAL_ARROW / typical_slope
    along_u, along_v = roots[0] / sy * unit, roots[1] / sx * unit
    return min(along_u, _LONGEST_ARROW), min(along_v, _LONGEST_ARROW)


def squares_at(u: float, v: float, squares: tuple[float, float]) -> tuple[Array, ...]:
    """(4, 2) corners of each square: they stand with one corner in the ball, one on either side of it."""
    (along_u, along_v), at = squares, np.array([u, v])
    across = np.array([(0, 0), (1, 0), (1, -1), (0, -1)])
    return tuple(at + side * corners for side, corners in ((along_u, across), (along_v, -across)) if side)


def _shortened(length: float | None) -> float | None:
    return None if length is None else max(-_LONGEST_ARROW, min(_LONGEST_ARROW, length))


def _ghost(relief: Relief, ball: BallView) -> tuple[float, float, float] | None:
    gx, gy = ball.gradient
    step = ball.step
    if ball.felt is not None or gx is None or gy is None or ball.learning_rate <= 0:
        return None
    if step is None:
        step = -ball.learning_rate * gx, -ball.learning_rate * gy
    u, v = relief.spot(ball.x + step[0], ball.y + step[1])
    ground = relief.ground_at(u, v)
    return (u, v, ground) if np.isfinite(ground) else None


def _slope(relief: Relief, ball: BallView, foot: tuple[float, float, float]) -> tuple[tuple[float, float] | None, bool]:
    """Loss per box length both ways: computed if it is known, else measured on the picture."""
    gx, gy = ball.gradient
    sx, sy = relief.scale
    if gx is not None and gy is not None:
        return (gx / sx, gy / sy), True
    measured = relief.slope_at(foot[0], foot[1])
    return measured, False


def _patch(relief: Relief, foot: tuple[float, float, float], loss: float, slope: tuple[float, float]) -> Array | None:
    """A square that shrinks where it would leave the box."""
    rise = max(abs(loss), relief.top - relief.low) * _TINY
    lift = float(relief.height(np.array(loss + rise)) - relief.height(np.array(loss - rise))) / (2 * rise)
    along_u, along_v = slope[0] * lift, slope[1] * lift
    half = _PATCH
    steepest = abs(along_u) + abs(along_v)
    if not np.isfinite(steepest):
        return None
    if steepest * half > HEIGHT / 3:
        half = HEIGHT / 3 / steepest
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    z = foot[2] + corners @ (along_u, along_v)
    return np.column_stack([corners + foot[:2], z])
