"""Where the network stands on the loss surface, and what the slope there promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.events import EventKind, Phase
from gradgui.engine.planes import Plane, coordinates, projected
from gradgui.engine.tape import run as run_calls
from gradgui.engine.update import Updater
from gradgui.session.snapshot import Array, BallView

if TYPE_CHECKING:
    from gradgui.session.run import Run

Moments = NDArray[np.int64]

GHOSTS = 8
"""Left runs that are remembered."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Parameters of a run at the moments that were looked at."""

    iterations: Moments
    thetas: NDArray[np.floating]
    losses: NDArray[np.floating]

    def on(self, plane: Plane) -> Array:
        """(k, 3) x, y, loss."""
        if not len(self.thetas):
            return np.zeros((0, 3))
        return np.column_stack([projected(plane, self.thetas), self.losses])


class Ball:
    """Follows a run on one plane."""

    def __init__(self) -> None:
        self._plane: Plane | None = None
        self._ghosts: list[Trail] = []
        self._ghost_paths: tuple[Array, ...] | None = None
        self._starts = [0]
        self._path: tuple[object, Array] | None = None

    @property
    def plane(self) -> Plane | None:
        """The plane in use."""
        return self._plane

    def use(self, plane: Plane | None) -> None:
        """Follow on this plane from now on."""
        self._plane, self._ghost_paths, self._path = plane, None, None

    def begin(self, iteration: int) -> None:
        """The ball was put somewhere: its path begins here."""
        self._starts = [*(start for start in self._starts if start < iteration), iteration]

    def leave(self, trail: Trail) -> None:
        """Keep the path of a run that is given up."""
        if len(trail.thetas) > 1:
            self._ghosts = [*self._ghosts, trail][-GHOSTS:]
            self._ghost_paths = None

    def trail(self, run: Run) -> Trail:
        """The run's path up to this moment, since the ball was last put somewhere."""
        iterations, thetas = run.curves.trail()
        passed = self._passed(run, iterations)
        return Trail(iterations[passed], thetas[passed], run.curves.losses[passed])

    def _passed(self, run: Run, iterations: Moments) -> NDArray[np.bool_]:
        """Which moments lie between the last placing and now."""
        since = max(start for start in self._starts if start <= run.iteration or start == 0)
        until = run.iteration + (run.cursor == run.events)
        until = min([until, *(start - 1 for start in self._starts if start > since)])
        passed: NDArray[np.bool_] = (iterations >= since) & (iterations <= until)
        return passed

    def view(self, run: Run, loss: float, running: bool = False) -> BallView | None:
        """The ball now; `loss` is the training loss with the parameters now."""
        plane = self._plane
        if plane is None:
            return None
        theta = np.asarray(run.trainer.network.theta, np.float64)
        x, y, off = coordinates(plane, theta)
        below = loss if off < 1e-12 else run.loss_with(plane.origin + x * plane.u + y * plane.v)
        gradient = _known_gradient(run)
        slope = gradient if gradient is not None and not np.isnan(gradient).any() else None
        way = None if slope is None else _way(run)
        before = run.loss_with(run.start.theta) if run.updated else None
        iterations, path = self._shown_path(run, plane)
        return BallView(
            x,
            y,
            loss,
            below,
            off,
            _along(gradient, plane),
            run.trainer.updater.learning_rate(run.iteration),
            None if slope is None else float(np.linalg.norm(slope)),
            None if slope is None or way is None else float(slope @ way),
            loss - before if before is not None and run.cursor == run.events else None,
            path,
            iterations,
            None if before is None else (*coordinates(plane, np.asarray(run.start.theta, np.float64))[:2], before),
            None if way is None else _on_plane(plane, way),
            None if way is None else float(np.linalg.norm(way)),
            _momentum(run, plane),
            squared(run.trainer.updater, run.iteration + run.updated, plane),
            self._shown_ghosts(plane),
            running,
        )

    def _shown_path(self, run: Run, plane: Plane) -> tuple[Moments, Array]:
        iterations, thetas = run.curves.trail()
        key = run.curves.growing
        known = self._path[1] if self._path is not None and self._path[0] is key else np.zeros((0, 3))
        if len(known) < len(thetas):
            new = Trail(iterations[len(known) :], thetas[len(known) :], run.curves.losses[len(known) :]).on(plane)
            self._path = key, np.concatenate([known, new])
        path = known if self._path is None else self._path[1]
        passed = self._passed(run, iterations)
        return iterations[passed], path[passed]

    def _shown_ghosts(self, plane: Plane) -> tuple[Array, ...]:
        if self._ghost_paths is None:
            self._ghost_paths = tuple(ghost.on(plane) for ghost in self._ghosts)
        return self._ghost_paths


def next_theta(run: Run, running: bool = False) -> Array | None:
    """(P,) the parameters after this step's update, once the whole gradient is known: the optimiser's own step.

    While the run trains, nothing is known of the step to come yet: it is tried with the gradient of the one just made.
    """
    if running and run.iteration and not run.cursor:
        return np.asarray(_moved(run), np.float64)
    gradient = _known_gradient(run)
    if gradient is None or np.isnan(gradient).any():
        return None
    return np.asarray(run.start.theta + _way(run), np.float64)


def _way(run: Run) -> Array:
    """(P,) where the real step leads: made as far as it is made, tried out where it is still to come."""
    way: Array = _moved(run) - run.start.theta
    return way


def _moved(run: Run) -> Array:
    """(P,) the parameters with the rest of the update tried out; all is left as it was."""
    trainer = run.trainer
    network, updater = trainer.network, trainer.updater
    theta, memory = network.theta.copy(), updater.memory.copy()
    done = {name.layer for name in run.info.events[: run.cursor] if name.kind is EventKind.UPDATE}
    calls = [] if done else updater.prepare()
    for index, place in enumerate(network.places):
        if place.matrix is not None and index not in done:
            calls += updater.move(place.parameters)
    try:
        with np.errstate(all="ignore"):
            run_calls(calls)
        return np.array(network.theta, np.float64)
    finally:
        network.theta[...], updater.memory[...] = theta, memory


def _momentum(run: Run, plane: Plane) -> tuple[float, float] | None:
    """What the optimiser remembers, along both axes; None where that is nothing."""
    updater = run.trainer.updater
    average = updater.rule.optimizer.remembered(updater.memory)
    if average is None or not average.any():
        return None
    return float(average @ plane.u), float(average @ plane.v)


def squared(updater: Updater, updates: int, plane: Plane) -> tuple[float, float] | None:
    """How large past gradients were along both axes, to the optimiser's mind; None where it does not mind.

    It divides parameter by parameter: along a direction that mixes several there is no such number.
    """
    total = updater.rule.optimizer.squared(updater.memory, max(1, updates))
    if total is None or not total.any() or np.count_nonzero(plane.u) != 1 or np.count_nonzero(plane.v) != 1:
        return None
    with np.errstate(all="ignore"):
        return float(np.sqrt(total @ plane.u**2)), float(np.sqrt(total @ plane.v**2))


def _on_plane(plane: Plane, way: Array) -> tuple[float, float]:
    x, y, _ = coordinates(Plane(np.zeros_like(plane.origin), plane.u, plane.v), way)
    return x, y


def _known_gradient(run: Run) -> Array | None:
    """(P,) the gradient as far as its events have run, NaN elsewhere, 0 where parameters are frozen; None at first."""
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
    if np.isnan(gradient).all():
        return None
    gradient[~network.trainable] = 0.0
    return gradient


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
