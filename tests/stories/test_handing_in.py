"""Students hand in what they have done; the teacher makes one table of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.lessons.lesson import lesson_of
from gradgui.text import Language
from tests.stories.conftest import Open
from tests.stories.test_classroom import classroom, state, taught


def chosen(program: Program, *files: Path) -> None:
    """The open file dialog is answered."""
    dialog = next(each for each in program.window.findChildren(QFileDialog) if each.isVisible())
    if dialog.fileMode() is QFileDialog.FileMode.ExistingFiles:
        dialog.filesSelected.emit(list(map(str, files)))
    else:
        dialog.fileSelected.emit(str(files[0]))
    dialog.reject()


@pytest.mark.parametrize("language", Language)
def test_a_student_hands_in_a_file_and_a_class_becomes_one_table(
    open_window: Open, qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    program = taught(open_window("toy-car", language, safe_mode=True), qtbot, "cat")
    run = program.lessons.run
    run.choose(0)
    run.lock()
    qtbot.waitUntil(lambda: state(program).now.right is not None)
    qtbot.waitUntil(lambda: program.lessons.progress.share(lesson_of("cat")) > 0)
    mine, table = tmp_path / "王小明.json", tmp_path / "class.csv"
    program.actions.action("hand_in").trigger()
    chosen(program, mine)
    program.actions.action("class_progress").trigger()
    chosen(program, mine)
    chosen(program, table)
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    cat = next(row for row in rows if row["lesson"] == "cat")
    assert (cat["student"], cat["done"], cat["right first time"]) == ("王小明", "1", "1")
    assert table.read_bytes().startswith("\ufeff".encode())


def test_a_damaged_file_is_named_before_anybody_is_asked_where_to_save(open_window: Open, tmp_path: Path) -> None:
    program = open_window("toy-car", safe_mode=True)
    damaged = tmp_path / "li.json"
    damaged.write_text("{", encoding="utf-8")
    program.actions.action("class_progress").trigger()
    chosen(program, damaged)
    assert not any(dialog.isVisible() for dialog in program.window.findChildren(QFileDialog))
    assert "li.json: this is no progress file" in program.window.notices.text.en


def test_plus_and_minus_set_the_speed_of_a_lesson_that_plays_and_shift_alone_does_nothing(
    open_window: Open, qtbot: QtBot
) -> None:
    program = taught(open_window(), qtbot, "cat")
    auto = classroom(program).auto
    program.actions.action("auto_play").setChecked(True)
    keys = ((Qt.Key.Key_Plus, 2.0), (Qt.Key.Key_Shift, 2.0), (Qt.Key.Key_Minus, 1.0), (Qt.Key.Key_Minus, 0.5))
    for key, speed in keys:
        qtbot.keyClick(program.window, key)
        assert (auto.playing, auto.speed) == (True, speed)
    qtbot.keyClick(program.window, Qt.Key.Key_A)
    assert not auto.playing
