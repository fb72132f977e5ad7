"""Eight optimisers from one start, each on its own copy: the same steps as training alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.catalog.optimizers.momentum import MomentumSpec
from gradgui.document.file import from_data, read
from gradgui.session.examples import example_path
from gradgui.session.race_view import RaceView, RaceWish
from gradgui.session.session import Session

RAVINE = {
    "data": {
        "kind": "table",
        "x": [[-1.5, 0.1], [-0.5, -0.1], [0.5, -0.1], [1.5, 0.1]],
        "y": [[-2.7], [-1.3], [0.7], [3.3]],
    },
    "network": {
        "layers": [
            {"kind": "dense", "units": 1, "activation": "identity", "W": [[0.0, 0.0]], "b": [0.0], "frozen": ["b"]}
        ]
    },
    "loss": {"kind": "half_mse"},
    "optimizer": {"kind": "sgd", "learning_rate": 0.1},
    "training": {"shuffle": False},
}


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session()
    yield made
    made.close()


def run(session: Session, qtbot: QtBot, wish: RaceWish) -> RaceView:
    heard: list[RaceView] = []
    session.race.changed.connect(heard.append)
    session.race.start(wish)
    qtbot.waitUntil(lambda: bool(heard) and heard[-1] is not None and heard[-1].done, timeout=20_000)
    return heard[-1]


def test_the_boots_race_ends_as_the_lesson_says(session: Session, qtbot: QtBot) -> None:
    session.open(from_data(RAVINE))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    race = run(session, qtbot, RaceWish(("sgd", "momentum", "rmsprop", "adam"), 0.1, 0.001))
    assert [runner.arrived for runner in race.runners] == [1903, 181, 28, 53]
    assert [runner.rank for runner in race.runners] == [4, 3, 1, 2]
    assert race.runners[0].overshoots == 0
    assert race.runners[1].overshoots > 20
    assert all(np.allclose(runner.path[0, :2], 0) for runner in race.runners)


def test_a_runner_takes_the_steps_that_training_alone_takes(session: Session, qtbot: QtBot) -> None:
    session.open(read(example_path("circle")))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    rate = session.experiment.optimizer.learning_rate
    kind = type(session.experiment.optimizer).__struct_config__.tag
    race = run(session, qtbot, RaceWish((kind,), rate, 0.0, limit=20))
    session.go_to(4, len(session.snapshot.network.events))
    qtbot.waitUntil(lambda: session.snapshot.iteration == 4)
    assert race.runners[0].path[5, 2] == session.snapshot.train_loss


def test_the_run_itself_is_not_touched(session: Session, qtbot: QtBot) -> None:
    session.open(from_data(RAVINE))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    before = session.snapshot.theta.copy()
    run(session, qtbot, RaceWish(("adam", "lion"), 0.1, 0.01))
    session.step()
    qtbot.waitUntil(lambda: session.snapshot.cursor == 1)
    assert np.array_equal(session.snapshot.theta, before)


def test_whoever_explodes_is_lost_and_the_others_go_on(session: Session, qtbot: QtBot) -> None:
    session.open(read(example_path("surface-rosenbrock")))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    race = run(session, qtbot, RaceWish(("sgd", "rmsprop"), 0.05, 0.05, limit=400))
    assert race.runners[0].lost
    assert race.runners[0].rank is None
    assert len(race.runners[1].path) > 20


def test_a_cancelled_race_is_never_heard_of_again(session: Session, qtbot: QtBot) -> None:
    session.open(read(example_path("circle")))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    heard: list[object] = []
    session.race.changed.connect(heard.append)
    session.race.start(RaceWish(("sgd", "adam"), 1e-6, 0.0))
    session.race.cancel()
    qtbot.wait(200)
    assert heard == [None]


def test_a_racer_may_have_its_own_options_and_shows_what_it_remembers(session: Session, qtbot: QtBot) -> None:
    session.open(from_data(RAVINE))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    own = (MomentumSpec(learning_rate=0.02, momentum=0.5),)
    race = run(session, qtbot, RaceWish(("sgd", "momentum"), 0.1, 0.0, limit=3, own=own))
    plain, heavy = race.runners
    assert not plain.momenta.any()
    theta, velocity = np.zeros(2), np.zeros(2)
    x, y = np.array(RAVINE["data"]["x"]), np.array(RAVINE["data"]["y"])[:, 0]
    assert heavy.rate == 0.02
    assert not heavy.squares.any()
    assert np.isnan(heavy.gradients[3]).all()
    for step in range(4):
        np.testing.assert_allclose(heavy.path[step, :2], theta, atol=1e-12)
        np.testing.assert_allclose(heavy.momenta[step], 0.5 * velocity, atol=1e-12)
        gradient = x.T @ (x @ theta - y) / len(y)
        if step < 3:
            np.testing.assert_allclose(heavy.gradients[step], gradient, atol=1e-12)
        velocity = 0.5 * velocity + gradient
        theta = theta - 0.02 * velocity


def test_a_racer_tells_the_squares_that_it_divides_by(session: Session, qtbot: QtBot) -> None:
    session.open(from_data(RAVINE))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    race = run(session, qtbot, RaceWish(("adagrad", "rmsprop"), 0.1, 0.0, limit=3))
    adagrad, rmsprop = race.runners
    sums, average = np.zeros(2), np.zeros(2)
    for step in range(3):
        np.testing.assert_allclose(adagrad.squares[step], np.sqrt(sums), rtol=1e-9)
        np.testing.assert_allclose(rmsprop.squares[step], np.sqrt(average), rtol=1e-9)
        sums, average = sums + adagrad.gradients[step] ** 2, 0.9 * average + 0.1 * rmsprop.gradients[step] ** 2
