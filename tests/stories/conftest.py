"""Stories play in the whole window, driven with real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.app import Program, can_use_opengl
from gradgui.gui.fonts import load_fonts
from gradgui.session.examples import example_path
from gradgui.session.settings import Settings
from gradgui.session.snapshot import Snapshot
from gradgui.text import Language

Open = Callable[..., Program]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Opens a window with an example, and closes it when the story is over."""
    programs: list[Program] = []
    load_fonts(qapp)

    def opened(example: str = "toy-car", language: Language = Language.ENGLISH, safe_mode: bool = False) -> Program:
        program = Program(qapp, Settings(tmp_path), language, can_use_opengl(safe_mode))
        programs.append(program)
        assert program.documents.open(example_path(example))
        with qtbot.waitExposed(program.window):
            program.window.show()
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        qtbot.waitUntil(lambda: program.session.snapshot is not None)
        return program

    yield opened
    while programs:
        program = programs.pop()
        program.documents.forget_changes()
        program.window.close()
        program.window.deleteLater()
        program.deleteLater()
        del program


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., None]:
    """Presses a key that moves through the run, as often as asked, and waits until each move has been shown.

    A picture of the same moment may arrive in between (the surface was cut anew); it is not the answer to the key.
    """

    def pressed(program: Program, key: Qt.Key, times: int = 1, modifier: Qt.KeyboardModifier | None = None) -> None:
        for _ in range(times):
            here = stop(moment(program))
            with qtbot.waitSignal(program.session.shown, check_params_cb=lambda shown, here=here: stop(shown) != here):
                qtbot.keyClick(program.window, key, modifier or Qt.KeyboardModifier.NoModifier)

    return pressed


def stop(snapshot: Snapshot) -> tuple[object, ...]:
    """Where in the run a moment lies, down to the single product."""
    return snapshot.iteration, snapshot.cursor, snapshot.detail


def moment(program: Program) -> Snapshot:
    """What the window shows."""
    snapshot = program.session.snapshot
    assert snapshot is not None
    return snapshot
