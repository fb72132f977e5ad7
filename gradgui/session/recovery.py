"""Unsaved work on the disk: what is found again after the program ended too soon."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile

from gradgui.document.disk import LARGEST, UNFINISHED, read_bytes, write_bytes
from gradgui.document.experiment import Experiment
from gradgui.document.file import decode
from gradgui.errors import UserError
from gradgui.text import Text

SUFFIX = ".recovery"
UNFINISHED_S = 60
"""A file that was only begun so long ago belongs to a program that was ended in the middle of it."""
FORGOTTEN_LOCK_MS = 14 * 24 * 3600 * 1000
"""A lock of another machine, or of one that has another name by now, holds no longer than a fortnight."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a recovery file."""

    title: Text
    path: str | None
    """The file that the work belongs to, if it has one."""
    folder: str | None
    """Where relative paths in the experiment start."""
    saved_at: float
    experiment: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Draft:
    """Work to be kept safe; it is written down elsewhere, in a thread of its own."""

    experiment: Experiment
    title: Text
    path: Path | None
    folder: Path | None

    def written(self) -> bytes:
        """The recovery file."""
        record = Record(
            title=self.title,
            path=None if self.path is None else str(self.path),
            folder=None if self.folder is None else str(self.folder),
            saved_at=time.time(),
            experiment=msgspec.Raw(msgspec.json.encode(self.experiment)),
        )
        return msgspec.json.encode(record)


@dataclass(frozen=True, slots=True)
class Found:
    """Work that a program which ended too soon has left."""

    experiment: Experiment
    title: Text
    path: Path | None
    folder: Path | None
    saved_at: float
    file: Path
    lock: QLockFile
    """Ours as long as it is on offer, so that no other window offers it as well."""

    def discard(self) -> None:
        """Nobody wants it."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)
        self.lock.unlock()

    def leave(self) -> None:
        """It waits for the next start."""
        self.lock.unlock()


class RecoveryStore:
    """One recovery file for each window, with a lock beside it; windows never touch each other's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        self._lock = _lock_of(self._file)

    @property
    def file(self) -> Path:
        """This window's own."""
        return self._file

    def write(self, draft: Draft) -> None:
        """Keep this; raises UserError if it cannot be kept."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        if not self._lock.isLocked():
            self._lock.tryLock(0)
        write_bytes(self._file, draft.written())

    def clear(self) -> None:
        """Everything is saved, or given up."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._lock.unlock()

    def found(self) -> list[Found]:
        """What others have left, newest first, ours to offer from now on; unreadable files are passed over."""
        left = []
        with suppress(OSError):
            self._sweep()
            for file in self._folder.glob(f"*{SUFFIX}"):
                lock = _lock_of(file)
                if file != self._file and lock.tryLock(0):
                    found = _read(file, lock)
                    left += [] if found is None else [found]
        return sorted(left, key=lambda found: -found.saved_at)

    def _sweep(self) -> None:
        """Files that others only began and never will finish."""
        for file in self._folder.glob(f".*{SUFFIX}.*{UNFINISHED}"):
            if time.time() - file.stat().st_mtime > UNFINISHED_S:
                file.unlink(missing_ok=True)


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(FORGOTTEN_LOCK_MS)
    return lock


def _read(file: Path, lock: QLockFile) -> Found | None:
    try:
        record = msgspec.json.decode(read_bytes(file, 2 * LARGEST), type=Record)
        experiment = decode(bytes(record.experiment))
    except (UserError, msgspec.DecodeError, UnicodeError, RecursionError):
        lock.unlock()
        return None
    path, folder = (None if name is None else Path(name) for name in (record.path, record.folder))
    return Found(experiment, record.title, path, folder, record.saved_at, file, lock)
