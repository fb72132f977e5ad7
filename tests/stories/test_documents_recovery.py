"""The program ends too soon; at the next start the work is there again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.document.file import read, write
from gradgui.gui.leaving import Answer
from gradgui.session.examples import example_path
from tests.stories.conftest import Open
from tests.stories.test_documents import CONTROL, answer, change_rate, rate_of


def kept(folder: Path) -> list[Path]:
    return list((folder / "recovery").glob("*.recovery"))


def crash(folder: Path) -> None:
    """As if the window that keeps its work here had been killed: its file stays, and nobody holds it."""
    (file,) = kept(folder)
    shutil.copy(file, file.with_name("1-dead.recovery"))


def press_answer(program: Program, qtbot: QtBot, number: int) -> None:
    qtbot.mouseClick(program.window.offers.buttons[number], Qt.MouseButton.LeftButton)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "homework.gradgui"
    write(path, read(example_path("xor")))
    return path


def test_a_change_is_kept_safe_within_two_seconds_and_a_save_ends_that(
    open_window: Open, mine: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = open_window()
    assert program.documents.open(mine)
    assert kept(tmp_path) == []
    change_rate(program, qtbot)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1, timeout=2000)
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: kept(tmp_path) == [])


def test_undoing_everything_leaves_nothing_to_recover(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    program = open_window()
    change_rate(program, qtbot)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: kept(tmp_path) == [])


def test_a_clean_end_leaves_nothing_behind(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    program = open_window()
    change_rate(program, qtbot)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    program.window.close()
    answer(program, qtbot, Answer.DISCARD)
    qtbot.waitUntil(lambda: not program.window.isVisible())
    assert list((tmp_path / "recovery").iterdir()) == []


def test_after_a_crash_the_work_is_offered_and_comes_back_with_its_file(
    open_window: Open, mine: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    first = open_window()
    assert first.documents.open(mine)
    change_rate(first, qtbot)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    crash(tmp_path)
    first.documents.forget_changes()
    first.window.close()
    second = open_window()
    said = second.window.offers.text
    assert said is not None
    assert said.en.startswith("“homework.gradgui” was not saved")
    assert "homework.gradgui" in said.zh
    press_answer(second, qtbot, 0)
    assert second.window.offers.text is None
    assert rate_of(second) == 0.25
    assert second.documents.path == mine
    assert second.window.isWindowModified()
    qtbot.waitUntil(lambda: [file.name != "1-dead.recovery" for file in kept(tmp_path)] == [True])
    qtbot.keyClick(second.window, Qt.Key.Key_S, CONTROL)
    assert read(mine).optimizer.learning_rate == 0.25
    qtbot.waitUntil(lambda: kept(tmp_path) == [])


@pytest.mark.parametrize("discard", [True, False])
def test_what_is_offered_can_be_discarded_or_left_for_later(
    open_window: Open, tmp_path: Path, qtbot: QtBot, discard: bool
) -> None:
    first = open_window()
    change_rate(first, qtbot)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    crash(tmp_path)
    first.documents.forget_changes()
    first.window.close()
    second = open_window()
    if discard:
        press_answer(second, qtbot, 1)
    second.window.close()
    third = open_window()
    assert (third.window.offers.text is None) is discard
    assert rate_of(third) != 0.25
    assert [file.name for file in kept(tmp_path)] == ([] if discard else ["1-dead.recovery"])


def test_recovering_asks_first_if_something_else_was_begun(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    first = open_window("xor")
    change_rate(first, qtbot, "0.75")
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    crash(tmp_path)
    first.documents.forget_changes()
    first.window.close()
    second = open_window()
    change_rate(second, qtbot)
    press_answer(second, qtbot, 0)
    assert rate_of(second) == 0.25
    answer(second, qtbot, Answer.DISCARD)
    assert rate_of(second) == 0.75
