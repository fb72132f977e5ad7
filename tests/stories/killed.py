"""Kills a real window again and again while it trains, edits, saves and autosaves; looks at what is left on the disk.

Run as `python -m tests.stories.killed FOLDER ROUNDS [SEED]`; it prints one line of figures. Each window is a fork of
this program, which has everything imported already, so that a round takes little more than the time until the kill.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np  # noqa: F401 - before Qt
from PySide6.QtCore import QTimer

from gradgui.app import Program, make_application
from gradgui.document.disk import UNFINISHED
from gradgui.document.edits import set_learning_rate
from gradgui.document.file import encode, read, write
from gradgui.errors import UserError
from gradgui.session.examples import example_path
from gradgui.session.recovery import RecoveryStore
from gradgui.session.settings import Settings
from gradgui.text import Language

EDIT_EVERY_MS = 40
SAVE_EVERY = 8
"""Edits, on the average."""
PLAY_EVERY = 10
"""Edits between Play and Pause."""
LONGEST_LIFE_S = 3.0
WRITING_MS = 6.0
"""A file is beside the old one, made sure of and renamed within about so many milliseconds."""
MOMENTS = ("any", "save", "autosave")
"""When windows are killed, by turns: at any time; while they save; while they keep their work safe by themselves."""
MAY_BE_LOST_S = 2.0
CALM_S = 0.1
"""Nobody edits before the window has been painted."""
UNIT = 1e-6
"""Edit number n sets the learning rate to n of these."""


def main(folder: Path, rounds: int, seed: int) -> None:
    rng, folder = random.Random(seed), folder.absolute()
    path, store = folder / "work.gradgui", folder / "profile" / "recovery"
    write(path, read(example_path("spiral")))
    tally = Tally()
    for round_ in range(rounds):
        life = Life(path.read_bytes())
        life.live_and_die(folder, MOMENTS[round_ % len(MOMENTS)], rng)
        life.examine(path, store, tally)
    sys.stdout.write(json.dumps(vars(tally)) + "\n")


@dataclass
class Tally:
    """Figures over all rounds."""

    rounds: int = 0
    killed_while_playing: int = 0
    killed_while_saving: int = 0
    killed_while_keeping: int = 0
    found_old: int = 0
    found_new: int = 0
    recovered: int = 0
    edits: int = 0
    most_lost_s: float = 0.0


@dataclass
class Life:
    """One window from its start to its sudden end."""

    before: bytes
    edits: list[float] = field(default_factory=list)
    """When each edit was made."""
    playing: bool = False
    saving: str | None = None
    saved: str | None = None
    died: float = 0.0

    def live_and_die(self, folder: Path, moment: str, rng: random.Random) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            work(folder, writing, random.Random(rng.random()))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            assert told.readline() == b"ready\n", "the window did not open"
            time.sleep(rng.uniform(0, LONGEST_LIFE_S))
            heard = []
            if moment == "save":
                heard = _up_to_a_save(told)
                time.sleep(rng.uniform(0, WRITING_MS / 1000))
            elif moment == "autosave":
                _wait_for_a_draft(folder / "profile" / "recovery")
            os.kill(child, signal.SIGKILL)
            self.died = time.monotonic()
            os.waitpid(child, 0)
            self._hear([line.decode().strip() for line in heard + told.readlines()])

    def _hear(self, lines: list[str]) -> None:
        for line in lines:
            word, *rest = line.split()
            if word == "edit" and len(rest) == 1:
                self.edits.append(float(rest[0]))
            elif word in {"playing", "resting"}:
                self.playing = word == "playing"
            elif word == "save":
                self.saving = rest[0]
            elif word == "saved":
                self.saved, self.saving = self.saving, None

    def examine(self, path: Path, store: Path, tally: Tally) -> None:
        content = path.read_bytes()
        old = self.saved or digest(self.before)
        assert digest(content) in {old, self.saving}, "the file is neither the old one nor the new one"
        done = number(path)
        for found in RecoveryStore(store).found():
            assert found.path == path
            done = max(done, round(found.experiment.optimizer.learning_rate / UNIT))
            tally.recovered += 1
            found.discard()
        lost = [self.died - at for at in self.edits[done:]]
        assert not lost or max(lost) <= MAY_BE_LOST_S, f"{max(lost):.2f} s of edits are lost"
        for half in _unfinished(store):
            half.unlink()
            tally.killed_while_keeping += 1
        tally.rounds += 1
        tally.edits += len(self.edits)
        tally.killed_while_playing += self.playing
        tally.killed_while_saving += self.saving is not None
        tally.found_new += digest(content) == self.saving
        tally.found_old += self.saving is not None and digest(content) == old
        tally.most_lost_s = round(max([tally.most_lost_s, *lost]), 3)
        write(path, read(example_path("spiral")))


def _up_to_a_save(told: BinaryIO) -> list[bytes]:
    """What is told from now on, up to the beginning of the next save after all that has been told already."""
    os.set_blocking(told.fileno(), False)
    heard = told.readlines()
    os.set_blocking(told.fileno(), True)
    while not heard or not heard[-1].startswith(b"save "):
        heard.append(told.readline())
    return heard


def _wait_for_a_draft(store: Path) -> None:
    """Until a draft is just being written beside the one before."""
    end = time.monotonic() + LONGEST_LIFE_S
    while not _unfinished(store) and time.monotonic() < end:
        pass


def _unfinished(store: Path) -> list[Path]:
    return list(store.glob(f".*{UNFINISHED}"))


def number(path: Path) -> int:
    """The last edit that the file holds."""
    rate = read(path).optimizer.learning_rate / UNIT
    return round(rate) if rate < 10_000 else 0


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def work(folder: Path, writing: int, rng: random.Random) -> None:
    """Edit and save without end, and tell each time just before and just after."""
    application = make_application()
    program = Program(application, Settings(folder / "profile"), Language.ENGLISH, use_opengl=False)
    assert program.documents.open(folder / "work.gradgui")
    program.window.show()
    edits, last = 0, 0.0

    def tell(*words: object) -> None:
        os.write(writing, (" ".join(map(str, words)) + "\n").encode())

    def go_on() -> None:
        nonlocal edits, last
        last, before = time.monotonic(), last
        if edits == 0 and (program.session.snapshot is None or last - before > CALM_S):
            return
        if edits == 0:
            tell("ready")
        edits += 1
        tell("edit", time.monotonic())
        assert program.session.editing.ask(set_learning_rate, edits * UNIT)
        if edits % PLAY_EVERY == 1:
            program.actions.action("play_pause").trigger()
            tell("playing" if program.session.playing else "resting")
        if rng.random() < 1 / SAVE_EVERY:
            tell("save", digest(encode(program.session.editing.to_save())))
            program.actions.action("save").trigger()
            tell("saved")

    timer = QTimer(interval=EDIT_EVERY_MS)
    timer.timeout.connect(go_on)
    timer.start()
    application.exec()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    except UserError as error:
        sys.exit(error.text.en)
