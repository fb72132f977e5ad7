"""The engine's thread: does what the window asks, trains in short slices, and never floods the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gradgui.document.compile import Compiled
from gradgui.session.blow_up import go_to_trouble, is_finite
from gradgui.session.breakpoints import Place
from gradgui.session.frames import Turns
from gradgui.session.goals import Goal, StopWhen
from gradgui.session.lookout import Lookout
from gradgui.session.pace import Pace
from gradgui.session.requests import Request
from gradgui.session.run import Run
from gradgui.session.snapshot import Array, Snapshot
from gradgui.session.timeline import CAP_BYTES
from gradgui.text import Text

SLICE_MS = 8.0
BITE_MS = 1.0
"""So long training goes on before it looks up: whether to stop, and whose turn it is."""
LOOK_MS = 80.0
"""The curves get a point at most this often while training flat out: with a picture, which needs the same losses."""


class Worker(QObject):
    """Lives in its own thread. The window reads `latest` whenever it likes; `arrived` says that it is worth while."""

    arrived = Signal()
    ended = Signal(object)
    """Training or searching came to its end by itself; the number of the wish that had begun it."""

    def __init__(self) -> None:
        super().__init__()
        self.latest: Snapshot | None = None
        self.wanted = True
        """Set by the window when it has shown `latest`; only then is another one copied."""
        self.stop = False
        """Set by the window to end training at once, without waiting for the event queue."""
        self.compiled: Compiled | None = None
        """The experiment in force at `latest`."""
        self.start: Array | None = None
        """(P,) where the run began that `latest` belongs to."""
        self.lookout = Lookout()
        """Watches for breakpoints."""
        self.turns = Turns()
        """Training waits while the window draws."""
        self._cap_bytes = CAP_BYTES
        self._run: Run | None = None
        self._playing = False
        self._number = 0
        self._until: Place | None = None
        self._back: tuple[Lookout, Place, Text] | None = None
        self._pace = Pace()
        self._goal: Goal | None = None
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
        run.timeline.use_cap(self._cap_bytes)
        self.lookout.forget()
        self.publish()

    def use_memory(self, cap_bytes: int) -> None:
        """How much memory the past of this run and of later ones may take."""
        self._cap_bytes = cap_bytes
        if self._run is not None:
            self._run.timeline.use_cap(cap_bytes)
            self.publish()

    def move(self, how: Callable[[Run], None]) -> None:
        """Pause, change the run, and show it."""
        self._pause_quietly()
        if self._run is not None:
            self._run.stopped = None
            how(self._run)
            self.publish()

    def play(
        self,
        steps_per_second: float | None,
        number: int = 0,
        until: Place | None = None,
        stop_when: StopWhen | None = None,
    ) -> None:
        """Train until told to pause, until a breakpoint or a goal stops it, or until a place is reached."""
        if self._run is None:
            return
        self._until, self._back = until, None
        self._goal = None if stop_when is None else Goal(stop_when, self._run)
        self.use_pace(steps_per_second)
        self._start(number)

    def use_pace(self, steps_per_second: float | None) -> None:
        """Train so fast from now on."""
        self._pace = Pace(steps_per_second)
        if self._timer is not None and self._playing:
            self._timer.setInterval(0)

    def use_goals(self, stop_when: StopWhen) -> None:
        """Stop by itself at these from now on."""
        if self._run is not None and self._playing and self._goal is not None:
            self._goal = Goal(stop_when, self._run)

    def search_back(self, number: int, lookout: Lookout | None, before: Place, nothing: Text) -> None:
        """Go back to the last place before that one where a breakpoint stops; at the start of the run say `nothing`."""
        if self._run is not None:
            self._back = lookout or self.lookout, before, nothing
            self._start(number)

    def pause(self) -> None:
        """Stop training and show the last finished step."""
        self._pause_quietly()
        self.publish()

    def publish(self) -> None:
        """Show the run as it is now."""
        if self._run is not None:
            self.latest = self._snapshot()
            self.arrived.emit()

    # --- training

    def _start(self, number: int) -> None:
        assert self._run is not None
        self._number, self._playing, self._run.stopped = number, True, None
        if self._timer is None:
            self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self._slice)
        self._timer.start(0)

    @Slot()
    def _slice(self) -> None:
        if self.stop:
            self.pause()
            return
        self.turns.wait()
        run, start = self._run, time.perf_counter()
        assert run is not None
        if self._back is not None:
            self._look_back(run, *self._back)
            return
        steps = self._pace.due(start)
        if steps != 0:
            self._train(run, steps)
        if self._playing and not is_finite(run):
            self._explain(run)
        if not self._playing or self._timer is None:
            return
        self._timer.setInterval(self._pace.wait_ms(time.perf_counter()))
        since_ms = (start - self._looked) * 1000
        if since_ms > (LOOK_MS if self.wanted else 2 * LOOK_MS) or (steps is not None and steps < 3):
            run.observe_losses()
            self._looked = start
        if self.wanted:
            self.wanted = False
            self.latest = self._snapshot()

    def _train(self, run: Run, steps: int | None) -> None:
        """As many steps as are due and fit into a slice."""
        if self.lookout.active or self._until is not None:
            self._train_watchfully(run, steps)
        else:
            self._train_for(run, SLICE_MS / 1000, steps)

    def _explain(self, run: Run) -> None:
        """Stop where the numbers stopped being numbers."""
        run.trouble = go_to_trouble(run)
        if run.trouble is not None:
            self._halt()
            self.publish()
            self.ended.emit(self._number)

    def _snapshot(self) -> Snapshot:
        assert self._run is not None
        self.compiled = self._run.compiled
        self.start = np.asarray(self._run.timeline.first.theta, np.float64)
        with np.errstate(all="ignore"):  # what overflows is shown as ∞
            snapshot = self._run.snapshot(running=self._playing)
        assert snapshot.history is not None
        hits, log = self.lookout.hits, tuple(self.lookout.log)
        return replace(snapshot, history=replace(snapshot.history, hits=hits, log=log, step_ms=self._step_ms))

    def _train_watchfully(self, run: Run, steps: int | None) -> None:
        """Train step by step with an eye on the breakpoints."""
        end, after = time.perf_counter() + SLICE_MS / 1000, 0
        if run.cursor:
            after = self.lookout.begin(run)
        while steps != 0 and not self.stop and time.perf_counter() < end:
            last = self._until is not None and run.iteration >= self._until[0]
            until = self._until
            hit = self.lookout.step(run, after, until[1] if last and until else None)
            if hit is not None:
                self._end_at(run, hit.place, hit.reason, hit.breakpoint.parameter)
                return
            if last and until is not None:
                self._end_at(run, until, None)
                return
            if self._has_reached_goal(run):
                return
            after, steps = 0, None if steps is None else steps - 1

    def _has_reached_goal(self, run: Run) -> bool:
        """Stop here if that is what was wanted."""
        reason = None if self._goal is None else self._goal.reason(run)
        if reason is not None:
            self._end_at(run, (run.iteration - 1, run.events), reason)
        return reason is not None

    def _look_back(self, run: Run, lookout: Lookout, before: Place, nothing: Text) -> None:
        hit, before = lookout.block(run, before)
        if hit is not None:
            self._end_at(run, hit.place, hit.reason, hit.breakpoint.parameter)
        elif before == (0, 0):
            self._end_at(run, before, nothing)
        else:
            self._back = lookout, before, nothing

    def _end_at(self, run: Run, place: Place, reason: Text | None, parameter: str = "") -> None:
        self._halt()
        if place[1] < run.events:  # a finished step adds its point by itself
            run.go_to(place[0], 0)
            run.observe_losses(trained=False)
        run.go_to(*place)
        run.stopped, run.stopped_on = reason, parameter
        self.publish()
        self.ended.emit(self._number)

    def _train_for(self, run: Run, seconds: float, steps: int | None) -> None:
        """Train in small bites, so that `stop` and the window's turns are noticed at once."""
        if self._goal is not None and run.cursor == run.events:
            run.go_to(run.iteration + 1, 0)
        now = time.perf_counter()
        end = now + seconds
        while now < end and not self.stop and steps != 0:
            bite = max(1, int(BITE_MS / max(self._step_ms, 1e-3)))
            left = None if self._goal is None else self._goal.steps_left(run)
            bite = min(number for number in (bite, left, steps) if number is not None)
            run.train(bite)
            after = time.perf_counter()
            self._step_ms = 0.5 * self._step_ms + 0.5 * (after - now) * 1000 / bite
            run.timeline.suit(self._step_ms)
            if self._has_reached_goal(run):
                return
            self.turns.wait()
            now, steps = time.perf_counter(), None if steps is None else steps - bite

    def _pause_quietly(self) -> None:
        was_playing = self._playing
        self._halt()
        if was_playing and self._run is not None:
            self._run.observe_losses()
            self._run.settle()

    def _halt(self) -> None:
        self._playing = False
        self._until = self._back = self._goal = None
        if self._timer is not None:
            self._timer.stop()
