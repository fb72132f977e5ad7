"""The engine's thread: does what the window asks, trains in short slices, and never floods the window."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gradgui.session.requests import Request
from gradgui.session.run import Run
from gradgui.session.snapshot import Snapshot

SLICE_MS = 8.0
SLICES_PER_SECOND = 60
LOOK_MS = 50.0
"""The curves get a point at most this often while training flat out."""


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
        request.carry_out(self)

    @Slot()
    def finish(self) -> None:
        """Stop the timer in its own thread, before the thread ends."""
        self._halt()

    # --- what requests may do

    @property
    def run(self) -> Run | None:
        """The run, once an experiment is open."""
        return self._run

    def begin(self, run: Run) -> None:
        """Put another run in place of this one, paused."""
        self._halt()
        self._run = run
        self.publish()

    def move(self, how: Callable[[Run], None]) -> None:
        """Pause, change the run, and show it."""
        self._pause_quietly()
        if self._run is not None:
            how(self._run)
            self.publish()

    def play(self, steps_per_second: float | None) -> None:
        """Train until told to pause."""
        if self._run is None:
            return
        self._steps_per_second = steps_per_second
        self._playing = True
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.timeout.connect(self._slice)
        fast = steps_per_second is None or steps_per_second > SLICES_PER_SECOND
        self._timer.start(0 if steps_per_second is None else 16 if fast else round(1000 / (steps_per_second or 1.0)))

    def pause(self) -> None:
        """Stop training and show the last finished step."""
        self._pause_quietly()
        self.publish()

    def publish(self) -> None:
        """Show the run as it is now."""
        if self._run is not None:
            self.latest = self._run.snapshot(running=self._playing)
            self.arrived.emit()

    # --- training

    @Slot()
    def _slice(self) -> None:
        if self.stop:
            self.pause()
            return
        run = self._run
        assert run is not None
        start = time.perf_counter()
        if self._steps_per_second is None:
            self._train_for(SLICE_MS / 1000)
        else:
            run.train(max(1, round(self._steps_per_second / SLICES_PER_SECOND)))
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
