"""The whole window outside any story: for monkeys, races and soaks, in a process of their own or in the suite."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gradgui.app import Program, can_use_opengl
from gradgui.session.examples import example_path
from gradgui.session.settings import Settings
from gradgui.text import Language
from tests.hardening.watching import delete_what_is_due, rest


@contextmanager
def opened(
    application: QApplication, folder: Path, example: str = "toy-car", *, memory_mb: int = 16, safe_mode: bool = False
) -> Iterator[Program]:
    """A window with an example; gone without a trace afterwards."""
    settings = Settings(folder)
    settings.memory_mb = memory_mb
    program = Program(application, settings, Language.ENGLISH, can_use_opengl(safe_mode))
    try:
        program.documents.open(example_path(example))
        program.window.show()
        wait(partial(_is_shown, program))
        yield program
    finally:
        dispose(program)
        del program
        delete_what_is_due()


def _is_shown(program: Program) -> bool:
    return program.session.snapshot is not None


def dispose(program: Program) -> None:
    """Close the window and let go of it."""
    program.documents.forget_changes()
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
    delete_what_is_due()


def wait(until: Callable[[], bool], patience_s: float = 20.0) -> None:
    """Let the program work until it is so."""
    end = time.monotonic() + patience_s
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the window does not get there")
        rest()
