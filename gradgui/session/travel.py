"""What the debugger may ask of the worker: strides, searches, breakpoints, branches."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.session.breakpoints import Breakpoint, Kind, Place
from gradgui.session.levels import Level, beginning, stop_after, stop_before
from gradgui.session.lookout import Lookout
from gradgui.session.requests import Engine
from gradgui.session.run import Run
from gradgui.session.snapshot import after_updates
from gradgui.text import Text

NO_EARLIER = Text(
    en="No breakpoint before this moment: this is the start of the run.", zh="此前没有断点：已回到这次运行的起点。"
)
NEVER_CHANGED = Text(en="{name} has not changed since the start of the run.", zh="{name} 从运行开始就没有变过。")


@dataclass(frozen=True, slots=True)
class Stride:
    """A step of that size, forwards or back; a breakpoint on the way stops it."""

    level: Level
    back: bool = False

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(lambda run: self._walk(run, engine.lookout))

    def _walk(self, run: Run, lookout: Lookout) -> None:
        if self.back:
            self._walk_back(run)
            return
        iteration, cursor = _next_place(run)
        target = stop_after(run.info.events, self.level, cursor)
        assert target is not None
        hit = None
        if lookout.active and target > cursor + 1:
            run.go_to(iteration, cursor)
            after = lookout.begin(run)
            hit = lookout.step(run, after, target)
        run.go_to(iteration, target if hit is None else hit.place[1])
        if hit is not None:
            run.stopped, run.stopped_on = hit.reason, hit.breakpoint.parameter

    def _walk_back(self, run: Run) -> None:
        cursor = stop_before(run.info.events, self.level, run.cursor)
        if cursor == 0 and run.iteration > 0:
            run.go_to(run.iteration - 1, run.events)
        elif cursor is not None:
            run.go_to(run.iteration, cursor)


@dataclass(frozen=True, slots=True)
class Leap:
    """To the end of this training step or of a later one, or back: counted from where the wishes before it led."""

    steps: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(self._leap)

    def _leap(self, run: Run) -> None:
        unfinished = run.cursor < run.events
        here = run.iteration - (self.steps > 0 and unfinished)
        run.go_to(*after_updates(here + self.steps + 1, run.events))


@dataclass(frozen=True, slots=True)
class TurnTo:
    """To the untouched start of a later or an earlier training step: counted from where the wishes before it led."""

    steps: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(lambda run: run.go_to(run.iteration + self.steps, 0))


@dataclass(frozen=True, slots=True)
class LookInto:
    """Back to the first event of the stride that has just been made."""

    level: Level

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(lambda run: run.go_to(run.iteration, beginning(run.info.events, self.level, run.cursor)))


@dataclass(frozen=True, slots=True)
class SearchBack:
    """To the last breakpoint before this moment, or to the start of the run."""

    number: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if engine.run is not None:
            engine.search_back(self.number, None, (engine.run.iteration, engine.run.cursor), NO_EARLIER)


@dataclass(frozen=True, slots=True)
class FindChange:
    """To the update that last changed a parameter, at this moment or before."""

    parameter: str
    number: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if engine.run is not None:
            lookout = Lookout([Breakpoint(Kind.WEIGHT_CHANGE, parameter=self.parameter)])
            here: Place = (engine.run.iteration, engine.run.cursor + 1)
            engine.search_back(self.number, lookout, here, NEVER_CHANGED.filled(name=self.parameter))


@dataclass(frozen=True, slots=True)
class WatchFor:
    """These breakpoints from now on."""

    breakpoints: tuple[Breakpoint, ...]

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.lookout.use(self.breakpoints)
        engine.publish()


@dataclass(frozen=True, slots=True)
class Switch:
    """Another branch of this run."""

    branch: int
    revision: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.move(lambda run: run.switch(self.branch, self.revision))
        engine.lookout.forget()


@dataclass(frozen=True, slots=True)
class UseMemory:
    """How much memory the past of the run may take."""

    cap_bytes: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        engine.use_memory(self.cap_bytes)


def _next_place(run: Run) -> Place:
    """This place; the end of a step is the start of the next one."""
    return (run.iteration + 1, 0) if run.cursor == run.events else (run.iteration, run.cursor)


@dataclass(frozen=True, slots=True)
class ForgetBranch:
    """Another branch is not wanted any more."""

    branch: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if engine.run is not None:
            engine.run.branches.forget(self.branch)
            engine.publish()


@dataclass(frozen=True, slots=True)
class RenameBranch:
    """A branch is called something else."""

    branch: int
    name: str

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if engine.run is not None:
            engine.run.branches.rename(self.branch, self.name)
            engine.publish()
