"""Training stops by itself where the user said, and not before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.document.file import read
from gradgui.session.examples import example_path
from gradgui.session.goals import StopWhen
from gradgui.session.session import Session
from gradgui.session.snapshot import Snapshot


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    with qtbot.waitSignal(session.shown):
        session.open(read(example_path("circle")), example_path("circle").parent)
    yield session
    session.close()


def finished(qtbot: QtBot, session: Session) -> Snapshot:
    """Play until training ends by itself."""
    session.play()
    qtbot.waitUntil(lambda: not session.playing, timeout=20_000)
    qtbot.waitUntil(lambda: session.snapshot is not None and not session.snapshot.running)
    assert session.snapshot is not None
    return session.snapshot


def reason(snapshot: Snapshot) -> str:
    assert snapshot.history is not None
    assert snapshot.history.stop is not None
    return snapshot.history.stop.en


def test_after_so_many_epochs_exactly(qtbot: QtBot, session: Session) -> None:
    session.pacing.use_goals(StopWhen(epochs=7))
    snapshot = finished(qtbot, session)
    assert snapshot.epoch == 6
    assert snapshot.cursor == len(snapshot.network.events)
    session.next_iteration()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.epoch == 7)
    assert "7 epochs" in reason(snapshot)


def test_as_soon_as_the_loss_is_below(qtbot: QtBot, session: Session) -> None:
    assert session.snapshot is not None
    wanted = session.snapshot.train_loss * 0.5
    session.pacing.use_goals(StopWhen(loss=wanted))
    snapshot = finished(qtbot, session)
    assert snapshot.train_loss < wanted
    assert (snapshot.curves.train_loss[:-1] >= wanted).all()
    assert "below" in reason(snapshot)


def test_at_an_accuracy_that_is_reached(qtbot: QtBot, session: Session) -> None:
    session.pacing.use_goals(StopWhen(accuracy=0.9))
    snapshot = finished(qtbot, session)
    assert snapshot.accuracy >= 0.9
    assert "accuracy" in reason(snapshot)


def test_where_nothing_improves_any_more(qtbot: QtBot, session: Session) -> None:
    session.set_learning_rate(0.0)
    session.pacing.use_goals(StopWhen(plateau=5))
    snapshot = finished(qtbot, session)
    assert snapshot.epoch <= 6
    assert "hardly fallen for 5 epochs" in reason(snapshot)


def test_whoever_presses_play_again_wants_to_go_on(qtbot: QtBot, session: Session) -> None:
    session.pacing.use_goals(StopWhen(epochs=3))
    there = finished(qtbot, session).iteration
    session.play()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.iteration > there + 50)
    assert session.playing


def test_a_goal_set_while_training_counts_at_once(qtbot: QtBot, session: Session) -> None:
    session.play()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.iteration > 20)
    session.pacing.use_goals(StopWhen(loss=1e9, accuracy=0.0, epochs=10**6))
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.iteration > 60)
    assert session.playing, "what is true already does not stop"
    assert session.snapshot is not None
    session.pacing.use_goals(StopWhen(epochs=session.snapshot.epoch + 2000))
    qtbot.waitUntil(lambda: not session.playing, timeout=20_000)


def test_a_slow_pace_is_kept_and_changed_while_training(qtbot: QtBot, session: Session) -> None:
    session.pacing.use_speed(0.1)
    session.play()
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.iteration == 1)
    session.pacing.use_speed(None)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.iteration > 100)
    session.pause()


def test_a_blow_up_stops_training_at_the_event_that_wrote_it(qtbot: QtBot, session: Session) -> None:
    session.open(read(example_path("plane")))
    session.set_learning_rate(1e9)
    snapshot = finished(qtbot, session)
    assert snapshot.history is not None
    trouble = snapshot.history.trouble
    assert trouble is not None
    assert (snapshot.iteration, snapshot.cursor) == (trouble.iteration, trouble.cursor)
    assert snapshot.history.furthest <= trouble.iteration
    session.go_to_start_of(trouble.iteration)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot is not snapshot)
    qtbot.waitUntil(lambda: session.snapshot is not None and np.isfinite(session.snapshot.theta).all())


def test_another_rate_forgets_the_blow_up(qtbot: QtBot, session: Session) -> None:
    session.open(read(example_path("plane")))
    session.set_learning_rate(1e9)
    snapshot = finished(qtbot, session)
    assert snapshot.history is not None
    assert snapshot.history.trouble is not None
    session.go_to(0, 0)
    session.set_learning_rate(0.01)
    qtbot.waitUntil(
        lambda: (
            session.snapshot is not None
            and session.snapshot.history is not None
            and session.snapshot.history.trouble is None
        )
    )
