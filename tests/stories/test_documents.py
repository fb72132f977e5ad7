"""Files in the window: opened, saved, dropped, and never lost without a question."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.document.compile import compile_experiment
from gradgui.document.file import read, write
from gradgui.gui.gallery.dialog import GalleryDialog
from gradgui.gui.leaving import Answer, LeavingDialog
from gradgui.lessons.lesson import all_lessons
from gradgui.session.examples import example_path
from gradgui.wiring.locking import KIOSK, hide
from tests.stories.conftest import Open, moment

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A file of one's own."""
    path = tmp_path / "mine" / "homework.gradgui"
    path.parent.mkdir()
    write(path, read(example_path("xor")))
    return path


def change_rate(program: Program, qtbot: QtBot, rate: str = "0.25") -> None:
    """An edit, as a student makes it."""
    field = program.window.tool_bar.rate
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    qtbot.keyClicks(field, rate)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rate_of(program) == float(rate))
    program.window.centralWidget().setFocus()


def rate_of(program: Program) -> float:
    experiment = program.session.experiment
    assert experiment is not None
    return experiment.optimizer.learning_rate


def question(program: Program, qtbot: QtBot) -> LeavingDialog:
    qtbot.waitUntil(lambda: bool(program.window.findChildren(LeavingDialog)))
    return program.window.findChildren(LeavingDialog)[-1]


def answer(program: Program, qtbot: QtBot, given: Answer) -> None:
    dialog = question(program, qtbot)
    qtbot.mouseClick(dialog.button_for(given), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.window.findChildren(LeavingDialog))


def type_name(program: Program, qtbot: QtBot, path: Path) -> None:
    """Into the file dialog that is open, then Enter."""
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QFileDialog)))
    dialog = program.window.findChildren(QFileDialog)[-1]
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(path))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.window.findChildren(QFileDialog))


def drop(program: Program, path: Path, place: QPoint) -> bool:
    """Carry a file over the window and let go of it there; whether it was taken."""
    handle = program.window.windowHandle()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setText(str(path))
    copy, none, left = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place, copy, data, left, none)
    QCoreApplication.sendEvent(handle, enter)
    let_go = QDropEvent(QPointF(place), copy, data, left, none, QEvent.Type.Drop)
    QCoreApplication.sendEvent(handle, let_go)
    return enter.isAccepted() and let_go.isAccepted()


def test_a_change_is_marked_and_saving_takes_the_mark_away(open_window: Open, mine: Path, qtbot: QtBot) -> None:
    program = open_window()
    assert program.documents.open(mine)
    window = program.window
    assert not window.isWindowModified()
    assert "homework.gradgui" in window.windowTitle()
    change_rate(program, qtbot)
    assert window.isWindowModified()
    assert "•" in window.tool_bar.title.text()
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert not window.isWindowModified()
    assert "•" not in window.tool_bar.title.text()
    assert read(mine).optimizer.learning_rate == 0.25


