"""Lessons run on a real session: nothing is revealed early, every solution is reachable, free play is undone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.document.edits import set_bias
from gradgui.document.file import read
from gradgui.lessons.lesson import Do, Lesson, Predict, all_lessons
from gradgui.session.examples import example_path
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import Stage
from gradgui.session.session import Session
from gradgui.session.snapshot import EventKind

LESSONS = {lesson.id: lesson for lesson in all_lessons()}


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


@pytest.fixture
def run(session: Session, qtbot: QtBot) -> LessonRun:
    session.open(read(example_path("toy-car")))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    run = LessonRun(session, session)
    run.reveal.at_once = True
    return run


def calm(run: LessonRun, qtbot: QtBot) -> None:
    """Wait until everything that was asked is on the screen."""
    run.hands.settle()
    qtbot.waitUntil(lambda: not run.hands.busy, timeout=20_000)


def answer(run: LessonRun, qtbot: QtBot, option: int) -> None:
    run.choose(option)
    run.lock()
    qtbot.waitUntil(lambda: run.state is not None and run.state.now.stage is not Stage.REVEALING, timeout=20_000)


def right_option(run: LessonRun, qtbot: QtBot) -> int:
    """Found out by asking first the last option, on a throw-away step."""
    assert run.state is not None
    answer(run, qtbot, 0)
    right = run.state.now.right
    assert right is not None
    run.step_again()
    return right


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_every_lesson_is_played_to_its_end(lesson: Lesson, run: LessonRun, qtbot: QtBot) -> None:
    run.open(lesson)
    told = iter(("broke:vanishing", "broke:exploding"))
    for index, step in enumerate(lesson.steps):
        calm(run, qtbot)
        assert run.state is not None
        assert run.state.index == index
        if isinstance(step, Predict):
            right = right_option(run, qtbot)
            calm(run, qtbot)
            wrong = (right + 1) % len(step.options)
            answer(run, qtbot, wrong)
            assert run.state.now.stage is Stage.EXPLAINING
            assert run.state.now.answer == wrong
            assert not run.state.can_go_on
            run.choose(right)
            run.lock()
        else:
            assert run.state.now.stage is Stage.DOING
            for act in step.solution:
                assert run.state.now.stage is Stage.DOING
                if act.play:  # breakpoints lie in the window's notebook; here nobody sets them, and the lesson is told
                    run.note(next(told))
                    continue
                run.hands.perform(act)
                qtbot.waitUntil(lambda: not run.hands.busy, timeout=20_000)
            qtbot.waitUntil(lambda: run.state is not None and run.state.now.stage is Stage.DONE, timeout=10_000)
        assert run.state.now.stage is Stage.DONE
        run.go_on()
    assert run.state is not None
    assert run.state.finished


def test_nothing_is_revealed_before_an_answer_is_locked(run: LessonRun, session: Session, qtbot: QtBot) -> None:
    run.open(LESSONS["toy-car"])
    calm(run, qtbot)
    before = session.snapshot
    refusals: list[object] = []
    session.reins.refused.connect(refusals.append)
    session.step()
    session.next_iteration()
    session.play()
    session.go_to(0, 20)
    session.run_to(3, 0)
    session.place_parameters(session.theta + 1.0)
    assert not session.editing.ask(set_bias, 0, 0, 3.0)
    calm(run, qtbot)
    assert len(refusals) == 6
    assert session.snapshot is not None
    assert before is not None
    assert (session.snapshot.iteration, session.snapshot.cursor) == (before.iteration, before.cursor)
    assert np.array_equal(session.snapshot.theta, before.theta)


def test_a_step_begun_again_is_bit_for_bit_the_same(run: LessonRun, session: Session, qtbot: QtBot) -> None:
    run.open(LESSONS["checkup"])
    answer(run, qtbot, 2)
    run.go_on()
    calm(run, qtbot)
    first = session.snapshot
    run.hands.train(30)
    run.hands.set({"L1.W[0,0]": 3.0})
    calm(run, qtbot)
    run.step_again()
    calm(run, qtbot)
    again = session.snapshot
    assert first is not None
    assert again is not None
    assert np.array_equal(first.theta, again.theta)
    assert (first.iteration, first.cursor, first.train_loss) == (again.iteration, again.cursor, again.train_loss)


def test_free_play_leaves_the_lesson_as_it_was_and_is_kept_for_the_next_time(
    run: LessonRun, session: Session, qtbot: QtBot
) -> None:
    run.open(LESSONS["cat"])
    answer(run, qtbot, 0)
    run.go_on()
    calm(run, qtbot)
    run.hands.set({"L1.b": (0.5,)})
    calm(run, qtbot)
    there = session.snapshot
    run.wander()
    calm(run, qtbot)
    session.editing.ask(set_bias, 0, 0, 9.0)
    run.hands.train(5)
    calm(run, qtbot)
    free = session.snapshot
    run.come_back()
    calm(run, qtbot)
    back = session.snapshot
    assert there is not None
    assert back is not None
    assert free is not None
    assert np.array_equal(there.theta, back.theta)
    assert (there.iteration, there.cursor) == (back.iteration, back.cursor)
    assert session.editing.history is not None
    assert session.editing.history.can_undo
    run.wander()
    calm(run, qtbot)
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.theta, free.theta)


def test_leaving_brings_back_what_was_open(run: LessonRun, session: Session, qtbot: QtBot) -> None:
    session.editing.ask(set_bias, 2, 0, 1.25)
    session.go_to(2, 7)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.cursor == 7)
    before = session.snapshot
    run.open(LESSONS["soup"])
    calm(run, qtbot)
    run.leave()
    run.hands.settle()
    qtbot.waitUntil(lambda: not run.hands.busy)
    assert run.state is None
    assert session.snapshot is not None
    assert before is not None
    assert np.array_equal(session.snapshot.theta, before.theta)
    assert (session.snapshot.iteration, session.snapshot.cursor) == (2, 7)
    assert session.editing.history is not None
    assert session.editing.history.can_undo


def test_opening_something_else_ends_the_lesson(run: LessonRun, session: Session, qtbot: QtBot) -> None:
    run.open(LESSONS["cat"])
    calm(run, qtbot)
    session.open(read(example_path("toy-car")))
    assert run.state is None
    session.step()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.cursor > 0)


def test_the_first_lesson_is_a_do_and_a_predict_away(run: LessonRun) -> None:
    kinds = [type(step) for step in LESSONS["cat"].steps]
    assert kinds[0] is Predict
    assert Do in kinds


def test_a_reveal_stops_at_the_event_that_shows_the_answer(run: LessonRun, session: Session, qtbot: QtBot) -> None:
    run.open(LESSONS["toy-car"])
    answer(run, qtbot, 1)
    assert session.snapshot is not None
    assert session.snapshot.current is not None
    assert (session.snapshot.current.layer_id, session.snapshot.current.kind) == ("L3", EventKind.D_OUTPUT)
    run.choose(2)
    run.lock()
    run.go_on()
    run.go_to(0)
    assert run.state is not None
    assert run.state.now.stage is Stage.DONE


def test_names_of_inputs_stand_in_the_network_too(run: LessonRun, session: Session, qtbot: QtBot) -> None:
    run.open(LESSONS["exam"])
    calm(run, qtbot)
    assert session.snapshot is not None
    network = session.snapshot.network
    assert [network.input_name(k).en for k in range(4)] == ["concepts", "care", "formulas", "logic"]
    assert not network.mean
    assert network.layers[0].frozen == ("b",)
