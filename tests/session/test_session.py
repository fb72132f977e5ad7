"""The session: what the window asks, what it hears, and that nothing blocks or leaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.session.examples import example_path, examples
from gradgui.session.requests import Load, Pause, Play
from gradgui.session.session import Session
from gradgui.session.snapshot import Snapshot, SurfaceView
from gradgui.session.worker import Worker


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


def opened(qtbot: QtBot, session: Session, name: str) -> Snapshot:
    with qtbot.waitSignal(session.shown):
        session.open(read(example_path(name)), example_path(name).parent)
    assert session.snapshot is not None
    return session.snapshot


def shown_place(session: Session) -> tuple[int, int]:
    assert session.snapshot is not None
    return session.snapshot.iteration, session.snapshot.cursor


def stepped(qtbot: QtBot, session: Session, steps: int) -> Snapshot:
    """Each step is awaited as a move: the same moment may be shown again in between, with another slice."""
    for _ in range(steps):
        assert session.snapshot is not None
        here = session.snapshot.iteration, session.snapshot.cursor
        moved = lambda shown, here=here: (shown.iteration, shown.cursor) != here  # noqa: E731
        with qtbot.waitSignal(session.shown, check_params_cb=moved):
            session.step()
    assert session.snapshot is not None
    return session.snapshot


def test_opening_shows_the_first_moment_paused(qtbot: QtBot, session: Session) -> None:
    snapshot = opened(qtbot, session, "toy-car")
    assert (snapshot.iteration, snapshot.cursor, snapshot.running) == (0, 0, False)
    assert not session.playing


def test_stepping_and_stepping_back_move_by_one_event(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "toy-car")
    assert stepped(qtbot, session, 11).layers[2].db == [5.0]
    with qtbot.waitSignal(session.shown):
        session.step_back()
    assert session.snapshot is not None
    assert session.snapshot.cursor == 10
    assert session.snapshot.layers[2].db is None


def test_presses_that_come_faster_than_the_pictures_each_count(qtbot: QtBot, session: Session) -> None:
    last = len(opened(qtbot, session, "toy-car").network.events)
    for _ in range(6):  # the window shows none of these moments before the next press
        session.next_iteration()
    qtbot.waitUntil(lambda: shown_place(session) == (5, last))
    for _ in range(4):
        session.previous_iteration()
    qtbot.waitUntil(lambda: shown_place(session) == (1, last))
    session.step_back()
    session.next_iteration()
    session.previous_iteration()
    session.previous_iteration()
    qtbot.waitUntil(lambda: shown_place(session) == (0, 0))


def test_playing_trains_in_the_background_and_pausing_stops(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    session.play()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.iteration > 200)
    with qtbot.waitSignal(session.playing_changed):
        session.pause()
    qtbot.waitUntil(lambda: session.snapshot is not None and not session.snapshot.running)
    assert session.snapshot is not None
    stopped = session.snapshot
    assert stopped.cursor == len(stopped.network.events)
    qtbot.wait(60)
    assert shown_place(session) == (stopped.iteration, stopped.cursor)


def test_a_late_picture_of_the_training_is_not_shown_after_a_pause(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "xor")
    session.play()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.running)
    late = session.snapshot
    session.pause()
    qtbot.waitUntil(lambda: session.snapshot is not None and not session.snapshot.running)
    paused, heard = session.snapshot, []
    session.shown.connect(heard.append)
    session._worker.latest = replace(late, iteration=late.iteration + 1)
    session._worker.arrived.emit()
    session.go_to(0, 1)
    qtbot.waitUntil(lambda: session.snapshot is not paused)
    assert [snapshot.running for snapshot in heard] == [False]
    assert shown_place(session) == (0, 1)


def test_the_worker_stops_at_the_flag_and_says_so_last(qtbot: QtBot) -> None:
    """Without any thread: after the slice that notices the flag, the newest picture is one of standing still."""
    worker, pictures = Worker(), []
    worker.arrived.connect(lambda: pictures.append(worker.latest.running))
    worker.do(Load(compile_experiment(read(example_path("xor")), None), 1, None))
    worker.do(Play(None, 1))
    worker._slice()
    assert worker.latest.running
    worker.stop = True
    worker._slice()
    worker.do(Pause())
    assert not worker.latest.running
    assert worker.latest.current is not None
    assert pictures[-1] is False
    worker.finish()


def test_what_was_played_equals_what_is_stepped_bit_for_bit(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    session.play()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.iteration > 100)
    session.pause()
    qtbot.waitUntil(lambda: session.snapshot is not None and not session.snapshot.running)
    assert session.snapshot is not None
    played = session.snapshot
    alone = compile_experiment(read(example_path("circle"))).trainer()
    for _ in range(played.iteration + 1):
        for _ in alone.event_names:
            alone.run_event()
        alone.close_step()
    assert np.array_equal(played.theta, alone.network.theta)


def test_the_past_can_be_visited_while_nothing_is_lost(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "toy-car")
    late = stepped(qtbot, session, 60)
    for place in [(0, 3), (late.iteration, late.cursor)]:
        session.go_to(*place)
        qtbot.waitUntil(lambda place=place: shown_place(session) == place)
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.theta, late.theta)
    assert session.snapshot.cursor == late.cursor


def test_reset_returns_to_the_identical_start(qtbot: QtBot, session: Session) -> None:
    first = opened(qtbot, session, "circle")
    stepped(qtbot, session, 30)
    with qtbot.waitSignal(session.shown):
        session.reset()
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.theta, first.theta)


def test_another_learning_rate_takes_effect_in_the_next_update(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "toy-car")
    with qtbot.waitSignal(session.shown):
        session.set_learning_rate(0.2)
    assert stepped(qtbot, session, 23).theta[0] == pytest.approx(0.8)


def test_an_experiment_that_cannot_work_leaves_the_old_one_open(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "toy-car")
    good = session.experiment
    assert good is not None
    broken = good.with_(features=("x7",))
    with pytest.raises(UserError, match="x7"):
        session.open(broken)
    assert session.experiment is good
    assert stepped(qtbot, session, 1).cursor == 1


def test_the_surface_comes_coarse_first_and_then_fine(qtbot: QtBot, session: Session) -> None:
    pictures: list[SurfaceView] = []
    session.scenery.changed.connect(lambda picture: pictures.append(picture) if picture else None)
    opened(qtbot, session, "toy-car")
    qtbot.waitUntil(lambda: bool(pictures) and pictures[-1].final)
    assert len(pictures) > 1
    assert len(pictures[0].xs) < len(pictures[-1].xs)
    assert [axis.label for axis in pictures[-1].axes] == ["W1", "W2"]
    assert pictures[-1].held == 4


def test_the_ball_stands_on_the_surface_at_the_toy_cars_weights(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "toy-car")
    ball = stepped(qtbot, session, 23).ball
    assert ball is not None
    assert (ball.x, ball.y) == (pytest.approx(0.9), pytest.approx(0.3))
    assert ball.loss == pytest.approx(8.185058, abs=1e-6)
    assert ball.off_plane > 0
    assert ball.gradient == (1.0, 2.0)
    assert ball.predicted_change == pytest.approx(-0.1 * (1 + 1 + 4 + 4 + 25 + 25))
    assert ball.actual_change == pytest.approx(8.185058 - 12.5, abs=1e-6)
    assert len(ball.path) == 2


def test_partial_slopes_are_known_only_after_their_event(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "toy-car")
    ball = stepped(qtbot, session, 14).ball
    assert ball is not None
    assert ball.gradient == (None, 2.0)
    assert ball.gradient_norm is None


def test_every_example_opens_and_makes_its_first_steps(qtbot: QtBot, session: Session) -> None:
    for name, title in examples():
        opened(qtbot, session, name)
        snapshot = stepped(qtbot, session, 3)
        assert snapshot.cursor == 3, title.en


def test_closing_in_the_middle_of_playing_ends_both_threads(qtbot: QtBot) -> None:
    session = Session()
    session.open(read(example_path("circle")))
    session.play()
    session.close()
    session.close()