def test_saving_an_example_asks_for_a_name_and_leaves_the_example_alone(
    open_window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    program = open_window()
    example = example_path("toy-car").read_bytes()
    change_rate(program, qtbot)
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    type_name(program, qtbot, tmp_path / "car")
    assert read(tmp_path / "car.gradgui").optimizer.learning_rate == 0.25
    assert example_path("toy-car").read_bytes() == example
    assert program.documents.path == tmp_path / "car.gradgui"
    assert [file.path for file in program.documents.recent.files()] == [tmp_path / "car.gradgui"]


def test_what_is_saved_holds_the_parameters_of_now(open_window: Open, mine: Path, qtbot: QtBot) -> None:
    program = open_window()
    assert program.documents.open(mine)
    qtbot.waitUntil(lambda: moment(program).revision == program.session.revision)
    before = json.loads(mine.read_text())
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    assert json.loads(mine.read_text()) == before, "a run that has not moved writes no weights down"
    program.session.go_to(3, 0)
    qtbot.waitUntil(lambda: moment(program).iteration == 3)
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    saved = compile_experiment(read(mine), mine.parent).network.theta
    assert np.array_equal(saved, moment(program).theta)
    assert not program.window.isWindowModified()


def test_the_data_of_a_table_comes_along_into_another_folder(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    program = open_window("house-prices")
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL | SHIFT)
    type_name(program, qtbot, tmp_path / "houses.gradgui")
    compile_experiment(read(tmp_path / "houses.gradgui"), tmp_path)


def test_closing_asks_before_work_is_lost(open_window: Open, mine: Path, qtbot: QtBot) -> None:
    program = open_window()
    assert program.documents.open(mine)
    change_rate(program, qtbot)
    program.window.close()
    answer(program, qtbot, Answer.CANCEL)
    assert program.window.isVisible()
    assert rate_of(program) == 0.25
    program.window.close()
    qtbot.keyClick(question(program, qtbot), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not program.window.findChildren(LeavingDialog))
    assert program.window.isVisible()
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    qtbot.keyClick(program.window, Qt.Key.Key_Q, CONTROL)
    answer(program, qtbot, Answer.SAVE)
    qtbot.waitUntil(lambda: not program.window.isVisible())
    assert read(mine).optimizer.learning_rate == 0.25


def test_closing_without_saving_leaves_the_file_as_it_was(open_window: Open, mine: Path, qtbot: QtBot) -> None:
    program = open_window()
    assert program.documents.open(mine)
    before = mine.read_bytes()
    change_rate(program, qtbot)
    program.window.close()
    answer(program, qtbot, Answer.DISCARD)
    qtbot.waitUntil(lambda: not program.window.isVisible())
    assert mine.read_bytes() == before


def test_opening_another_file_asks_and_then_opens_it(open_window: Open, mine: Path, qtbot: QtBot) -> None:
    program = open_window()
    change_rate(program, qtbot)
    qtbot.keyClick(program.window, Qt.Key.Key_O, CONTROL)
    answer(program, qtbot, Answer.DISCARD)
    type_name(program, qtbot, mine)
    assert program.documents.path == mine
    assert not program.window.isWindowModified()


def test_a_file_dropped_anywhere_opens(open_window: Open, mine: Path, tmp_path: Path) -> None:
    program = open_window()
    field = program.window.tool_bar.rate
    over_a_field = field.mapTo(program.window, field.rect().center())
    assert drop(program, mine, over_a_field)
    assert program.documents.path == mine
    assert field.text() != str(mine)
    assert drop(program, mine, program.window.rect().center())
    picture = tmp_path / "cat.png"
    picture.touch()
    drop(program, picture, program.window.rect().center())
    assert program.documents.path == mine


def test_a_machine_in_the_open_takes_no_file_from_outside(open_window: Open, mine: Path) -> None:
    program = open_window()
    hide(program.actions, KIOSK)
    drop(program, mine, program.window.rect().center())
    assert program.documents.path is None


def test_a_machine_in_the_open_saves_no_picture(open_window: Open) -> None:
    program = open_window()
    export = program.desk.views.surface.exporter
    assert export.is_offered
    hide(program.actions, KIOSK)
    assert not export.is_offered


def test_a_broken_file_is_refused_in_the_window_and_the_old_one_stays(
    open_window: Open, mine: Path, tmp_path: Path
) -> None:
    program = open_window()
    broken = tmp_path / "broken.gradgui"
    broken.write_text(mine.read_text().replace('"units": 4', '"units": 0'))
    before = program.window._status.text()
    assert drop(program, broken, QPoint(400, 400))
    assert program.window._status.text() == before  # no longer "Let go to open"
    said = program.window.notices.text
    assert said is not None
    assert "network.layers[0].units: expected a whole number from 1" in said.en
    assert program.documents.path is None
    assert drop(program, mine, QPoint(400, 400))
    assert program.window.notices.text is None


def test_recent_files_are_offered_and_missing_ones_are_grey(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    program = open_window()
    paths = [tmp_path / f"{number}.gradgui" for number in range(12)]
    for path in paths:
        write(path, read(example_path("xor")))
        assert program.documents.open(path)
    paths[11].unlink()
    menu = program.window.tool_bar.recent
    menu.popup(program.window.pos())
    files = [action for action in menu.actions() if action.data() is not None]
    assert [action.data() for action in files] == paths[:1:-1]
    assert [action.isEnabled() for action in files] == [False] + [True] * 9
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert program.documents.path == paths[10]


def test_a_folder_that_may_not_be_written_is_named_and_the_old_file_stays(
    open_window: Open, mine: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = open_window()
    assert program.documents.open(mine)
    before = mine.read_bytes()
    change_rate(program, qtbot)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    said = program.window.notices.text
    assert said is not None
    assert said.en == f"{mine} cannot be written: the disk is full."
    assert said.zh == f"无法写入 {mine}：磁盘已满。"
    assert mine.read_bytes() == before
    assert program.window.isWindowModified()
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    assert program.window.notices.text is None
    assert read(mine).optimizer.learning_rate == 0.25


def test_undo_says_what_it_takes_back_and_brings_back_the_saved_state(
    open_window: Open, mine: Path, qtbot: QtBot
) -> None:
    program = open_window()
    assert program.documents.open(mine)
    before = rate_of(program)
    undo, redo = program.actions.action("undo"), program.actions.action("redo")
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("Undo", False, False)
    change_rate(program, qtbot)
    assert undo.text() == "Undo change learning rate"
    program.desk.speech.toggle()
    assert undo.text() == "撤销修改学习率"
    program.desk.speech.toggle()
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    assert rate_of(program) == before
    assert not program.window.isWindowModified()
    assert redo.text() == "Redo change learning rate"
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert rate_of(program) == 0.25
    assert program.window.isWindowModified()
    menus = [button.menu() for button in program.window.tool_bar.findChildren(QToolButton) if button.menu()]
    assert any(undo in menu.actions() for menu in menus)


def test_new_begins_with_an_example_that_no_file_holds_yet(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    qtbot.keyClick(program.window, Qt.Key.Key_N, CONTROL)
    dialog = program.window.findChild(GalleryDialog)
    assert dialog is not None
    card = next(card for card in dialog.cards if card.template.id == "moons")
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert program.documents.title.en == "Two moons"
    assert program.documents.path is None
    assert not program.window.isWindowModified()


def test_unsaved_work_waits_behind_a_lesson_and_is_asked_about_when_the_window_closes(
    open_window: Open, mine: Path, qtbot: QtBot
) -> None:
    program = open_window()
    assert program.documents.open(mine)
    change_rate(program, qtbot)
    program.lessons.teach(all_lessons()[0])
    assert program.lessons.run.state is not None
    assert program.documents.path is None, "a lesson is never saved over the user's file"
    program.window.close()
    answer(program, qtbot, Answer.CANCEL)
    assert program.lessons.run.state is None
    assert program.window.isVisible()
    assert rate_of(program) == 0.25
    assert program.documents.path == mine
    program.lessons.teach(all_lessons()[0])
    program.lessons.run.leave()
    assert program.documents.modified
    program.documents.save()
    assert read(mine).optimizer.learning_rate == 0.25
