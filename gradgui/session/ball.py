"""Where the network stands on the loss surface, and what the slope there promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gradgui.engine.events import EventKind, Phase
from gradgui.engine.planes import Plane, coordinates
from gradgui.session.snapshot import Array, BallView

if TYPE_CHECKING:
    from gradgui.session.run import Run


class Ball:
    """Follows a run on one plane."""

    def __init__(self) -> None:
        self._plane: Plane | None = None

    @property
    def plane(self) -> Plane | None:
        """The plane in use."""
        return self._plane

    def use(self, plane: Plane | None) -> None:
        """Follow on this plane from now on."""
        self._plane = plane

    def view(self, run: Run, loss: float) -> BallView | None:
        """The ball now; `loss` is the training loss with the parameters now."""
        plane = self._plane
        if plane is None:
            return None
        theta = run.trainer.network.theta
        x, y, off = coordinates(plane, np.asarray(theta, np.float64))
        below = loss if off < 1e-12 else run.loss_with(plane.origin + x * plane.u + y * plane.v)
        gradient = _known_gradient(run)
        rate = run.trainer.updater.learning_rate(run.iteration)
        every = gradient is not None and not np.isnan(gradient).any()
        norm = float(np.linalg.norm(gradient)) if every and gradient is not None else None
        done = run.cursor == run.events
        return BallView(
            x,
            y,
            loss,
            below,
            off,
            _along(gradient, plane),
            rate,
            norm,
            None if norm is None else -rate * norm * norm,
            loss - run.loss_with(run.start.theta) if done else None,
            self._path(run, plane),
        )

    def _path(self, run: Run, plane: Plane) -> Array:
        iterations, thetas = run.curves.trail()
        passed = iterations <= run.iteration + (run.cursor == run.events)
        if not passed.any():
            return np.zeros((0, 3))
        points = np.array([coordinates(plane, theta)[:2] for theta in thetas[passed]])
        return np.column_stack([points, run.curves.losses[passed]])


def _known_gradient(run: Run) -> Array | None:
    """(P,) the gradient as far as its events have run, NaN elsewhere; None while there is none."""
    network = run.trainer.network
    gradient = np.full(network.size, np.nan)
    for name in run.info.events[: run.cursor]:
        if name.phase is not Phase.BACKWARD:
            continue
        view = {EventKind.D_WEIGHT: network.weights, EventKind.D_BIAS: network.biases}.get(name.kind)
        if view is not None:
            target, source = view(name.layer, gradient), view(name.layer, network.grad)
            assert target is not None
            target[...] = source
    return None if np.isnan(gradient).all() else gradient


def _along(gradient: Array | None, plane: Plane) -> tuple[float | None, float | None]:
    """The slope along both axes, each known only if every parameter it moves has its gradient."""
    if gradient is None:
        return (None, None)
    slopes = []
    for direction in (plane.u, plane.v):
        moved = direction != 0
        known = not np.isnan(gradient[moved]).any()
        slopes.append(float(gradient[moved] @ direction[moved]) if known else None)
    return (slopes[0], slopes[1])
