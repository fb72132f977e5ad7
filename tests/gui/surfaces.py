"""Loss surfaces worked out with plain NumPy: material for view tests, independent of the engine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gradgui.session.snapshot import AxisView, BallView, SurfaceView

Array = NDArray[np.float64]
Loss = Callable[[Array, Array], Array]


def car_loss(w1: Array, w2: Array) -> Array:
    """The toy car over W1 and W2, its other four parameters held: ½(0.4·relu(W2·relu(W1) + 0.5) + 5.6 − 1)²."""
    inner = np.maximum(w2 * np.maximum(w1, 0) + 0.5, 0)
    return 0.5 * (0.4 * inner + 5.6 - 1) ** 2


def product_loss(w1: Array, w2: Array) -> Array:
    """Two layers of one weight each, asked to multiply to one."""
    return 0.5 * (w1 * w2 - 1) ** 2


def rough_loss(w1: Array, w2: Array) -> Array:
    """Hills and dents, as random directions through a spiral classifier show them."""
    waves = np.sin(3 * w1 + w2) * np.cos(2.3 * w2 - w1) + 0.5 * np.sin(5 * w1 * w2)
    return 0.7 + 0.12 * (w1**2 + w2**2) + 0.25 * waves


def surface(
    loss: Loss,
    grid: int = 51,
    reach: float = 2.0,
    held: int = 0,
    names: tuple[str, str] = ("W1", "W2"),
    iteration: int = 0,
) -> SurfaceView:
    """`loss` over the square from −reach to reach."""
    xs = np.linspace(-reach, reach, grid)
    ys = np.linspace(-reach, reach, grid)
    heights = loss(*np.meshgrid(xs, ys))
    axes = tuple(AxisView(name, f"L{n + 1}.W[0,0]", -reach, reach) for n, name in enumerate(names))
    return SurfaceView(0, iteration, (axes[0], axes[1]), xs, ys, heights, held, True)


def car_surface(grid: int = 51) -> SurfaceView:
    """The toy car's slice: W3, b1, b2, b3 are held."""
    return surface(car_loss, grid, held=4)


def car_ball(gradient: tuple[float | None, float | None] = (None, None), whole: bool = False) -> BallView:
    """The toy car at its start: W1 = 1, W2 = 0.5, loss 12.5; `whole` knows every one of the six gradients."""
    norm = float(np.linalg.norm([1, 1, 2, 2, 5, 5])) if whole else None
    promise = None if norm is None else -0.1 * norm**2
    return BallView(1.0, 0.5, 12.5, 12.5, 0.0, gradient, 0.1, norm, promise)


def holed_surface(grid: int = 51) -> SurfaceView:
    """A surface whose far corner blew up."""
    view = surface(product_loss, grid)
    heights = view.heights.copy()
    x, y = np.meshgrid(view.xs, view.ys)
    heights[(x > 0.9) & (y > 0.9)] = np.nan
    return SurfaceView(0, 0, view.axes, view.xs, view.ys, heights, 0, True)


def descent(loss: Loss, start: tuple[float, float], rate: float, steps: int) -> BallView:
    """Plain gradient descent from `start`: the last point is the ball, the rest its path."""
    points = [np.array(start)]
    for _ in range(steps):
        points.append(points[-1] - rate * _gradient(loss, points[-1]))
    losses = [float(loss(*p)) for p in points]
    path = np.array([[*p, v] for p, v in zip(points[:-1], losses[:-1], strict=True)]).reshape(-1, 3)
    slope = _gradient(loss, points[-1])
    norm = float(np.linalg.norm(slope))
    x, y = (float(v) for v in points[-1])
    change = losses[-1] - losses[-2] if steps else None
    partials = (float(slope[0]), float(slope[1]))
    return BallView(x, y, losses[-1], losses[-1], 0.0, partials, rate, norm, -rate * norm**2, change, path)


def _gradient(loss: Loss, at: Array, step: float = 1e-6) -> Array:
    shifts = np.eye(2) * step
    return np.array([(loss(*(at + s)) - loss(*(at - s))) / (2 * step) for s in shifts])
