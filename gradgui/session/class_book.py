"""The polls of a class, kept on this machine: one file beside the settings."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gradgui.document.disk import read_bytes, write_bytes
from gradgui.errors import UserError
from gradgui.lessons.poll import Poll

FILE = "polls.json"


class ClassBook:
    """Polls by lesson and step; a file that cannot be read is left alone and a new one begun."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._polls = self._read()

    def poll(self, lesson: str, step: str) -> Poll | None:
        """The votes on a question so far."""
        return self._polls.get(lesson, {}).get(step)

    def keep(self, lesson: str, step: str, poll: Poll) -> None:
        """Write it down; raises UserError where that cannot be done."""
        self._polls.setdefault(lesson, {})[step] = poll
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(self._path, msgspec.json.encode(self._polls))

    def as_csv(self) -> bytes:
        """One line for each answer in each round: lesson, step, round, answer, hands."""
        rows = ["lesson,step,round,answer,hands"]
        for lesson, steps in self._polls.items():
            for step, poll in steps.items():
                for number, counts in enumerate(poll.rounds, 1):
                    rows += [f"{lesson},{step},{number},{'ABCDEFGH'[i]},{count}" for i, count in enumerate(counts)]
        return ("\n".join(rows) + "\n").encode()

    def _read(self) -> dict[str, dict[str, Poll]]:
        try:
            return msgspec.json.decode(read_bytes(self._path), type=dict[str, dict[str, Poll]])
        except (UserError, msgspec.DecodeError):
            return {}
