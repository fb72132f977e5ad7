"""Closing the window at the worst moment: while it starts, while it trains, while the surface is being drawn."""

from __future__ import annotations

import random
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gradgui.app import Program, can_use_opengl
from gradgui.session.examples import example_path
from gradgui.session.settings import Settings
from gradgui.text import Language
from tests.hardening.watching import delete_what_is_due

EXAMPLES = ("toy-car", "spiral", "digits-dense", "digits-convolution", "surface-rastrigin")
LONGEST_MS = 150


def race(application: QApplication, folder: Path, chance: random.Random) -> float:
    """Open, play, and close after a random moment; gives how long closing took, in seconds."""
    program = Program(application, Settings(folder), Language.ENGLISH, can_use_opengl(safe_mode=False))
    program.documents.open(example_path(chance.choice(EXAMPLES)))
    program.window.show()
    _work_for(chance.uniform(0, LONGEST_MS))
    for _ in range(chance.randint(0, 3)):
        chance.choice((program.session.play, program.session.pause, program.session.reset, program.session.step))()
        _work_for(chance.uniform(0, LONGEST_MS / 5))
    program.session.play()
    _work_for(chance.uniform(0, LONGEST_MS))
    program.documents.forget_changes()
    begun = time.perf_counter()
    program.window.close()
    took = time.perf_counter() - begun
    assert not program.window.isVisible()
    program.window.deleteLater()
    program.deleteLater()
    del program
    delete_what_is_due()
    return took


def _work_for(milliseconds: float) -> None:
    end = time.perf_counter() + milliseconds / 1000
    while time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.0005)
