"""Language, colours and size change in the middle of whatever is going on, and nothing else does."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.tool_bar import TitleButton
from gradgui.lessons.lesson import lesson_of
from gradgui.text import Language
from gradgui.wiring.classroom import Classroom
from tests.stories.conftest import Open, moment, stop

CTRL = Qt.KeyboardModifier.ControlModifier
LOOKS = ("theme", "contrast", "zoom_in", "presenter")


def turn_everything(program: Program, qtbot: QtBot) -> None:
    """Language, light or dark, contrast, size and presenter mode, there and back."""
    for _ in range(2):
        qtbot.keyClick(program.window, Qt.Key.Key_L, CTRL)
        for command in LOOKS:
            program.actions.action(command).trigger()
            qtbot.wait(20)


def test_nothing_moves_in_the_middle_of_a_backward_step(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car", safe_mode=True)
    for _ in range(9):
        here = stop(moment(program))
        with qtbot.waitSignal(program.session.shown, check_params_cb=lambda seen, here=here: stop(seen) != here):
            qtbot.keyClick(program.window, Qt.Key.Key_F10)
    before = moment(program)
    assert before.current is not None
    theta, gradients = before.theta.copy(), stop(before)
    turn_everything(program, qtbot)
    assert stop(moment(program)) == gradients
    assert np.array_equal(moment(program).theta, theta)
    assert program.desk.speech.language is Language.ENGLISH


def test_the_hands_of_a_poll_stay_counted(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car", safe_mode=True)
    program.lessons.teach(lesson_of("cat"))
    qtbot.waitUntil(lambda: not program.lessons.run.hands.busy and program.lessons.run.deeds is not None)
    program.actions.action("poll").trigger()
    classroom = program.findChild(Classroom)
    assert isinstance(classroom, Classroom)
    fields = classroom.card.fields
    for field, hands in zip(fields, (6, 3, 1), strict=True):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, str(hands))
    state, hands_before = program.lessons.run.state, [field.text() for field in fields]
    turn_everything(program, qtbot)
    assert program.lessons.run.state is state
    assert classroom.card.isVisible()
    assert [field.text() for field in classroom.card.fields] == hands_before


def test_training_runs_on(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", safe_mode=True)
    program.actions.action("play_pause").trigger()
    qtbot.waitUntil(lambda: moment(program).running)
    before = moment(program).iteration
    turn_everything(program, qtbot)
    qtbot.waitUntil(lambda: moment(program).iteration > before)
    assert moment(program).running
    program.actions.action("play_pause").trigger()
    qtbot.waitUntil(lambda: not moment(program).running)


def test_in_front_of_a_class_the_whole_screen_is_the_windows_without_menu_and_title(
    open_window: Open, qtbot: QtBot
) -> None:
    program = open_window("toy-car", safe_mode=True)
    title = program.window.findChild(TitleButton)
    assert isinstance(title, TitleButton)
    qtbot.keyClick(program.window, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(program.window.isFullScreen)
    assert not title.isVisible()
    qtbot.keyClick(program.window, Qt.Key.Key_2, CTRL)
    assert program.window.focused_pane
    qtbot.keyClick(program.window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(program.window, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not program.window.isFullScreen())
    assert title.isVisible()
