"""What the window may ask of the worker: plain values that travel between threads and know how they are carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.planes import Plane
from gradgui.session.breakpoints import Place
from gradgui.session.goals import StopWhen
from gradgui.session.lookout import Lookout
from gradgui.session.run import Run
from gradgui.text import Text

LONGEST_WAIT_S = 0.1
"""A new run never waits longer than this for the landscape to be painted, whatever happens to the window."""


class Engine(Protocol):
    """What a request may do in the worker's thread."""

    @property
    def run(self) -> Run | None:
        """The run, once an experiment is open."""

    def begin(self, run: Run) -> None:
        """Put another run in place of this one, paused."""

    def use_memory(self, cap_bytes: int) -> None:
        """How much memory the past of this run and of later ones may take."""

    def move(self, how: Callable[[Run], None]) -> None:
        """Pause, change the run, and show it."""

    @property
    def lookout(self) -> Lookout:
        """Watches for breakpoints."""

    def play(
        self,
        steps_per_second: float | None,
        number: int = 0,
        until: Place | None = None,
        stop_when: StopWhen | None = None,
    ) -> None:
        """Train until told to pause, until a breakpoint or a goal stops it, or until a place is reached."""

    def use_pace(self, steps_per_second: float | None) -> None:
        """Train so fast from now on."""

    def use_goals(self, stop_when: StopWhen) -> None:
        """Stop by itself at these from now on."""

    def search_back(self, number: int, lookout: Lookout | None, before: Place, nothing: Text) -> None:
        """Go back to the last place before that one where a breakpoint stops; at the start of the run say `nothing`."""

    def pause(self) -> None:
        """Stop training and show the last finished step."""

    def publish(self) -> None:
        """Show the run as it is now."""


class Request(Protocol):
    """Anything that can be asked."""

    def carry_out(self, engine: Engine) -> None:
        """Do it, in the worker's thread."""


@dataclass(frozen=True, slots=True)
class Load:
    """Begin a new run, of another document or of an edited one."""

    compiled: Compiled
    revision: int
    plane: Plane | None
    placed: int = 0
    """The number that its first parameters go by."""
    keep: bool = False
    """Put the run before it aside as a branch: this one is of the same document."""
    back: bool = False
    """An edit is taken back: where the run before that edit was put aside, it goes on."""
    after: Event | None = None
    """Set when the landscape is painted: until then it has the cores for itself."""
    overtaken: Event = field(default_factory=Event, compare=False)
    """Set where another edit came before this one was carried out: its run would be thrown away at once."""

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if self.after is not None:
            self.after.wait(LONGEST_WAIT_S)
        if self.overtaken.is_set():
            return
        old = engine.run if self.keep else None
        if self.back and old is not None and self._go_on(engine, old):
            return
        run = Run(self.compiled, self.revision)
        run.placed = self.placed
        run.use_plane(self.plane)
        if old is not None:
            run.branches = old.branches
            run.branches.begin_anew(old)
        engine.begin(run)

    def _go_on(self, engine: Engine, run: Run) -> bool:
        theta = np.asarray(self.compiled.network.theta, np.float64)
        branch = run.branches.left_as(self.compiled.experiment, theta)
        if branch is None:
            return False
        engine.move(lambda run: run.switch(branch.number, self.revision, branch.left_at))
        run.placed = self.placed
        run.use_plane(self.plane)
        engine.lookout.forget()
        engine.publish()
        return True


@dataclass(frozen=True, slots=True)
class Retune:
    """Go on from here under another experiment with the same parameters."""

    compiled: Compiled
    revision: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(lambda run: run.retune(self.compiled, self.revision))
        if engine.run is not None:
            engine.lookout.forget(engine.run.timeline.furthest)


@dataclass(frozen=True, slots=True)
class Step:
    """One event forwards."""

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(Run.step_event)


@dataclass(frozen=True, slots=True)
class StepBack:
    """One event back."""

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(Run.step_back)


@dataclass(frozen=True, slots=True)
class GoTo:
    """A moment of the run: after `cursor` events of training step `iteration`."""

    iteration: int
    cursor: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(lambda run: run.go_to(self.iteration, self.cursor))


@dataclass(frozen=True, slots=True)
class Play:
    """Train until told to pause."""

    steps_per_second: float | None
    """None for as fast as it goes."""
    number: int = 0
    """Of this wish: `ended` tells it when training stops by itself."""
    until: Place | None = None
    stop_when: StopWhen | None = None

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.play(self.steps_per_second, self.number, self.until, self.stop_when)


@dataclass(frozen=True, slots=True)
class UsePace:
    """Another speed, also while training runs."""

    steps_per_second: float | None

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.use_pace(self.steps_per_second)


@dataclass(frozen=True, slots=True)
class UseGoals:
    """Other reasons to stop by itself, also while training runs."""

    stop_when: StopWhen

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.use_goals(self.stop_when)


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop training."""

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.pause()


@dataclass(frozen=True, slots=True)
class UsePlane:
    """The plane on which the ball is shown."""

    plane: Plane | None

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if engine.run is not None:
            engine.run.use_plane(self.plane)
            engine.publish()
