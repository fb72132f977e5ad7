"""A class is given with PageDown, PageUp and F-keys alone: two lessons, votes and all, without touching the mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.classroom.poll_card import PollCard
from gradgui.gui.data.table import TableView
from gradgui.gui.editor.handles import AddHit
from gradgui.lessons.lesson import lesson_of
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.wiring.classroom import Classroom
from gradgui.wiring.remote import SETTLE, SHOW_VOTE, Remote
from tests.stories.conftest import Open, moment, stop

ON, BACK = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
MOST = 80
"""Presses of one key that a lesson may need."""


def settle(program: Program, qtbot: QtBot) -> None:
    """Nothing is on its way any more."""
    run = program.lessons.run

    def is_still() -> bool:
        return not run.hands.busy and (run.state is None or run.state.now.stage is not Stage.REVEALING)

    qtbot.waitUntil(is_still, timeout=20_000)


def key(program: Program, qtbot: QtBot, key: Qt.Key) -> None:
    """Wherever the keyboard is."""
    settle(program, qtbot)
    qtbot.keyClick(QApplication.focusWidget() or program.window, key)
    settle(program, qtbot)


def state(program: Program) -> LessonState:
    found = program.lessons.run.state
    assert found is not None
    return found


def card(program: Program) -> PollCard | None:
    found = program.findChild(Classroom)
    assert isinstance(found, Classroom)
    return found.open_card


def walk(program: Program, qtbot: QtBot, lesson: str) -> list[tuple[int, Stage]]:
    """PageDown until the next lesson opens; in a vote three hands for A and two for B. All stages on the way."""
    seen: list[tuple[int, Stage]] = []
    for _ in range(MOST):
        if state(program).lesson.id != lesson:
            return seen
        seen.append((state(program).index, state(program).now.stage))
        vote = card(program)
        if vote is not None and not any(field.value for field in vote.fields):
            for hand in (Qt.Key.Key_F1, Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F2, Qt.Key.Key_F1):
                key(program, qtbot, hand)
            assert [field.value for field in vote.fields[:2]] == [3, 2]
        key(program, qtbot, ON)
    raise AssertionError(f"{lesson} does not come to an end: {seen[-4:]}")


def on_until(program: Program, qtbot: QtBot, there: Callable[[], bool]) -> None:
    """PageDown until it is so; in a low window words are read to their end first."""
    for _ in range(MOST):
        if there():
            return
        key(program, qtbot, ON)
    raise AssertionError(f"it never comes to that: {state(program).index}, {state(program).now}")


def asked(program: Program, qtbot: QtBot) -> PollCard:
    on_until(program, qtbot, lambda: card(program) is not None)
    vote = card(program)
    assert vote is not None
    return vote


def presented(open_window: Open, qtbot: QtBot) -> Program:
    program = open_window("toy-car", safe_mode=True)
    program.actions.action("presenter").setChecked(True)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    return program


def test_two_lessons_are_given_with_page_down_and_function_keys_alone(open_window: Open, qtbot: QtBot) -> None:
    program = presented(open_window, qtbot)
    key(program, qtbot, Qt.Key.Key_F1)
    gallery = program.lessons.gallery
    place = {each.lesson.id: index for index, each in enumerate(gallery.cards)}
    for _ in range(place["toy-car"]):
        key(program, qtbot, ON)
    assert gallery.cards[place["toy-car"]].hasFocus()
    key(program, qtbot, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: state(program).lesson.id == "toy-car")
    stages = walk(program, qtbot, "toy-car")
    steps = len(lesson_of("toy-car").steps)
    assert {index for index, _ in stages} == set(range(steps))
    assert sum(stage is Stage.DONE for _, stage in stages) >= steps
    key(program, qtbot, Qt.Key.Key_F1)
    focused = next(index for index, each in enumerate(gallery.cards) if each.hasFocus())
    for _ in range(abs(focused - place["navigation"])):
        key(program, qtbot, BACK if focused > place["navigation"] else ON)
    key(program, qtbot, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: state(program).lesson.id == "navigation")
    walk(program, qtbot, "navigation")
    assert state(program).lesson.id == "hiker"


def test_a_class_that_does_not_vote_is_led_on_and_every_vote_can_be_taken_back(open_window: Open, qtbot: QtBot) -> None:
    program = presented(open_window, qtbot)
    program.lessons.teach(lesson_of("navigation"))
    vote, remote = asked(program, qtbot), program.findChild(Remote)
    assert isinstance(remote, Remote)
    assert remote.next is SHOW_VOTE
    for hand in (Qt.Key.Key_F2, ON):
        key(program, qtbot, hand)
    assert remote.next is SETTLE
    key(program, qtbot, BACK)
    assert [bar.share for bar in vote.bars[:2]] == [None, None]
    key(program, qtbot, ON)
    assert vote.isVisible()
    key(program, qtbot, ON)
    assert not vote.isVisible()
    assert state(program).now.chosen == 1
    on_until(program, qtbot, lambda: state(program).now.stage is Stage.DONE)
    on_until(program, qtbot, lambda: state(program).index == 1)
    on_until(program, qtbot, lambda: state(program).now.parts == (True, False))
    key(program, qtbot, BACK)
    assert (state(program).index, state(program).now.parts) == (1, (False, False))
    key(program, qtbot, BACK)
    assert state(program).index == 0


def test_one_pane_is_shown_and_the_others_are_a_key_away_until_the_class_is_over(
    open_window: Open, qtbot: QtBot
) -> None:
    program = presented(open_window, qtbot)
    window = program.window
    assert window.focused_pane == "network"
    for pressed, pane in ((Qt.Key.Key_F3, "surface"), (Qt.Key.Key_F4, "debugger"), (Qt.Key.Key_F2, "network")):
        key(program, qtbot, pressed)
        assert window.focused_pane == pane
    key(program, qtbot, Qt.Key.Key_F7)
    batch = window.pane("data").body.findChild(TableView)
    assert isinstance(batch, TableView)
    assert batch.model().rowCount() == len(moment(program).x)
    key(program, qtbot, Qt.Key.Key_F2)
    assert "F3" in program.actions.action("show_surface").toolTip()
    program.actions.action("presenter").setChecked(False)
    assert window.focused_pane == ""
    here = stop(moment(program))
    qtbot.keyClick(window, ON)
    qtbot.waitUntil(lambda: stop(moment(program)) != here)


def test_the_spotlight_lies_on_the_current_event_and_goes_out_with_the_class(open_window: Open, qtbot: QtBot) -> None:
    program = presented(open_window, qtbot)
    scene = program.desk.views.network._scene
    assert scene.spot is not None
    assert scene.spot.lit is None
    key(program, qtbot, ON)
    qtbot.waitUntil(lambda: moment(program).cursor == 1)
    assert scene.spot is not None
    assert scene.spot.lit is not None
    assert scene.parts is not None
    first, last = scene.parts.plan.column(0), scene.parts.plan.column(2)
    middle = scene.parts.plan.axis
    assert scene.spot.lit.contains(scene.spot.mapFromScene(first.x, middle))
    assert not scene.spot.lit.contains(scene.spot.mapFromScene(last.x, middle))
    pluses = [button.box for button in scene.parts.tools.buttons if isinstance(button.handle, AddHit)]
    assert not any(scene.spot.lit.intersects(scene.spot.mapRectFromScene(box)) for box in pluses)
    program.actions.action("presenter").setChecked(False)
    assert scene.spot is None
