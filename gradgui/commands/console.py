"""What a command says: results on standard output, remarks and progress on standard error."""

from __future__ import annotations

import sys
import time
from typing import TextIO

import msgspec

from gradgui.text import Language, Text

PATIENCE_S = 1.0
"""A command that takes longer shows how far it is."""
PAUSE_ON_SCREEN_S = 0.1
PAUSE_IN_LOG_S = 5.0


class Console:
    """Where a command prints, and in which language."""

    def __init__(self, language: Language, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.language = language
        self.out = sys.stdout if out is None else out
        self.err = sys.stderr if err is None else err

    def words(self, text: Text, **fields: object) -> str:
        """A text in the user's language."""
        return text.in_language(self.language, **fields)

    def line(self, line: str = "") -> None:
        """One line of the result, at once: a pipe would keep the lines of a long run back."""
        self.out.write(line + "\n")
        self.out.flush()

    def say(self, text: Text, **fields: object) -> None:
        """One line of the result, in the user's language."""
        self.line(self.words(text, **fields))

    def json(self, value: object) -> None:
        """One line of JSON; what is not a finite number becomes null, and one of NumPy's numbers a plain one."""
        self.line(msgspec.json.encode(value, enc_hook=float).decode())

    def remark(self, text: Text, **fields: object) -> None:
        """A sentence beside the result."""
        self.err.write(self.words(text, **fields) + "\n")
        self.err.flush()


class Progress:
    """How far a long command is: silent for the first second, then one line that renews itself."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._on_screen = console.err.isatty()
        self._next = time.monotonic() + PATIENCE_S
        self._width = 0

    def show(self, text: Text, **fields: object) -> None:
        """Say where we are, if it is time again."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + (PAUSE_ON_SCREEN_S if self._on_screen else PAUSE_IN_LOG_S)
        words = self._console.words(text, **fields)
        self._write(f"\r{words:<{self._width}}" if self._on_screen else words + "\n")
        self._width = len(words)

    def close(self) -> None:
        """Wipe the line."""
        if self._on_screen and self._width:
            self._write("\r" + " " * self._width + "\r")
            self._width = 0

    def _write(self, words: str) -> None:
        self._console.err.write(words)
        self._console.err.flush()
