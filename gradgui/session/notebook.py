"""What the user notes down while debugging: breakpoints, watches, bookmarks, predictions."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gradgui.errors import UserError
from gradgui.session.bookmarks import Bookmark, toggled
from gradgui.session.breakpoints import Breakpoint, Kind, check
from gradgui.session.keepsakes import Notes
from gradgui.session.predictions import Answer, Outcome, Question, judge, next_question
from gradgui.session.snapshot import EventName, NetworkInfo, Snapshot
from gradgui.session.watches import Reading, Watch
from gradgui.text import Text

ALREADY = Text(en="{source} is watched already.", zh="{source} 已在监视。")


class Notebook(QObject):
    """Lives in the window's thread; every change is told once."""

    breakpoints_changed = Signal(object)
    """All breakpoints, in the order in which they were made."""
    watches_changed = Signal(object)
    """A Reading for each watch."""
    bookmarks_changed = Signal(object)
    prediction_changed = Signal()
    """Another question, another mode, or another outcome."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.breakpoints: tuple[Breakpoint, ...] = ()
        self.bookmarks: tuple[Bookmark, ...] = ()
        self.readings: tuple[Reading, ...] = ()
        self.predicting = False
        self.locked = False
        """Whether a teacher keeps predicting on."""
        self.question: Question | None = None
        self.outcome: Outcome | None = None
        self.right = self.answered = 0
        self._answer: tuple[Question, Answer] | None = None
        self._watches: list[Watch] = []
        self._snapshot: Snapshot | None = None
        self._branch = 0
        self._aside: dict[int, tuple[Bookmark, ...]] = {}
        self._since = 0

    @property
    def notes(self) -> Notes:
        """Everything that a file should keep."""
        return Notes(self.breakpoints, tuple(watch.source for watch in self._watches), self.bookmarks)

    def restore(self, notes: Notes, revision: int) -> None:
        """Another document is open: its notes, and nothing of those before; `revision` is that of its moments."""
        self._branch, self._aside, self._since = 0, {}, revision
        self.question = self.outcome = self._answer = None
        self._watches = [Watch(source) for source in notes.watches]
        self._set_breakpoints(notes.breakpoints)
        self._set_bookmarks(notes.bookmarks)
        self.readings = ()
        self.watches_changed.emit(())
        self.prediction_changed.emit()

    @property
    def network(self) -> NetworkInfo | None:
        """The network that names refer to."""
        return None if self._snapshot is None else self._snapshot.network

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Work out the watches for this moment, and judge a prediction that it answers."""
        if snapshot.revision < self._since:
            return
        before, self._snapshot = self._snapshot, snapshot
        self._follow_branches(snapshot)
        self._follow_forks(before, snapshot)
        self._read_watches()
        self._follow_prediction(snapshot)

    # --- what to stop for

    def add_breakpoint(self, wanted: Breakpoint) -> None:
        """Stop for this too; raises UserError if it names what is not there."""
        if self.network is not None:
            check(wanted, self.network)
        if wanted not in self.breakpoints:
            self._set_breakpoints((*self.breakpoints, wanted))

    def replace_breakpoint(self, place: int, wanted: Breakpoint) -> None:
        """Change one of them."""
        found = list(self.breakpoints)
        found[place] = wanted
        self._set_breakpoints(tuple(found))

    def remove_breakpoint(self, place: int) -> None:
        """Stop for it no more."""
        self._set_breakpoints(self.breakpoints[:place] + self.breakpoints[place + 1 :])

    def toggle_event(self, event: EventName) -> None:
        """A breakpoint on exactly this event, or none there any more."""
        wanted = Breakpoint(Kind.EVENT, layer=event.layer, event=event.kind)
        if wanted in self.breakpoints:
            self._set_breakpoints(tuple(b for b in self.breakpoints if b != wanted))
        else:
            self._set_breakpoints((*self.breakpoints, wanted))

    # --- watches

    def add_watch(self, source: str) -> None:
        """Watch an expression; raises UserError where it cannot be read."""
        if any(watch.source == source for watch in self._watches):
            raise UserError(ALREADY, source=source)
        self._watches.append(Watch(source, self.network))
        self._read_watches()

    def pin(self, source: str) -> None:
        """Watch an expression unless it is watched already."""
        if all(watch.source != source for watch in self._watches):
            self.add_watch(source)

    def remove_watch(self, source: str) -> None:
        """Watch it no more."""
        self._watches = [watch for watch in self._watches if watch.source != source]
        self._read_watches()

    # --- bookmarks

    def toggle_bookmark(self) -> None:
        """Remember this moment, or forget it."""
        if self._snapshot is not None:
            self._set_bookmarks(toggled(self.bookmarks, self._snapshot.iteration, self._snapshot.cursor))

    def rename_bookmark(self, place: int, name: str) -> None:
        """Call it something else."""
        found = list(self.bookmarks)
        found[place] = replace(found[place], name=name.strip() or found[place].name)
        self._set_bookmarks(tuple(found))

    # --- predictions

    def predict(self, on: bool) -> None:
        """Ask before every step, or do not; a locked notebook keeps asking."""
        self.predicting = on or self.locked
        self.question = None
        self.prediction_changed.emit()

    def lock(self, on: bool) -> None:
        """For teachers: predicting cannot be switched off."""
        self.locked = on
        self.predict(on)

    def ask(self) -> bool:
        """Put the next question; False where there is nothing to ask and the step may run."""
        if not self.predicting or self._snapshot is None:
            return False
        self.question, self.outcome = next_question(self._snapshot), None
        self.prediction_changed.emit()
        return self.question is not None

    def answer(self, answer: Answer) -> bool:
        """Take the answer; the step that follows shows whether it was right. False: another one was taken already."""
        if self.question is None or self._answer is not None:
            return False
        self._answer = self.question, answer
        return True

    # --- inside

    def _set_bookmarks(self, bookmarks: tuple[Bookmark, ...]) -> None:
        self.bookmarks = bookmarks
        self.bookmarks_changed.emit(bookmarks)

    def _set_breakpoints(self, breakpoints: tuple[Breakpoint, ...]) -> None:
        self.breakpoints = breakpoints
        self.breakpoints_changed.emit(breakpoints)

    def _read_watches(self) -> None:
        if self._snapshot is None:
            return
        readings = tuple(watch.observe(self._snapshot) for watch in self._watches)
        if readings or self.readings:
            self.readings = readings
            self.watches_changed.emit(readings)

    def _follow_branches(self, now: Snapshot) -> None:
        """Each branch has its own bookmarks; one that has just forked shares those of the common past."""
        history = now.history
        if history is None or history.branch == self._branch:
            return
        self._aside[self._branch] = self.bookmarks
        common = tuple(mark for mark in self.bookmarks if mark.iteration < history.forked_at)
        self._branch = history.branch
        self._set_bookmarks(self._aside.pop(self._branch, common))

    def _follow_forks(self, before: Snapshot | None, now: Snapshot) -> None:
        """Another experiment, branch or network: what lies beyond is no longer what was seen."""
        if before is None or before.revision == now.revision:
            return
        same_network = before.network.layers == now.network.layers
        for watch in self._watches:
            watch.forget(now.iteration if same_network else 0)
        beyond = [mark for mark in self.bookmarks if mark.cursor > len(now.network.events)]
        if beyond:
            self._set_bookmarks(tuple(mark for mark in self.bookmarks if mark not in beyond))
        self.question = self._answer = None

    def _follow_prediction(self, snapshot: Snapshot) -> None:
        if self._answer is not None:
            outcome = judge(*self._answer, snapshot)
            if outcome is not None:
                self.outcome, self._answer, self.question = outcome, None, None
                self.answered += 1
                self.right += outcome.right
                self.prediction_changed.emit()
        elif self.question is not None and self.question.event != snapshot.upcoming:
            self.question = None
            self.prediction_changed.emit()
