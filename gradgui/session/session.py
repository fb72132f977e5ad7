"""What the window may ask, and what it hears: the one door between the views and the engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.engine.tape import Array
from gradgui.session.axes import Axes, first_axes, through
from gradgui.session.landscape import FINE, QUICK, Landscape, SurfaceRequest
from gradgui.session.observe import data_view
from gradgui.session.requests import GoTo, Load, Pause, Play, Request, Retune, Step, StepBack, UsePlane
from gradgui.session.snapshot import Snapshot, SurfaceView
from gradgui.session.worker import Worker

FRAME_MS = 16
RESLICE_MS = 350
"""While training, the slice is cut anew this often."""
CALM_STEPS_PER_SECOND = 8.0
"""For a handful of examples, so that the eye can follow."""


class Session(QObject):
    """Owns the document, the worker and the surface; lives in the window's thread."""

    document_changed = Signal(object)
    """The Experiment now."""
    data_changed = Signal(object)
    """A DataView."""
    shown = Signal(object)
    """A Snapshot: past, present or while training, all the same."""
    surface_changed = Signal(object)
    """A SurfaceView, or None where there is nothing to draw."""
    playing_changed = Signal(object)

    _asked = Signal(object)
    _asked_surface = Signal(object)
    _closing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._revision = 0
        self._compiled: Compiled | None = None
        self._axes: Axes | None = None
        self._snapshot: Snapshot | None = None
        self._surface: SurfaceView | None = None
        self._playing = False
        self._worker, self._landscape = Worker(), Landscape()
        self._threads = [self._start(self._worker, "engine"), self._start(self._landscape, "surface")]
        self._asked.connect(self._worker.do, Qt.ConnectionType.QueuedConnection)
        self._closing.connect(self._worker.finish, Qt.ConnectionType.BlockingQueuedConnection)
        self._asked_surface.connect(self._landscape.draw, Qt.ConnectionType.QueuedConnection)
        self._worker.arrived.connect(self._pull, Qt.ConnectionType.QueuedConnection)
        self._worker.stopped.connect(self._has_stopped, Qt.ConnectionType.QueuedConnection)
        self._landscape.drawn.connect(self._show_surface, Qt.ConnectionType.QueuedConnection)
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(self._pull)
        self._reslicing = QTimer(self, interval=RESLICE_MS)
        self._reslicing.timeout.connect(self._reslice)

    # --- what there is

    @property
    def experiment(self) -> Experiment | None:
        """The document."""
        return None if self._compiled is None else self._compiled.experiment

    @property
    def snapshot(self) -> Snapshot | None:
        """The moment that the views show."""
        return self._snapshot

    @property
    def surface(self) -> SurfaceView | None:
        """The surface that the views show."""
        return self._surface

    @property
    def playing(self) -> bool:
        """Whether training runs."""
        return self._playing

    # --- what can be asked

    def open(self, experiment: Experiment, folder: Path | None = None) -> None:
        """Begin with this experiment, paused at its first moment; raises UserError and keeps the old one if it cannot."""
        compiled = compile_experiment(experiment, folder)
        self._halt()
        self._revision += 1
        self._compiled, self._folder = compiled, folder
        self._axes = first_axes(compiled)
        self._surface = None
        self.document_changed.emit(experiment)
        self.data_changed.emit(data_view(compiled))
        self._ask(Load(compiled, self._revision))
        self._ask(UsePlane(None if self._axes is None else self._axes.plane))
        self._draw_surface(None)

    def step(self) -> None:
        """One event forwards."""
        self._halt()
        self._ask(Step())

    def step_back(self) -> None:
        """One event back, exactly."""
        self._halt()
        self._ask(StepBack())

    def go_to(self, iteration: int, cursor: int) -> None:
        """Any moment of the run."""
        self._halt()
        self._ask(GoTo(iteration, cursor))

    def go_to_start_of(self, iteration: int) -> None:
        """The moment after that many updates, seen from the end of the step that made the last of them."""
        if self._snapshot is not None:
            whole = len(self._snapshot.network.events)
            self.go_to(iteration - 1, whole) if iteration > 0 else self.go_to(0, 0)

    def next_iteration(self) -> None:
        """To the end of this training step, or of the next one."""
        self._leap(1)

    def previous_iteration(self) -> None:
        """To the end of the training step before."""
        self._leap(-1)

    def play(self) -> None:
        """Train until paused."""
        if self._compiled is None or self._playing:
            return
        calm = len(self._compiled.train) <= 4
        self._playing = True
        self._worker.stop, self._worker.wanted = False, True
        self._ask(Play(CALM_STEPS_PER_SECOND if calm else None))
        self._frames.start()
        if self._axes is not None and self._axes.held:
            self._reslicing.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop at once."""
        if self._playing:
            self._halt()
            self._ask(Pause())
            self._reslice()

    def reset(self) -> None:
        """Back to the identical start: same weights, same batches."""
        if self._compiled is not None:
            self.open(self._compiled.experiment, self._folder)

    def set_learning_rate(self, rate: float) -> None:
        """Another learning rate from this moment on; parameters and place stay."""
        experiment = self.experiment
        if experiment is None or experiment.optimizer.learning_rate == rate:
            return
        optimizer = msgspec.structs.replace(experiment.optimizer, learning_rate=rate)
        self._retune(experiment.with_(optimizer=optimizer))

    def close(self) -> None:
        """End both threads; the session cannot be used afterwards."""
        if not self._threads:
            return
        self._halt()
        self._landscape.newest = -1
        self._closing.emit()
        for thread in self._threads:
            thread.quit()
            thread.wait(2000)
        self._threads = []

    # --- inside

    def _start(self, worker: QObject, name: str) -> QThread:
        thread = QThread(self)
        thread.setObjectName(name)
        worker.moveToThread(thread)
        thread.start()
        return thread

    def _ask(self, request: Request) -> None:
        self._asked.emit(request)

    def _leap(self, steps: int) -> None:
        if self._snapshot is not None:
            whole = len(self._snapshot.network.events)
            here = self._snapshot.iteration if self._snapshot.cursor == whole else self._snapshot.iteration - (steps > 0)
            self.go_to(here + steps, whole) if here + steps >= 0 else self.go_to(0, 0)

    def _retune(self, experiment: Experiment) -> None:
        was_playing = self._playing
        compiled = compile_experiment(experiment, self._folder)
        self._halt()
        self._revision += 1
        self._compiled = compiled
        self.document_changed.emit(experiment)
        self._ask(Retune(compiled, self._revision))
        if was_playing:
            self.play()

    def _halt(self) -> None:
        """End training without waiting for the worker's event queue."""
        self._frames.stop()
        self._reslicing.stop()
        if self._playing:
            self._worker.stop = True
            self._playing = False
            self.playing_changed.emit(False)

    @Slot()
    def _pull(self) -> None:
        snapshot = self._worker.latest
        if snapshot is None or snapshot is self._snapshot or snapshot.revision != self._revision:
            self._worker.wanted = True
            return
        self._snapshot = snapshot
        self._worker.wanted = True
        self.shown.emit(snapshot)

    @Slot()
    def _has_stopped(self) -> None:
        self._pull()

    @Slot()
    def _reslice(self) -> None:
        """Cut the slice through where the run is now."""
        if self._snapshot is not None and self._axes is not None and self._axes.held:
            self._draw_surface(self._snapshot.theta)

    def _draw_surface(self, theta: Array | None) -> None:
        """Ask for a picture with the other parameters held at `theta`, or where they start."""
        axes, compiled = self._axes, self._compiled
        self._landscape.newest += 1
        if axes is None or compiled is None:
            self.surface_changed.emit(None)
            return
        if theta is not None:
            axes = replace(axes, plane=through(axes.plane, theta))
            self._axes = axes
            self._ask(UsePlane(axes.plane))
        iteration = 0 if self._snapshot is None else self._snapshot.iteration
        finest = QUICK if self._playing else FINE
        number = self._landscape.newest
        self._asked_surface.emit(SurfaceRequest(number, compiled, axes, self._revision, iteration, finest))

    @Slot(object)
    def _show_surface(self, surface: SurfaceView) -> None:
        if surface.revision == self._revision:
            self._surface = surface
            self.surface_changed.emit(surface)
