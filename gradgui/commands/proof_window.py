"""A window is opened, steps, draws its formulas and, where the screen can, its landscape: does all of it work?"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from gradgui.text import Language

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from gradgui.app import Program

PATIENCE_S = 30.0
SIZE = (1280, 720)
FEWEST_COLOURS = 12
"""An empty window has fewer."""
FORMULA = r"\frac{\partial L}{\partial w}"
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
HARMLESS = ("This plugin does not support", "does not support QWindow::requestActivate")
"""What a platform says about itself."""


def window(language: Language) -> Iterator[str]:
    """Open the first example on this screen, or where there is none in memory, and run its first step."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in SCREENS):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QCoreApplication

    from gradgui.app import Program, can_use_opengl, make_application
    from gradgui.session.examples import example_path
    from gradgui.session.settings import Settings

    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as folder, _listening() as complaints:
        program = Program(application, Settings(Path(folder)), language, can_use_opengl(safe_mode=False))
        painted: list[bool] = []
        program.desk.views.surface.scene_painted.connect(partial(painted.append, True))
        try:
            program.documents.open(example_path("toy-car"))
            program.window.resize(*SIZE)
            program.window.show()
            yield from _steps(program, QCoreApplication.processEvents)
            yield from _looks(program, painted, QCoreApplication.processEvents)
        finally:
            program.documents.forget_changes()
            program.window.close()
            QCoreApplication.processEvents()
    yield from dict.fromkeys(complaints)


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Everything that goes wrong out of sight: in slots and paint events, and what Qt warns of."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    heard: list[str] = []

    def failed(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        heard.append(f"{kind.__name__}: {error}")

    def said(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        serious = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if serious and not any(each in words for each in HARMLESS):
            heard.append(f"Qt: {words}")

    hook, sys.excepthook = sys.excepthook, failed
    handler = qInstallMessageHandler(said)
    try:
        yield heard
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(handler)


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


def _looks(program: Program, painted: list[bool], breathe: Callable[[], object]) -> Iterator[str]:
    from gradgui.gui.surface.opengl import is_available
    from gradgui.gui.widgets.formula import Typesetter

    stage = program.desk.views.surface.stage
    had_scene = stage.has_scene
    if had_scene and not _wait(lambda: bool(painted) or not stage.has_scene, breathe):
        yield "the landscape does not appear"
    if had_scene and not stage.has_scene and is_available():
        yield "OpenGL is there, but the landscape cannot be drawn"
    if Typesetter().typeset(FORMULA) is None:
        yield "a formula cannot be typeset"
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
