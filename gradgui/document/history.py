"""Undo and redo: the experiments of the past are kept as they were, so going back is exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.document.experiment import Experiment
from gradgui.text import Text

Numbers = NDArray[np.float64]

LIMIT_BYTES = 256 * 2**20
NUMBER_BYTES = 32
"""One number in a tuple, with its share of the tuple."""
PART_BYTES = 1024
"""One layer or setting, roughly."""

UNDO = Text(en="Undo {name}", zh="撤销{name}")
REDO = Text(en="Redo {name}", zh="重做{name}")
NOTHING_TO_UNDO = Text(en="Undo", zh="撤销")
NOTHING_TO_REDO = Text(en="Redo", zh="重做")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One edit: what was before it and what came of it."""

    before: Experiment
    after: Experiment
    name: Text
    nbytes: int
    key: object = None
    """Edits in a row with the same key are one; None for an edit that stands alone."""
    place: Numbers | None = None
    """The parameters of the run before it."""


class History:
    """The experiment now, and the way that led here.

    Nothing is forgotten until `limit` bytes are exceeded; then the oldest edits can no longer be undone.
    """

    def __init__(self, experiment: Experiment, limit: int = LIMIT_BYTES) -> None:
        self._present = experiment
        self._saved: Experiment | None = experiment
        self._limit = limit
        self._done: list[_Entry] = []
        self._undone: list[_Entry] = []
        self._open = False
        self.forgotten = 0
        """Edits too old to be undone."""

    @property
    def present(self) -> Experiment:
        """The experiment now."""
        return self._present

    @property
    def modified(self) -> bool:
        """Whether it differs from what was saved."""
        return self._saved is None or (self._present is not self._saved and self._present != self._saved)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to do again."""
        return bool(self._undone)

    @property
    def undo_text(self) -> Text:
        """What the command says: "Undo add layer"."""
        return UNDO.filled(name=self._done[-1].name) if self._done else NOTHING_TO_UNDO

    @property
    def redo_text(self) -> Text:
        """What the command says: "Redo add layer"."""
        return REDO.filled(name=self._undone[-1].name) if self._undone else NOTHING_TO_REDO

    @property
    def place_before(self) -> Numbers | None:
        """The parameters that the run had before the edit that undo would take back; None where they stayed."""
        return self._done[-1].place if self._done else None

    @property
    def names(self) -> tuple[Text, ...]:
        """Every edit that can be undone, oldest first."""
        return tuple(entry.name for entry in self._done)

    @property
    def nbytes(self) -> int:
        """Memory held for undo and redo, roughly."""
        return sum(entry.nbytes for entry in (*self._done, *self._undone))

    @property
    def limit(self) -> int:
        """Bytes that may be held."""
        return self._limit

    def push(self, experiment: Experiment, name: Text, key: object = None, place: Numbers | None = None) -> bool:
        """Take a step; False if nothing changed. Steps in a row with the same `key` become one, until `seal`.

        `place`: the parameters of the run just before, (P,), for `place_before` to give back.
        """
        if experiment is self._present or experiment == self._present:
            return False
        last = self._done[-1] if self._done else None
        self._undone.clear()
        if last is not None and self._open and key is not None and key == last.key:
            self._merge(last, experiment, name)
        else:
            cost = _cost(experiment, self._present) + (0 if place is None else place.nbytes)
            self._done.append(_Entry(self._present, experiment, name, cost, key, place))
        self._present = experiment
        self._open = True
        self._forget()
        return True

    def seal(self) -> None:
        """The drag is over: the next step with the same key is another edit."""
        self._open = False

    def amend(self, experiment: Experiment) -> None:
        """Another present that is no edit, such as a title that follows the file's name."""
        self._present = experiment
        self.seal()

    def undo(self) -> Experiment:
        """Take the last edit back; the experiment then."""
        self.seal()
        if self._done:
            entry = self._done.pop()
            self._undone.append(entry)
            self._present = entry.before
        return self._present

    def redo(self) -> Experiment:
        """Do the edit again that was taken back; the experiment then."""
        self.seal()
        if self._undone:
            entry = self._undone.pop()
            self._done.append(entry)
            self._present = entry.after
        return self._present

    def mark_saved(self) -> None:
        """What is present now is what the file holds."""
        self._saved = self._present
        self.seal()

    def mark_unsaved(self) -> None:
        """No file holds what is present, for example after a recovery."""
        self._saved = None

    def _merge(self, last: _Entry, experiment: Experiment, name: Text) -> None:
        """Keep the start of the drag and its latest end; a drag back to its start is no edit."""
        if experiment == last.before:
            self._done.pop()
            return
        cost = _cost(experiment, last.before) + (0 if last.place is None else last.place.nbytes)
        self._done[-1] = replace(last, after=experiment, name=name, nbytes=cost)

    def _forget(self) -> None:
        held = self.nbytes
        while held > self._limit and len(self._done) > 1:
            held -= self._done.pop(0).nbytes
            self.forgotten += 1


def _cost(new: Experiment, old: Experiment) -> int:
    """Memory that the new value needs beside the old one; parts that they share are not counted."""
    shared = {id(part) for part in _parts(old)}
    return PART_BYTES + sum(
        PART_BYTES + _numbers(part) * NUMBER_BYTES for part in _parts(new) if id(part) not in shared
    )


def _parts(experiment: Experiment) -> Iterator[msgspec.Struct]:
    yield experiment.data
    yield from experiment.network.layers
    yield experiment.optimizer
    yield experiment.loss
    yield experiment.training


def _numbers(part: msgspec.Struct) -> int:
    """How many numbers its lists hold."""
    return sum(_count(getattr(part, name)) for name in part.__struct_fields__)


def _count(value: object) -> int:
    if not isinstance(value, tuple):
        return 0
    if value and isinstance(value[0], tuple):
        return sum(len(row) for row in value if isinstance(row, tuple))
    return len(value)
