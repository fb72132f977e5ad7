"""What is written down when something breaks, so that it can be told and mended: errors, and the end of a process."""

from __future__ import annotations

import faulthandler
import os
import platform
import sys
import time
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception, walk_tb
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import qVersion

from gradgui import __version__

LOG, LAST, RUNNING = "errors.log", "last-crash.log", "running-{pid}.log"
LARGEST_LOG = 256 * 1024
MOST_PER_MINUTE = 20
"""A picture that fails is drawn again and again; the log shall stay readable."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One error that nobody expected."""

    key: str
    """Equal for errors of one cause: kind and place."""
    details: str
    """The traceback."""

    @staticmethod
    def of(error: BaseException, where: TracebackType | None) -> Trouble:
        """What can be said of it."""
        places = [f"{frame.f_code.co_filename}:{line}" for frame, line in walk_tb(where)]
        key = f"{type(error).__name__} {places[-1] if places else ''}"
        return Trouble(key, "".join(format_exception(type(error), error, where)))


def surroundings() -> str:
    """Version, system and libraries, as a report begins."""
    frozen = " (bundle)" if getattr(sys, "frozen", False) else ""
    return (
        f"gradgui {__version__}{frozen} · Python {platform.python_version()} · Qt {qVersion()}\n{platform.platform()}\n"
    )


class BlackBox:
    """Files in the settings folder; where nothing can be written, nothing is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._times: deque[float] = deque()
        self._counts: Counter[str] = Counter()
        self._file = folder / RUNNING.format(pid=os.getpid())
        self._stream: TextIO | None = None

    @property
    def log(self) -> Path:
        """Where errors are written."""
        return self.folder / LOG

    def count(self, trouble: Trouble) -> int:
        """How often this has happened by now, this time included."""
        self._counts[trouble.key] += 1
        return self._counts[trouble.key]

    def write(self, trouble: Trouble) -> bool:
        """Add it to the log; False if that has been done too often within a minute, or cannot be."""
        now = time.monotonic()
        while self._times and now - self._times[0] > 60:
            self._times.popleft()
        if len(self._times) >= MOST_PER_MINUTE:
            return False
        self._times.append(now)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
                os.replace(self.log, self.log.with_suffix(".old.log"))
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"── {time.strftime('%Y-%m-%d %H:%M:%S')} · {surroundings()}{trouble.details}\n")
            return True
        return False

    # --- the end of a process

    def take_last(self) -> Path | None:
        """The report of a start that ended in a crash of the process, once; None if there was none."""
        found: Path | None = None
        with suppress(OSError):
            for file in sorted(self.folder.glob(RUNNING.format(pid="*"))):
                if file == self._file or _is_running(file):
                    continue
                if file.stat().st_size:
                    found = self.folder / LAST
                    os.replace(file, found)
                else:
                    file.unlink()
        return found

    def begin(self) -> None:
        """From now on a crash of the process leaves its report behind."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._stream = self._file.open("w", encoding="utf-8")
            faulthandler.enable(self._stream)

    def end(self) -> None:
        """The process ends as it should."""
        if self._stream is None:
            return
        faulthandler.disable()
        self._stream.close()
        self._stream = None
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


def _is_running(file: Path) -> bool:
    """Whether the process that keeps this file still lives."""
    digits = file.stem.removeprefix("running-")
    if not digits.isdecimal():
        return False
    if sys.platform == "win32":  # an open file cannot be moved there, which says the same
        return False
    try:
        os.kill(int(digits), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return int(digits) != os.getpid()
