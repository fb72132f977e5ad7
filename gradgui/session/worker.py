"""The engine's thread: does what the window asks, trains in short slices, and never floods the window."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gradgui.session.requests import GoTo, Load, Pause, Play, Request, Retune, Step, StepBack, UsePlane
from gradgui.session.run import Run
from gradgui.session.snapshot import Snapshot

SLICE_MS = 8.0
LOOK_MS = 50.0
"""The curves get a point at most this often while training flat out."""

log = logging.getLogger(__name__)


class Worker(QObject):
    """Lives in its own thread. The window reads `latest` whenever it likes; `arrived` says that it is worth while."""

    arrived = Signal()
    stopped = Signal()
    """Training has come to a stop by itself or because it was asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.latest: Snapshot | None = None
        self.wanted = True
        """Set by the window when it has shown `latest`; only then is another one copied."""
        self.stop = False
        """Set by the window to end training at once, without waiting for the event queue."""
        self._run: Run | None = None
        self._playing = False
        self._steps_per_second: float | None = None
        self._step_ms = 0.05
        self._looked = 0.0
        self._timer: QTimer | None = None

    @Slot(object)
    def do(self, request: Request) -> None:
        """Carry out one request of the window."""
        table: dict[type, Callable[[Request], None]] = {
            Load: self._load,
            Retune: self._retune,
            Step: self._step,
            StepBack: self._step_back,
            GoTo: self._go_to,
            Play: self._play,
            Pause: self._pause,
            UsePlane: self._use_plane,
        }
        table[type(request)](request)

    @Slot()
    def finish(self) -> None:
        """Stop the timer in its own thread, before the thread ends."""
        self._halt()

    def _load(self, request: Request) -> None:
        assert isinstance(request, Load)
        self._halt()
        plane = None if self._run is None else self._run.ball.plane
        self._run = Run(request.compiled, request.revision)
        if plane is not None and len(plane.origin) == self._run.trainer.network.size:
            self._run.use_plane(plane)
        self._publish()

    def _retune(self, request: Request) -> None:
        assert isinstance(request, Retune)
        if self._run is not None:
            self._run.retune(request.compiled, request.revision)
            self._publish()

    def _step(self, _: Request) -> None:
        self._move(Run.step_event)

    def _step_back(self, _: Request) -> None:
        self._move(Run.step_back)

    def _go_to(self, request: Request) -> None:
        assert isinstance(request, GoTo)
        self._move(lambda run: run.go_to(request.iteration, request.cursor))

    def _move(self, how: Callable[[Run], None]) -> None:
        self._pause_quietly()
        if self._run is not None:
            how(self._run)
            self._publish()

    def _play(self, request: Request) -> None:
        assert isinstance(request, Play)
        if self._run is None:
            return
        self._steps_per_second = request.steps_per_second
        self.stop, self._playing = False, True
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.timeout.connect(self._slice)
        speed = request.steps_per_second
        self._timer.start(0 if speed is None or speed > 60 else round(1000 / speed))

    def _pause(self, _: Request) -> None:
        self._pause_quietly()
        self._publish()

    def _use_plane(self, request: Request) -> None:
        assert isinstance(request, UsePlane)
        if self._run is not None:
            self._run.use_plane(request.plane)
            if not self._playing:
                self._publish()

    @Slot()
    def _slice(self) -> None:
        if self.stop:
            self._pause(Pause())
            return
        run = self._run
        assert run is not None
        start = time.perf_counter()
        if self._steps_per_second is not None:
            run.train(max(1, round(self._steps_per_second * SLICE_MS / 1000)) if self._steps_per_second > 60 else 1)
        else:
            self._train_for(SLICE_MS / 1000)
        if (start - self._looked) * 1000 > LOOK_MS or self._steps_per_second is not None:
            run.observe_losses()
            self._looked = start
        if self.wanted:
            self.wanted = False
            self.latest = run.snapshot(running=True)

    def _train_for(self, seconds: float) -> None:
        """Train in bites of about a millisecond, so that `stop` is noticed at once."""
        run = self._run
        assert run is not None
        end = time.perf_counter() + seconds
        now = time.perf_counter()
        while now < end and not self.stop:
            bite = max(1, int(1.0 / max(self._step_ms, 1e-3)))
            run.train(bite)
            after = time.perf_counter()
            self._step_ms = 0.5 * self._step_ms + 0.5 * (after - now) * 1000 / bite
            now = after

    def _pause_quietly(self) -> None:
        was_playing = self._playing
        self._halt()
        if was_playing and self._run is not None:
            self._run.observe_losses()
            self._run.settle()
            self.stopped.emit()

    def _halt(self) -> None:
        self._playing = False
        if self._timer is not None:
            self._timer.stop()

    def _publish(self) -> None:
        if self._run is not None:
            self.latest = self._run.snapshot(running=self._playing)
            self.arrived.emit()
