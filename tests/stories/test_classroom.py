"""In front of a class: a vote on the open question, a lesson that plays by itself, paper, locked commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from gradgui.app import Program, run_window
from gradgui.errors import UserError
from gradgui.gui.classroom.poll_card import PollCard
from gradgui.gui.theme import Space, Theme
from gradgui.lessons.lesson import Do, Predict, all_lessons, lesson_of
from gradgui.session.autoplay import AutoPlay
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.text import Language
from gradgui.wiring.classroom import Classroom
from gradgui.wiring.locking import KIOSK, hide, known
from gradgui.wiring.looks import PROJECTOR
from tests.stories.conftest import Open


def classroom(program: Program) -> Classroom:
    found = program.findChild(Classroom)
    assert isinstance(found, Classroom)
    return found


def state(program: Program) -> LessonState:
    found = program.lessons.run.state
    assert found is not None
    return found


def taught(program: Program, qtbot: QtBot, lesson: str) -> Program:
    program.lessons.teach(lesson_of(lesson))
    qtbot.waitUntil(lambda: not program.lessons.run.hands.busy and program.lessons.run.deeds is not None)
    return program


def press(program: Program, words: str, qtbot: QtBot) -> None:
    card = classroom(program).card
    button = next(each for each in card.findChildren(QPushButton) if each.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_vote_on_the_open_question_is_kept_and_survives_a_change_of_language(open_window: Open, qtbot: QtBot) -> None:
    program = taught(open_window(), qtbot, "cat")
    program.actions.action("poll").trigger()
    card = classroom(program).card
    assert card.isVisible()
    for field, hands in zip(card.fields, (6, 3, 1), strict=True):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, str(hands))
    program.actions.action("language").trigger()
    press(program, "公布票数", qtbot)
    assert [bar.share for bar in card.bars] == [0.6, 0.3, 0.1]
    assert "60%" in card.advice
    kept = classroom(program).book.poll("cat", state(program).step.id)
    assert kept is not None
    assert kept.rounds == ((6, 3, 1),)
    assert state(program).now.stage is Stage.ASKING
    program.desk.speech.speak(Language.ENGLISH)


def test_every_vote_leaves_the_status_line_in_sight_and_with_three_answers_the_tool_bar_too(open_window: Open) -> None:
    program, theme = open_window(safe_mode=True), Theme(factor=PROJECTOR)
    program.window.resize(1280, 720)
    program.desk.theme.use_factor(PROJECTOR)
    card, found = PollCard(program.desk.speech, program.desk.theme, program.window), []
    votes = [(lesson, step) for lesson in all_lessons() for step in lesson.steps if isinstance(step, Predict)]
    assert len(votes) > 20
    low = program.window.height() - theme.px(Space.STATUS)
    for language in Language:
        program.desk.speech.speak(language)
        for lesson, step in votes:
            card.open(step.ask, [option.text for option in step.options], None, 0)
            card.fields[0].set_value(3.0)
            card.go_on()
            assert card.is_shown
            top = theme.px(Space.TOOL_BAR) if len(step.options) <= 3 else 0
            seen = card.y() >= top and card.geometry().bottom() <= low
            found += [] if seen else [(language, lesson.id, step.id, card.geometry())]
            card.hide()
    assert found == []


def test_without_a_lesson_a_vote_says_what_to_do(open_window: Open) -> None:
    program = open_window()
    program.actions.action("poll").trigger()
    assert not classroom(program).card.isVisible()
    assert program.window.notices.isVisible()


def test_a_lesson_plays_its_task_and_waits_at_a_question(open_window: Open, qtbot: QtBot) -> None:
    program = taught(open_window(), qtbot, "cat")
    auto: AutoPlay = classroom(program).auto
    auto.use_speed(4.0)
    program.actions.action("auto_play").setChecked(True)
    assert auto.playing
    assert state(program).now.stage is Stage.ASKING
    run = program.lessons.run
    run.choose(0)
    run.lock()
    first_task = next(index for index, step in enumerate(state(program).lesson.steps) if isinstance(step, Do))
    qtbot.waitUntil(lambda: state(program).steps[first_task].stage is Stage.DONE, timeout=40_000)
    assert auto.playing


def test_any_key_takes_over_and_does_nothing_else(open_window: Open, qtbot: QtBot) -> None:
    program = taught(open_window(), qtbot, "cat")
    program.actions.action("auto_play").setChecked(True)
    before = state(program)
    qtbot.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_F10)
    assert not classroom(program).auto.playing
    assert not program.actions.action("auto_play").isChecked()
    assert state(program) is before


def test_paper_of_the_lesson_is_saved_from_the_window(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    program = taught(open_window(), qtbot, "cat")
    program.actions.action("handout").trigger()
    dialog = program.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(tmp_path / "cat.pdf"))
    dialog.accept()
    qtbot.waitUntil((tmp_path / "cat.pdf").exists)
    assert (tmp_path / "cat.pdf").read_bytes().startswith(b"%PDF")


def test_a_locked_command_is_gone_from_the_window_with_its_keys(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    hide(program.actions, known(("play_pause", "open")))
    assert not program.actions.action("play_pause").isVisible()
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    assert not program.session.playing


def test_a_command_that_does_not_exist_cannot_be_locked() -> None:
    with pytest.raises(UserError, match="got fly"):
        known(("open", "fly"))


def test_a_machine_in_the_open_hides_commands_that_there_are() -> None:
    assert known(KIOSK) == KIOSK


def test_what_cannot_be_started_is_said_before_there_is_a_window() -> None:
    with pytest.raises(UserError, match="got fly"):
        run_window(None, locked=("fly",))
    with pytest.raises(UserError, match="got fly"):
        run_window(None, lesson="fly")
