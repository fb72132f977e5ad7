"""Which lessons this user has finished, and how far the others are; kept on this machine, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from gradgui.document.disk import read_bytes
from gradgui.errors import UserError
from gradgui.lessons.lesson import Lesson, Predict
from gradgui.session.lesson_state import LessonState, Stage

FILE = "lessons.json"


class Record(msgspec.Struct, frozen=True):
    """One lesson."""

    done: tuple[str, ...] = ()
    """Ids of finished steps."""
    right: tuple[str, ...] = ()
    """Ids of questions whose first answer was right."""


class Records(msgspec.Struct, frozen=True):
    """The whole file."""

    lessons: dict[str, Record] = {}
    welcomed: bool = False
    """Whether the invitation has been answered."""


class Progress(QObject):
    """Reads the file once and writes it after every finished step."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = folder / FILE
        self._records = self._read()

    @property
    def welcomed(self) -> bool:
        """Whether this user has been here before."""
        return self._records.welcomed

    def of(self, lesson: Lesson) -> Record:
        """How far a lesson is."""
        return self._records.lessons.get(lesson.id, Record())

    def share(self, lesson: Lesson) -> float:
        """From 0 to 1."""
        done = set(self.of(lesson).done)
        return sum(step.id in done for step in lesson.steps) / len(lesson.steps)

    def welcome(self) -> None:
        """The invitation was answered."""
        self._write(msgspec.structs.replace(self._records, welcomed=True))

    def note(self, state: LessonState) -> None:
        """Remember what is done in this lesson."""
        old = self.of(state.lesson)
        pairs = list(zip(state.lesson.steps, state.steps, strict=True))
        done = [step.id for step, now in pairs if now.stage is Stage.DONE]
        right = [step.id for step, now in pairs if isinstance(step, Predict) and now.predicted]
        record = Record(_united(old.done, done), _united(old.right, right))
        self._write(msgspec.structs.replace(self._records, lessons=self._records.lessons | {state.lesson.id: record}))

    def as_file(self) -> bytes:
        """What a student hands in."""
        return msgspec.json.format(msgspec.json.encode(self._records), indent=2)

    def forget(self) -> None:
        """As if no lesson had been opened."""
        self._write(msgspec.structs.replace(self._records, lessons={}))

    def _read(self) -> Records:
        try:
            return msgspec.json.decode(read_bytes(self._path), type=Records)
        except (UserError, msgspec.DecodeError):
            return Records()

    def _write(self, records: Records) -> None:
        self._records = records
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(self.as_file())
        except OSError:
            pass  # a folder that cannot be written only means that nothing is remembered
        self.changed.emit()


def _united(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))
