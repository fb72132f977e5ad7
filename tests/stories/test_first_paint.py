"""After an edit the window is painted once, with its new landscape."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from tests.stories.conftest import Open


class Paintings(QObject):
    """Counts how often a window is really painted."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.count = 0
        program.desk.views.network.view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_nothing_is_painted_while_the_landscape_is_awaited_and_everything_with_it(
    qtbot: QtBot, open_window: Open
) -> None:
    program = open_window("toy-car")
    qtbot.wait(500)
    first, viewport = program.session.first_picture, program.desk.views.network.view.viewport()
    paintings = Paintings(program)
    first.begin(Event())
    viewport.update()
    qtbot.wait(20)
    if first.is_awaited:
        assert paintings.count == 0
    first.come()
    qtbot.waitUntil(lambda: paintings.count > 0)
    first.end()
