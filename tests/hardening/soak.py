"""Hours of use in little: does memory grow once everything has been used?"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gradgui.session.examples import example_path
from tests.hardening.watching import delete_what_is_due, memory_mb, rest
from tests.hardening.window import opened, wait

EXAMPLES = ("spiral", "digits-dense", "toy-car", "xor", "surface-ravine")


def train_for(
    application: QApplication, folder: Path, minutes: float, warm_up: float, say: Callable[[str], object]
) -> float:
    """Train without pause with all views open; gives the growth in MB after warming up."""
    with opened(application, folder, "spiral") as program:
        program.session.play()
        begun = last = time.monotonic()
        before: float | None = None
        while (now := time.monotonic()) - begun < 60 * minutes:
            rest(50)
            if before is None and now - begun > 60 * warm_up:
                before = memory_mb()
            if now - last > 60:
                last = now
                snapshot = program.session.snapshot
                assert snapshot is not None
                say(f"soak: {(now - begun) / 60:.0f} min, {snapshot.iteration} steps, {memory_mb():.1f} MB")
                if not program.session.playing:
                    program.session.play()
        program.session.pause()
        delete_what_is_due()
        return memory_mb() - (before or memory_mb())


def reset_often(
    application: QApplication, folder: Path, times: int, warm_up: int, say: Callable[[str], object]
) -> float:
    """Reset, and every tenth time open another example; gives the growth in MB after warming up."""
    before = 0.0
    with opened(application, folder) as program:
        for number in range(times):
            seen = program.session.revision
            if number % 10 == 9:
                program.documents.forget_changes()
                program.documents.open(example_path(EXAMPLES[number // 10 % len(EXAMPLES)]))
            else:
                program.session.step()
                program.session.reset()
            wait(lambda seen=seen: program.session.snapshot.revision > seen)  # type: ignore[misc]
            if number + 1 == warm_up:
                delete_what_is_due()
                before = memory_mb()
            if number % 1000 == 999:
                say(f"resets: {number + 1}, {memory_mb():.1f} MB")
        delete_what_is_due()
        return memory_mb() - before
