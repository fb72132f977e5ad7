"""A window drawn where nobody sees it: does it open, step and show something?"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.text import Language

if TYPE_CHECKING:
    from gradgui.app import Program

PATIENCE_S = 30.0
SIZE = (1280, 720)
FEWEST_COLOURS = 12
"""An empty window has fewer."""


def window(language: Language) -> Iterator[str]:
    """Open the first example, run the first step event by event, and look at the picture."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QCoreApplication

    from gradgui.app import Program, make_application
    from gradgui.session.examples import example_path
    from gradgui.session.settings import Settings

    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(application, Settings(Path(folder)), language, use_opengl=False)
        try:
            program.documents.open(example_path("toy-car"))
            program.window.resize(*SIZE)
            program.window.show()
            yield from _steps(program, QCoreApplication.processEvents)
        finally:
            program.window.close()
            QCoreApplication.processEvents()


def _steps(program: Program, breathe: Callable[[], object]) -> Iterator[str]:
    session = program.session
    if not _wait(lambda: session.snapshot is not None, breathe):
        yield "the network does not appear"
        return
    assert session.snapshot is not None
    events = len(session.snapshot.network.events)
    for done in range(1, events + 1):
        session.step()
        if not _wait(partial(_has_done, program, done), breathe):
            yield f"step {done} does not come"
            return
    if session.snapshot.loss is None or abs(session.snapshot.loss - 12.5) > 1e-12:
        yield f"the loss of the toy car is {session.snapshot.loss}, not 12.5"
    image = program.window.grab().toImage()
    seen = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    if len(seen) < FEWEST_COLOURS:
        yield "the window is empty"


def _has_done(program: Program, events: int) -> bool:
    snapshot = program.session.snapshot
    return snapshot is not None and snapshot.cursor >= events


def _wait(until: Callable[[], bool], breathe: Callable[[], object]) -> bool:
    """Let the program work until it is so; False if that takes too long."""
    end = time.monotonic() + PATIENCE_S
    while not until():
        if time.monotonic() > end:
            return False
        breathe()
        time.sleep(0.002)
    return True
