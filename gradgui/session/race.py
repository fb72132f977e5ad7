"""A race: several optimisers start from the same parameters, each on its own copy of the network."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gradgui.catalog.registry import optimizer_kinds
from gradgui.document.compile import Compiled
from gradgui.engine.planes import Plane, projected
from gradgui.engine.training import Trainer
from gradgui.engine.update import Rule
from gradgui.session.ball import squared
from gradgui.session.race_view import RaceView, RaceWish, RunnerView
from gradgui.session.snapshot import Array
from gradgui.session.threads import started

if TYPE_CHECKING:
    from gradgui.session.session import Session

SLICE_S = 0.012
SHOW_S = 0.1
"""So often the window hears how far the race is."""
KEPT = 4_000_000
"""Numbers kept of past parameters while the axes may still change."""


@dataclass(slots=True)
class Runner:
    """One optimiser on its way; its first place is the start."""

    id: str
    trainer: Trainer
    plane: Plane
    thetas: list[Array] = field(default_factory=list)
    momenta: list[tuple[float, float]] = field(default_factory=list)
    gradients: list[tuple[float, float]] = field(default_factory=list)
    squares: list[tuple[float, float]] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    arrived: int | None = None

    @property
    def lost(self) -> bool:
        """Whether the loss has overflowed."""
        return bool(self.losses) and not np.isfinite(self.losses[-1])

    def look(self, goal: float) -> None:
        """Note where it is."""
        self.thetas.append(np.array(self.trainer.network.theta, np.float64))
        self.losses.append(self.trainer.evaluate())
        updater = self.trainer.updater
        average = updater.rule.optimizer.remembered(updater.memory)
        along = (0.0, 0.0) if average is None else (float(average @ self.plane.u), float(average @ self.plane.v))
        self.momenta.append(along)
        self.squares.append(squared(updater, len(self.losses) - 1, self.plane) or (0.0, 0.0))
        if self.losses[-1] < goal and self.arrived is None:
            self.arrived = len(self.losses) - 1

    def step(self, goal: float) -> None:
        """One training step."""
        self.trainer.run(1)
        network = self.trainer.network
        gradient = np.where(network.trainable, network.grad, 0.0)
        self.gradients.append((float(gradient @ self.plane.u), float(gradient @ self.plane.v)))
        self.look(goal)


@dataclass(frozen=True, slots=True)
class RaceRequest:
    """Everything a race needs."""

    number: int
    compiled: Compiled
    theta: Array
    plane: Plane
    wish: RaceWish


class RaceTrack(QObject):
    """Lives in its own thread and lets everyone go step by step, in short slices."""

    advanced = Signal(object)
    """RaceView."""

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        self._request: RaceRequest | None = None
        self._runners: list[Runner] = []
        self._step = 0
        self._shown = 0.0
        self._timer: QTimer | None = None

    @Slot(object)
    def begin(self, request: RaceRequest) -> None:
        """Everyone to the start."""
        if request.number != self.newest:
            return
        self._request, self._step = request, 0
        self._runners = [_runner(request, entrant) for entrant in request.wish.entrants]
        for runner in self._runners:
            runner.look(request.wish.goal)
        if self._timer is None:
            self._timer = QTimer(self, interval=0)
            self._timer.timeout.connect(self._slice)
        self._timer.start()

    @Slot()
    def finish(self) -> None:
        """Stop the timer in its own thread."""
        if self._timer is not None:
            self._timer.stop()

    @Slot()
    def _slice(self) -> None:
        request = self._request
        if request is None or request.number != self.newest:
            self.finish()
            return
        goal, end = request.wish.goal, time.perf_counter() + SLICE_S
        running = self._running(request)
        while running and time.perf_counter() < end:
            self._step += 1
            for runner in running:
                runner.step(goal)
            running = self._running(request)
        if not running:
            self.finish()
        if not running or time.perf_counter() - self._shown > SHOW_S:
            self._shown = time.perf_counter()
            self.advanced.emit(self._view(request, done=not running))

    def _running(self, request: RaceRequest) -> list[Runner]:
        room = self._step * request.compiled.network.size * len(self._runners) < KEPT
        if self._step >= request.wish.limit or not room:
            return []
        return [runner for runner in self._runners if runner.arrived is None and not runner.lost]

    def _view(self, request: RaceRequest, done: bool) -> RaceView:
        steps = sorted(runner.arrived for runner in self._runners if runner.arrived is not None)
        views = tuple(_seen(runner, steps) for runner in self._runners)
        return RaceView(request.number, views, request.wish.goal, self._step, done)


def _seen(runner: Runner, arrivals: list[int]) -> RunnerView:
    """A runner as far as it has come; `arrivals`: everyone's steps, from the first to the last."""
    losses = np.array(runner.losses)
    with np.errstate(all="ignore"):
        path = np.column_stack([projected(runner.plane, np.array(runner.thetas)), losses])
        overshoots = int((np.diff(losses) > 0).sum())
    last = [(np.nan, np.nan)] * (len(losses) - len(runner.gradients))
    momenta, gradients, squares = (np.array(rows) for rows in (runner.momenta, runner.gradients + last, runner.squares))
    for array in (path, momenta, gradients, squares):
        array.setflags(write=False)
    rank = None if runner.arrived is None else arrivals.index(runner.arrived) + 1
    return RunnerView(
        runner.id, optimizer_kinds()[runner.id].name, path, momenta, gradients, squares,
        runner.trainer.updater.rule.learning_rate, runner.arrived, overshoots, runner.lost, rank,
    )  # fmt: skip


def _runner(request: RaceRequest, entrant: str) -> Runner:
    """A copy of the network with the same samples and the same order of batches; only the rule is another."""
    compiled = request.compiled
    network = compiled.network.copy_as(np.float64)
    network.theta[...] = request.theta
    training, own = compiled.experiment.training, compiled.experiment.optimizer
    spec = optimizer_kinds()[entrant].spec(learning_rate=request.wish.learning_rate)
    if type(own) is type(spec):
        spec = msgspec.structs.replace(own, learning_rate=request.wish.learning_rate)
    spec = next((chosen for chosen in request.wish.own if type(chosen) is type(spec)), spec)
    rule = Rule(spec.build(), spec.learning_rate, None, training.l1, training.l2)
    trainer = Trainer(
        network, compiled.train, rule, batch_size=training.batch_size, shuffle=training.shuffle, seed=training.seed
    )
    return Runner(entrant, trainer, request.plane)


class Race(QObject):
    """Starts races from where the run is, and passes on how they go; lives in the window's thread."""

    changed = Signal(object)
    """A RaceView, or None where there is no race."""

    _asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._track = RaceTrack()
        self._thread = started(self._track, "race", self, last=self._track.finish)
        self._asked.connect(self._track.begin, Qt.ConnectionType.QueuedConnection)
        self._track.advanced.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def start(self, wish: RaceWish) -> None:
        """Everyone off, from the parameters of now."""
        compiled, theta, plane = self._session.compiled, self._session.theta, self._session.scenery.plane
        if compiled is not None and theta is not None and plane is not None and wish.entrants:
            self._track.newest += 1
            self._asked.emit(RaceRequest(self._track.newest, compiled, theta, plane, wish))

    @Slot()
    def cancel(self) -> None:
        """No race any more."""
        self._track.newest += 1
        self.changed.emit(None)

    def close(self) -> None:
        """End the thread."""
        self._track.newest += 1
        self._thread.end()

    @Slot(object)
    def _show(self, view: RaceView) -> None:
        if view.number == self._track.newest:
            self.changed.emit(view)
