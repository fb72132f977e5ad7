"""Does anything stay behind? Warm up, reset, count; play about, reset, count again: what always grows leaks."""

from __future__ import annotations

import gc
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gradgui.app import Program
from gradgui.session.examples import example_path
from tests.hardening.monkey import FORBIDDEN, Event, Hands, settle, wishes
from tests.hardening.watching import delete_what_is_due, listening, memory_mb, rest
from tests.hardening.window import opened, wait

CACHED = {"object gradgui.gui.widgets.formula.Typeset"}
"""A formula that was on the screen is kept in case it comes back, up to a number that no short run reaches."""

Count = Counter[str]
"""How many there are of each kind of widget, of each of our own classes, of threads and of open files."""


def leaks(
    application: QApplication, folder: Path, seed: int, rounds: int, events: int, say: Callable[[str], object]
) -> dict[str, list[int]]:
    """What there was more of after every single round, with how many there were: nothing, if all is well.

    Raises AssertionError with what went wrong out of sight meanwhile.
    """
    counts: list[Count] = []
    wished = wishes(seed)
    with opened(application, folder) as program, listening() as heard:
        for name in FORBIDDEN:
            program.actions.action(name).setEnabled(False)
        for number in range(rounds + 1):
            _play_about(program, wished, events)
            _start_over(program)
            assert not heard, heard[0]
            counts.append(counted())
            say(f"leaks: round {number}, {sum(counts[-1].values())} things, {memory_mb():.1f} MB")
    return always_growing(counts)


def counted() -> Count:
    """What lives now."""
    delete_what_is_due()
    found: Count = Counter(f"widget {type(each).__name__}" for each in QApplication.allWidgets())
    found.update(
        f"object {kind.__module__}.{kind.__qualname__}"
        for kind in map(type, gc.get_objects())
        if str(kind.__module__).startswith("gradgui.")  # some hide it behind a property
    )
    found["threads"] = threading.active_count()
    files = Path("/proc/self/fd")
    found["open files"] = len(os.listdir(files)) if files.exists() else 0
    return found


def always_growing(counts: list[Count]) -> dict[str, list[int]]:
    """Caches fill and stay; only a leak grows from each count to the next."""
    kinds: set[str] = set().union(*counts) - CACHED
    table = {kind: [count[kind] for count in counts] for kind in sorted(kinds)}
    return {kind: row for kind, row in table.items() if all(before < after for before, after in pairwise(row))}


def _play_about(program: Program, wished: Iterator[Event], events: int) -> None:
    hands = Hands(program)
    while hands.done < events:
        hands.do(next(wished))
    hands.deleteLater()


def _start_over(program: Program) -> None:
    """As the window was when it opened."""
    settle(program)
    program.lessons.run.leave()
    program.documents.forget_changes()
    seen = program.session.revision
    program.documents.open(example_path("toy-car"))
    program.window.focus_pane("")
    program.window.resize(1280, 720)
    wait(lambda: program.session.snapshot is not None and program.session.snapshot.revision > seen)
    rest(50)
