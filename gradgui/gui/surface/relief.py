"""A relief: the losses of one surface scaled into a box, so that any range of losses looks right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gradgui.session.snapshot import SurfaceView

Array = NDArray[np.float64]
Floats = NDArray[np.float32]

HEIGHT = 0.85
"""Of the box; its floor reaches from −1 to 1 both ways."""
FLOOR = -0.24
"""Where the floor lies, below the lowest loss."""

_DECADES = 1e-5
_CLIFF, _LID = 8.0, 3.0
"""Where the highest loss exceeds 9 in 10 others this many times, it is cut at so many times them."""
_KNEE = 0.92


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """A surface in its box."""

    view: SurfaceView
    log: bool
    low: float
    """Loss at the bottom of the box."""
    top: float
    """Loss at the top; whatever is higher is pressed against the lid."""
    cut: bool
    """Whether cliffs higher than `top` exist."""
    z: Array
    """(ny, nx) heights in the box; 0 where the loss is not finite."""
    finite: NDArray[np.bool_]
    """(ny, nx)"""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """x from, x to, y from, y to, in parameter values."""
        xs, ys = self.view.xs, self.view.ys
        return float(xs[0]), float(xs[-1]), float(ys[0]), float(ys[-1])

    @property
    def scale(self) -> tuple[float, float]:
        """Box lengths per unit of each parameter."""
        x0, x1, y0, y1 = self.bounds
        return 2 / (x1 - x0), 2 / (y1 - y0)

    def height(self, loss: Array) -> Array:
        """Box heights of losses, cliffs pressed softly against the lid."""
        share = _share(np.asarray(loss, dtype=np.float64), self.low, self.top, self.log)
        return HEIGHT * _soft(share) if self.cut else HEIGHT * share

    def place(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Parameter values to box coordinates."""
        x0, _, y0, _ = self.bounds
        sx, sy = self.scale
        return (x - x0) * sx - 1, (y - y0) * sy - 1

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """The same for one place."""
        x0, _, y0, _ = self.bounds
        sx, sy = self.scale
        return (x - x0) * sx - 1, (y - y0) * sy - 1

    def ground_at(self, u: float, v: float) -> float:
        """Height of the drawn surface at one place of the box; NaN outside and in holes."""
        return float(self.ground(np.array(u), np.array(v)))

    def unplace(self, u: float, v: float) -> tuple[float, float]:
        """Box coordinates to parameter values."""
        x0, _, y0, _ = self.bounds
        sx, sy = self.scale
        return x0 + (u + 1) / sx, y0 + (v + 1) / sy

    def ground(self, u: Array, v: Array) -> Array:
        """Height of the drawn surface at box coordinates; NaN outside and in holes."""
        return self._between(np.where(self.finite, self.z, np.nan), u, v)

    def slope_at(self, u: float, v: float) -> tuple[float, float] | None:
        """Loss per box length both ways, measured on the picture; None at its rim and in holes."""
        rows, columns = self.z.shape
        du, dv = 2 / (columns - 1), 2 / (rows - 1)
        du, dv = min(du, (1 - abs(u)) * 0.99), min(dv, (1 - abs(v)) * 0.99)
        if du <= 0 or dv <= 0:
            return None
        at = self._between(self.view.heights, np.array([u - du, u + du, u, u]), np.array([v, v, v - dv, v + dv]))
        along_u, along_v = (at[1] - at[0]) / (2 * du), (at[3] - at[2]) / (2 * dv)
        return (float(along_u), float(along_v)) if np.isfinite(along_u + along_v) else None

    def _between(self, z: Array, u: Array, v: Array) -> Array:
        """Values of a grid between its points."""
        rows, columns = z.shape
        with np.errstate(all="ignore"):  # a ball that blows up is outside anyway
            across, up = (np.asarray(u) + 1) / 2 * (columns - 1), (np.asarray(v) + 1) / 2 * (rows - 1)
        tiny = 1e-9 * columns
        inside = (across >= -tiny) & (across <= columns - 1 + tiny) & (up >= -tiny) & (up <= rows - 1 + tiny)
        across, up = np.where(inside, across, 0.0), np.where(inside, up, 0.0)  # NaN is nowhere
        j = np.clip(across, 0, columns - 1 - 1e-9).astype(int)
        i = np.clip(up, 0, rows - 1 - 1e-9).astype(int)
        s, t = across - j, up - i
        with np.errstate(all="ignore"):
            level = (1 - t) * ((1 - s) * z[i, j] + s * z[i, j + 1])
            level = level + t * ((1 - s) * z[i + 1, j] + s * z[i + 1, j + 1])
        return np.where(inside, level, np.nan)

    def hole(self) -> tuple[float, float] | None:
        """Box coordinates of the middle of the places without a finite loss; None where there are none."""
        rows, columns = np.nonzero(~self.finite)
        if not rows.size:
            return None
        ny, nx = self.finite.shape
        return float(np.median(columns)) / (nx - 1) * 2 - 1, float(np.median(rows)) / (ny - 1) * 2 - 1

    def steepness(self) -> Array:
        """(ny, nx) |∇| of the slice: loss per unit of the parameters; NaN in holes."""
        losses = np.where(self.finite, self.view.heights, np.nan)
        down, right = np.gradient(losses, self.view.ys, self.view.xs)
        return np.asarray(np.hypot(down, right))

    def typical_slope(self) -> float:
        """A marked slope of this very surface: 3 in 4 places are flatter. Loss per box length."""
        losses = np.where(self.finite, np.clip(self.view.heights, self.low, self.top), np.nan)
        rows, columns = losses.shape
        down, right = np.gradient(losses, 2 / (rows - 1), 2 / (columns - 1))
        size = np.hypot(down, right)
        known = size[np.isfinite(size)]
        return float(np.percentile(known, 75)) if known.size else 0.0


