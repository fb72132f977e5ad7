"""Looks into a data file before it is taken over: in a thread of its own, as large files take a while."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.datasets._csv_layout import Layout
from gradgui.catalog.datasets._csv_reader import Preview, State, preview, state_of
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.errors import UserError
from gradgui.session.threads import Thread, started
from gradgui.text import Text


@dataclass(frozen=True, slots=True)
class Look:
    """What is wanted: the file as this layout reads it, and what a choice of columns makes of it."""

    number: int
    path: Path
    layout: Layout
    spec: CsvSpec | None = None
    """None as long as no columns were chosen."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What would be learnt from."""

    inputs: tuple[str, ...]
    answers: int
    class_names: tuple[Text, ...]
    """Empty where the answer is a number."""
    train: int
    test: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found."""

    number: int
    preview: Preview | None
    summary: Summary | None
    trouble: Text | None
    """Why it cannot be used like this."""


class _Looker(QObject):
    """Lives in the thread."""

    found = Signal(object)

    @Slot(object)
    def look(self, wanted: Look) -> None:
        self.found.emit(seen(wanted))


class Previews(QObject):
    """Ask in the window's thread, hear the answer there; the thread begins with the first question."""

    found = Signal(object)
    """A Seen; only the answer to the newest question."""
    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest = 0
        self._thread: Thread | None = None
        self._looker = _Looker()

    def ask(self, path: Path, layout: Layout, spec: CsvSpec | None) -> None:
        """Look at a file; what was asked before is not answered any more."""
        if self._thread is None:
            self._looker.found.connect(self._hear, Qt.ConnectionType.QueuedConnection)
            self._thread = started(self._looker, "previews", self)
            self._asked.connect(self._looker.look, Qt.ConnectionType.QueuedConnection)
        self._newest += 1
        self._asked.emit(Look(self._newest, path, layout, spec))

    @Slot()
    def close(self) -> None:
        """End the thread."""
        if self._thread is not None:
            self._thread.end()
            self._thread = None

    @Slot(object)
    def _hear(self, seen: Seen) -> None:
        if seen.number == self._newest:
            self.found.emit(seen)


def seen(wanted: Look) -> Seen:
    """Everything there is to say about a file."""
    try:
        found = _shown(wanted.path, state_of(wanted.path), wanted.layout)
    except UserError as error:
        return Seen(wanted.number, None, None, error.text)
    if wanted.spec is None:
        return Seen(wanted.number, found, None, found.trouble)
    try:
        summary = _summary(wanted.spec.load(wanted.path.parent, (wanted.path,)))
    except UserError as error:
        return Seen(wanted.number, found, None, error.text)
    return Seen(wanted.number, found, summary, None)


@lru_cache(maxsize=1)
def _shown(path: Path, _state: State | None, layout: Layout) -> Preview:
    """Other roles for the columns need no other look at the file."""
    return preview(path, layout)


def _summary(examples: Examples) -> Summary:
    answers = 1 if examples.y is None else examples.y.shape[1]
    train = len(examples.x) - examples.test
    return Summary(examples.names, answers, examples.class_names, train, examples.test)
