"""All eighteen lessons, from the gallery to the last step, in the whole window: first wrong, then right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.lessons.option_card import Mark
from gradgui.gui.lessons.slider import LessonSlider
from gradgui.lessons.lesson import Lesson, Predict, all_lessons
from gradgui.resources import path as resource
from gradgui.session.breakpoints import Breakpoint, Kind
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.text import Language

Open = Callable[..., Program]
LESSONS = {lesson.id: lesson for lesson in all_lessons()}


def click(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def state(program: Program) -> LessonState:
    found = program.lessons.run.state
    assert found is not None
    return found


def settle(program: Program, qtbot: QtBot) -> None:
    """Wait until all that was asked is on the screen."""
    run: LessonRun = program.lessons.run
    run.hands.settle()
    qtbot.waitUntil(lambda: not run.hands.busy, timeout=20_000)
    qtbot.waitUntil(lambda: run.state is None or run.state.now.stage is not Stage.REVEALING, timeout=20_000)


def begin(program: Program, qtbot: QtBot, lesson: str) -> None:
    """From the gallery, with a click on the card."""
    gallery = program.lessons.gallery
    program.actions.action("lessons").trigger()
    card = next(card for card in gallery.cards if card.lesson.id == lesson)
    click(qtbot, card)
    assert not gallery.isVisible()
    program.lessons.run.reveal.at_once = True
    settle(program, qtbot)


def answer(program: Program, qtbot: QtBot, option: int) -> None:
    view = program.lessons.panel.view
    assert view is not None
    click(qtbot, view.options[option])
    click(qtbot, view.lock)
    settle(program, qtbot)


def right_option(lesson: Lesson, index: int, program: Program, qtbot: QtBot) -> int:
    """Found out by answering once and beginning the step again."""
    answer(program, qtbot, 0)
    right = state(program).now.right
    assert right is not None
    program.lessons.run.step_again()
    settle(program, qtbot)
    assert state(program).index == index
    return right


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_is_learnt_from_start_to_end(
    lesson: Lesson, language: Language, open_window: Open, qtbot: QtBot
) -> None:
    program = open_window("toy-car", language)
    begin(program, qtbot, lesson.id)
    panel = program.lessons.panel
    for index, step in enumerate(lesson.steps):
        view = panel.view
        assert view is not None
        assert view.step is step
        assert not panel.next.isEnabled()
        if isinstance(step, Predict):
            right = right_option(lesson, index, program, qtbot)
            wrong = (right + 1) % len(step.options)
            answer(program, qtbot, wrong)
            view = panel.view
            assert view is not None
            assert [view.options[place].mark for place in (wrong, right)] == [Mark.WRONG, Mark.OPEN]
            assert not panel.next.isEnabled()
            answer(program, qtbot, right)
            assert view.options[right].mark is Mark.RIGHT
        else:
            for act in step.solution:
                program.lessons.run.hands.perform(act)
                settle(program, qtbot)
            qtbot.waitUntil(lambda: state(program).now.stage is Stage.DONE, timeout=10_000)
        qtbot.waitUntil(panel.next.isEnabled)
        if index + 1 < len(lesson.steps):
            click(qtbot, panel.next)
            settle(program, qtbot)
    assert state(program).finished
    assert program.lessons.progress.share(lesson) == 1.0
    click(qtbot, panel.next)
    settle(program, qtbot)
    following = [other for other in all_lessons() if other.order == lesson.order + 1]
    if following:
        assert state(program).lesson is following[0]
    else:
        assert program.lessons.run.state is None


def test_the_course_of_one_class_leads_from_lesson_to_lesson(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    program.actions.action("lessons").trigger()
    click(qtbot, program.lessons.gallery.course)
    panel, taught = program.lessons.panel, []
    while program.lessons.run.state is not None:
        settle(program, qtbot)
        taught.append(state(program).lesson.order)
        assert panel.view is not None
        assert panel.view.hasFocus()  # Tab goes to the first answer, and no other button is lit
        panel.next_lesson_asked.emit()
    assert taught == [1, 3, 5, 8, 11, 12]


def test_the_question_hides_the_answer_even_from_the_keyboard(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    begin(program, qtbot, "toy-car")
    before = program.session.snapshot
    assert program.window._status.text().endswith("First say what you expect. Then the program shows it.")
    for key in (Qt.Key.Key_F10, Qt.Key.Key_F5, Qt.Key.Key_N):
        qtbot.keyClick(program.window, key)
    settle(program, qtbot)
    assert before is not None
    assert program.session.snapshot is not None
    assert program.session.snapshot.cursor == before.cursor
    assert program.session.snapshot.layers[0].dW is None


def test_dragging_the_slider_of_lesson_one_moves_the_guess_and_the_gradient(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    begin(program, qtbot, "cat")
    answer(program, qtbot, 0)
    click(qtbot, program.lessons.panel.next)
    settle(program, qtbot)
    sliders = program.lessons.panel.findChildren(LessonSlider)
    slider = next(slider for slider in sliders if slider.slider.accessibleName() == "b1")
    slider.field.setFocus()
    slider.field.setText("−2.7")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    settle(program, qtbot)
    snapshot = program.session.snapshot
    assert snapshot is not None
    assert snapshot.layers[0].b is not None
    assert snapshot.layers[0].b[0] == pytest.approx(-2.7)
    assert snapshot.layers[0].dz is not None
    assert snapshot.layers[0].dz[0, 0] == pytest.approx(-0.9, abs=0.01)


def test_free_play_lets_everything_through_and_the_lesson_comes_back(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    begin(program, qtbot, "exam")
    before = program.session.snapshot
    click(qtbot, program.lessons.panel.wander)
    settle(program, qtbot)
    qtbot.keyClick(program.window, Qt.Key.Key_F10)
    settle(program, qtbot)
    assert program.session.snapshot is not None
    assert program.session.snapshot.cursor > 0
    click(qtbot, program.lessons.panel.wander)
    settle(program, qtbot)
    assert before is not None
    assert program.session.snapshot is not None
    assert program.session.snapshot.cursor == before.cursor
    assert state(program).now.stage is Stage.ASKING


def test_breakpoints_and_watches_of_the_open_experiment_survive_a_lesson(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    notebook = program.window.pane("debugger").body.notebook
    notebook.add_watch("grad('L3.b')")
    notebook.add_breakpoint(Breakpoint(Kind.LOSS_RISING))
    begin(program, qtbot, "cat")
    assert notebook.breakpoints == ()
    program.lessons.run.leave()
    settle(program, qtbot)
    assert notebook.breakpoints == (Breakpoint(Kind.LOSS_RISING),)
    assert notebook.notes.watches == ("grad('L3.b')",)


def test_the_first_start_invites_in_three_sentences_and_never_again(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    program.lessons.invite()
    welcome = program.lessons.panel.welcome
    qtbot.waitUntil(welcome.isVisible)
    click(qtbot, welcome.play)
    assert not welcome.isVisible()
    program.lessons.invite()
    assert not welcome.isVisible()


def test_the_tour_is_found_again_later_and_all_its_places_are_in_sight(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    program.window.focus_pane("data")
    qtbot.keyClick(program.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    tour = program.lessons.tour
    assert tour.isVisible()
    assert all(spot.place.isVisible() for spot in tour._spots)
    tour.end()


def test_keys_walk_through_the_tour_and_end_it_and_never_reach_what_lies_below(
    open_window: Open, qtbot: QtBot, qapp: QApplication
) -> None:
    program = open_window()
    tour = program.lessons.tour
    tour.begin()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(qapp.focusWidget(), key)
        assert qapp.focusWidget() in (tour.on, tour.skip)
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Escape)
    assert not tour.isVisible()
    assert program.session.snapshot is not None
    assert program.session.snapshot.cursor == 0


def test_a_teachers_own_lesson_is_taught_and_a_mistake_in_it_is_said_with_its_line(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    program = open_window()
    source = resource("lessons", "03-navigation.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(source.replace('id = "navigation"', 'id = "own"'), encoding="utf-8")
    assert program.lessons.teach_file(own)
    settle(program, qtbot)
    assert state(program).lesson.id == "own"
    own.write_text(source.replace("minutes = 5", 'minutes = "five"'), encoding="utf-8")
    assert not program.lessons.teach_file(own)
    said = program.window.notices.text
    assert said is not None
    assert "minutes" in said.en
    assert "4" in said.en
    assert state(program).lesson.id == "own"


def test_progress_is_forgotten_only_when_asked_twice(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    begin(program, qtbot, "scale")
    for act in LESSONS["scale"].steps[0].solution:  # type: ignore[union-attr]
        program.lessons.run.hands.perform(act)
        settle(program, qtbot)
    lesson = LESSONS["scale"]
    qtbot.waitUntil(lambda: program.lessons.progress.share(lesson) > 0)
    program.actions.action("lessons").trigger()
    forget: QPushButton = program.lessons.gallery.forget
    click(qtbot, forget)
    assert program.lessons.progress.share(lesson) > 0
    click(qtbot, forget)
    assert program.lessons.progress.share(lesson) == 0