def build(view: SurfaceView, log: bool = False) -> Relief:
    """Scale a surface into its box, linearly or by decades; a valley becomes a gutter of two equal rows."""
    if view.is_valley:
        half = float(view.xs[-1] - view.xs[0]) / 2
        view = replace(view, ys=np.array([-half, half]), heights=np.repeat(view.heights, 2, axis=0))
    finite = np.isfinite(view.heights)
    losses = view.heights[finite]
    low, top, cut = (0.0, 1.0, False) if losses.size == 0 else _range(losses, log)
    share = _share(np.where(finite, view.heights, low), low, top, log)
    z = HEIGHT * (_soft(share) if cut else share)
    return Relief(view, log, low, top, cut, z, finite)


def _range(losses: Array, log: bool) -> tuple[float, float, bool]:
    """Lowest loss, highest loss shown, and whether higher ones are cut."""
    low, top = float(losses.min()), float(losses.max())
    if log and top > 0:
        positive = losses[losses > 0]
        return max(float(positive.min()), top * _DECADES), top, False
    usual = float(np.percentile(losses, 90)) - low
    cut = usual > 0 and top - low > _CLIFF * usual
    if cut:
        top = low + _LID * usual
    if top - low <= 1e-12 * max(1.0, abs(top)):
        top = low + max(1.0, abs(low)) * 0.1
    return low, top, cut


def _share(losses: Array, low: float, top: float, log: bool) -> Array:
    """0 at the bottom of the box, 1 at its lid."""
    if top <= low:
        return np.where(np.isfinite(losses), 0.0, losses)
    if not log or low <= 0:
        return np.maximum((losses - low) / (top - low), -0.1)
    span = np.log(top / low)
    return np.asarray(np.log(np.maximum(losses, low) / low) / span)


def _soft(share: Array) -> Array:
    """Straight up to a knee, then bending towards the lid without ever crossing it."""
    room = 1 - _KNEE
    beyond = np.maximum(share - _KNEE, 0) / room
    return np.where(share > _KNEE, _KNEE + room * beyond / (1 + beyond), share)


@lru_cache(maxsize=8)
def grid_faces(rows: int, columns: int) -> NDArray[np.uint32]:
    """(2·(rows−1)·(columns−1), 3) corner numbers of the triangles of a full grid; do not change it."""
    corner = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
    a, b, c, d = corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1]
    faces = np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)
    faces.setflags(write=False)
    return faces


def faces_without_holes(finite: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """The triangles of a grid whose three corners all have a finite loss."""
    faces = grid_faces(*finite.shape)
    if finite.all():
        return faces
    return faces[finite.ravel()[faces].all(axis=1)]
