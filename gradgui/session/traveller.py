"""Moving through a run in steps of every size, forwards and back, and looking inside a step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gradgui.document.compile import Compiled
from gradgui.session.attention import Attention
from gradgui.session.breakpoints import Breakpoint
from gradgui.session.levels import Level
from gradgui.session.reins import Deed, Reins
from gradgui.session.requests import GoTo, Request, Step, StepBack
from gradgui.session.snapshot import Snapshot, after_updates
from gradgui.session.travel import FindChange, Leap, LookInto, SearchBack, Stride, Switch, TurnTo, WatchFor


class Traveller(QObject):
    """The part of the session that goes from moment to moment."""

    shown = Signal(object)
    """A Snapshot: past, present or while training, all the same."""
    level_changed = Signal(object)
    """The Level of a step now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reins = Reins(self)
        self._attention = Attention()
        self._snapshot: Snapshot | None = None
        self._compiled: Compiled | None = None
        self._revision = self._plays = 0
        self._playing = self._switching = False
        self._seen = (0, 0, 0)
        self.shown.connect(self._note_seen)

    @property
    def level(self) -> Level:
        """The size of a step."""
        return self._attention.level

    def ask(self, request: Request) -> None:
        """Hand a request to the worker."""
        raise NotImplementedError

    def ask_paused(self, request: Request) -> None:
        """Stop training at once, then carry out the request."""
        raise NotImplementedError

    def step(self) -> None:
        """One step forwards, of the size in force."""
        self._walk(back=False)

    def step_back(self) -> None:
        """One step back, exactly."""
        self._walk(back=True)

    def step_into(self) -> None:
        """Look inside what has just happened, in steps one size smaller."""
        level, snapshot = self._attention.level, self._snapshot
        if snapshot is None:
            return
        self._attention.go_in(snapshot)
        self.level_changed.emit(self._attention.level)
        if snapshot.cursor and level in (Level.PHASE, Level.LAYER):
            self.ask_paused(LookInto(level))
        else:
            self.look_again()

    def step_out(self) -> None:
        """Finish what is being looked at, and go on in steps one size larger."""
        level = self._attention.level
        if not self._may_run():
            return
        self._attention.go_out()
        self.level_changed.emit(self._attention.level)
        if level in (Level.LAYER, Level.OPERATION):
            self.ask_paused(Stride(self._attention.level))
        else:
            self.look_again()

    def use_level(self, level: Level) -> None:
        """Steps of that size from now on."""
        self._attention.use_level(level, self._snapshot)
        self.level_changed.emit(level)
        self.look_again()

    def choose_sample(self, sample: int | None) -> None:
        """Look closely at one training sample wherever it is in the batch; None for the first of each batch."""
        self._attention.sample = sample
        self.look_again()

    def look_again(self) -> None:
        """Show the same moment with what is looked at closely now."""
        if self._snapshot is not None:
            self._snapshot = self._attention.dress(self._snapshot)
            self.shown.emit(self._snapshot)

    def search_back(self) -> None:
        """Back to the last breakpoint before this moment."""
        self._search(SearchBack(self._plays + 1))

    def find_change(self, parameter: str) -> None:
        """Back to the update that last changed a parameter."""
        self._search(FindChange(parameter, self._plays + 1))

    def watch_for(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        """Stop at these breakpoints from now on."""
        self.ask(WatchFor(breakpoints))

    def switch(self, branch: int) -> None:
        """Go on with another branch of this run."""
        if self.reins.allow(Deed.MOVE):
            self._revision += 1
            self._switching = True
            self.ask_paused(Switch(branch, self._revision))

    def go_to(self, iteration: int, cursor: int) -> None:
        """Any moment of the run."""
        ahead = (self._revision, iteration, cursor) > self._seen
        if self._may_run() if ahead else self.reins.allow(Deed.MOVE):
            self.ask_paused(GoTo(iteration, cursor))

    def go_to_start_of(self, iteration: int) -> None:
        """The moment after that many updates, seen from the end of the step that made the last of them."""
        if self._snapshot is not None:
            self.go_to(*after_updates(iteration, len(self._snapshot.network.events)))

    def next_iteration(self) -> None:
        """To the end of this training step, or of the next one."""
        self._leap(1)

    def previous_iteration(self) -> None:
        """To the end of the training step before."""
        self._leap(-1)

    def turn_to(self, steps: int) -> None:
        """To the start of the training step so many later, or earlier if negative: nothing of it is computed yet."""
        if self.reins.allow(Deed.MOVE):
            self.ask_paused(TurnTo(steps))

    # --- inside

    def _walk(self, back: bool) -> None:
        if not self.reins.allow(Deed.MOVE):
            return
        attention, snapshot = self._attention, self._snapshot
        if snapshot is not None and not self._playing and attention.walk(snapshot, back):
            self.look_again()
        elif attention.level in (Level.PHASE, Level.LAYER) and (back or self.reins.why_not(Deed.AHEAD) is None):
            self.ask_paused(Stride(attention.level, back))
        else:
            self.ask_paused(StepBack() if back else Step())

    def _search(self, request: Request) -> None:
        if self._compiled is not None and self.reins.allow(Deed.MOVE):
            self._halt()
            self._begin(request)

    def _leap(self, steps: int) -> None:
        if self._snapshot is not None and (self._may_run() if steps > 0 else self.reins.allow(Deed.MOVE)):
            self.ask_paused(Leap(steps))

    def _may_run(self) -> bool:
        """Whether the run may go on further than one step."""
        return self.reins.allow(Deed.MOVE) and self.reins.allow(Deed.AHEAD)

    @Slot(object)
    def _note_seen(self, snapshot: Snapshot) -> None:
        """How far this run has been looked at; another revision is another run."""
        self._seen = max(self._seen, (snapshot.revision, snapshot.iteration, snapshot.cursor))

    def _begin(self, request: Request) -> None:
        raise NotImplementedError

    def _halt(self) -> None:
        raise NotImplementedError
