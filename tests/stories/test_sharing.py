"""A file for students: the teacher saves it, and whoever opens it may do less."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.document.locks import LocksSpec
from gradgui.gui.classroom.share_dialog import ShareDialog
from gradgui.lessons.lesson import lesson_of
from gradgui.session.examples import example_path
from gradgui.session.reins import Deed
from gradgui.text import Language

Open = Callable[..., Program]


def shared(program: Program, path: Path, *ticked: str) -> None:
    """By hand: the command, the boxes, the name of the file."""
    program.actions.action("share").trigger()
    dialog = program.window.findChild(ShareDialog)
    assert isinstance(dialog, ShareDialog)
    for name in ticked:
        dialog.toggles[name].click()
    dialog.save.click()
    files = program.window.findChild(QFileDialog)
    assert isinstance(files, QFileDialog)
    files.fileSelected.emit(str(path))
    files.reject()


def visible(program: Program, *names: str) -> list[bool]:
    return [program.actions.action(name).isVisible() for name in names]


@pytest.mark.parametrize("language", Language)
def test_students_keep_to_what_the_teacher_locked_and_nobody_else_does(
    open_window: Open, tmp_path: Path, language: Language
) -> None:
    program = open_window("toy-car", language, safe_mode=True)
    path = tmp_path / "class.gradgui"
    shared(program, path, "edit", "train", "predict")
    assert visible(program, "play_pause", "share") == [True, True]
    assert program.session.reins.why_not(Deed.EDIT) is None
    assert program.documents.open(path)
    assert visible(program, "play_pause", "next_epoch", "undo", "share", "lock_predictions", "step") == [False] * 5 + [
        True
    ]
    assert program.session.reins.why_not(Deed.EDIT) is not None
    assert program.actions.action("lock_predictions").isChecked()
    assert program.window.notices.isVisible()
    assert program.documents.open(example_path("toy-car"))
    assert visible(program, "play_pause", "undo", "share", "lock_predictions") == [True] * 4
    assert program.actions.action("play_pause").shortcuts()
    assert not program.actions.action("lock_predictions").isChecked()
    assert program.session.reins.why_not(Deed.EDIT) is None


def test_what_builds_networks_stands_back_where_a_file_is_locked(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    program = open_window("toy-car", safe_mode=True)

    def strength() -> float:
        parts = program.desk.views.network._scene.parts
        assert parts is not None
        return parts.tools.opacity()

    path = tmp_path / "class.gradgui"
    shared(program, path, "edit")
    assert strength() == 1.0
    assert program.documents.open(path)
    assert strength() < 0.5
    program.lessons.teach(lesson_of("cat"))
    qtbot.waitUntil(lambda: program.lessons.run.state is not None)
    program.lessons.run.leave()
    assert strength() < 0.5
    assert program.documents.open(example_path("toy-car"))
    assert strength() == 1.0


def test_a_lesson_in_between_has_its_own_rules_and_the_lock_comes_back(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    program = open_window("toy-car", safe_mode=True)
    path = tmp_path / "class.gradgui"
    shared(program, path, "train")
    assert program.documents.open(path)
    program.lessons.teach(lesson_of("cat"))
    qtbot.waitUntil(lambda: visible(program, "play_pause") == [True])
    program.lessons.run.leave()
    qtbot.waitUntil(lambda: visible(program, "play_pause") == [False])


def test_without_a_tick_the_file_is_an_ordinary_one(open_window: Open, tmp_path: Path) -> None:
    program = open_window("toy-car", safe_mode=True)
    path = tmp_path / "free.gradgui"
    shared(program, path)
    assert "locks" not in json.loads(path.read_text(encoding="utf-8"))


def test_a_name_of_a_command_that_does_not_exist_is_passed_over(open_window: Open, tmp_path: Path) -> None:
    program = open_window("toy-car", safe_mode=True)
    path = tmp_path / "class.gradgui"
    shared(program, path, "edit")
    locks = LocksSpec(hide=("zoom_in", "from_the_future"))
    content = json.loads(path.read_text(encoding="utf-8")) | {"locks": {"hide": list(locks.hide)}}
    path.write_text(json.dumps(content), encoding="utf-8")
    assert program.documents.open(path)
    assert visible(program, "zoom_in", "zoom_out") == [False, True]
