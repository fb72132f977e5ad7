"""Edits in the session: what the run does after each, and that undo brings back the very moment."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.catalog.datasets.rings import RingsSpec
from gradgui.catalog.layers.dense import DenseSpec
from gradgui.document import edits
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.file import encode, read
from gradgui.errors import UserError
from gradgui.session.examples import example_path
from gradgui.session.requests import Engine
from gradgui.session.session import Session
from gradgui.session.snapshot import Snapshot


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


def now(session: Session) -> Snapshot:
    assert session.snapshot is not None
    return session.snapshot


def settled(qtbot: QtBot, session: Session) -> Snapshot:
    """The moment on show, once all that was asked for has been done."""
    newest = session.theta is None

    def is_up_to_date() -> bool:
        shown = session.snapshot
        return not newest and shown is not None and shown.revision == session.revision and session.theta is shown.theta

    qtbot.waitUntil(is_up_to_date)
    return now(session)


def opened(qtbot: QtBot, session: Session, name: str) -> Snapshot:
    session.open(read(example_path(name)), example_path(name).parent)
    return settled(qtbot, session)


def trained(qtbot: QtBot, session: Session, steps: int) -> Snapshot:
    session.go_to(steps - 1, len(now(session).network.events))
    qtbot.waitUntil(
        lambda: (now(session).iteration, now(session).cursor) == (steps - 1, len(now(session).network.events))
    )
    return now(session)


def layer(experiment: Experiment | None, index: int) -> DenseSpec:
    assert experiment is not None
    spec = experiment.network.layers[index]
    assert isinstance(spec, DenseSpec)
    return spec


def test_a_new_layer_keeps_every_trained_weight_and_begins_a_new_run(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    before = trained(qtbot, session, 40)
    assert session.editing.ask(edits.insert_layer, 1, DenseSpec(units=3, activation="tanh"))
    after = settled(qtbot, session)
    assert len(after.network.layers) == len(before.network.layers) + 1
    assert after.iteration == 0
    assert np.array_equal(after.layers[0].W, before.layers[0].W)


def test_more_units_keep_the_old_ones_as_they_were(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    before = trained(qtbot, session, 40)
    old = len(before.layers[0].W)
    session.editing.ask(edits.set_units, 0, old + 2)
    after = settled(qtbot, session)
    assert np.array_equal(after.layers[0].W[:old], before.layers[0].W)
    assert np.array_equal(after.layers[1].W[:, :old], before.layers[1].W)


def test_undo_brings_back_the_document_and_the_weights_of_that_moment(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    document = session.experiment
    before = trained(qtbot, session, 40)
    session.editing.ask(edits.remove_layer, 0)
    settled(qtbot, session)
    session.editing.undo()
    after = settled(qtbot, session)
    assert document is not None
    assert session.experiment is not None
    assert encode(session.experiment) == encode(document)
    assert np.array_equal(after.theta, before.theta)


def test_redo_makes_the_same_document_again(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    session.editing.ask(edits.set_units, 0, 6)
    session.editing.ask(edits.set_loss, "mse")
    wanted = session.experiment
    session.editing.undo()
    session.editing.undo()
    session.editing.redo()
    session.editing.redo()
    assert session.experiment == wanted
    assert len(settled(qtbot, session).layers[0].W) == 6


def test_a_weight_is_changed_where_the_run_stands_and_the_others_stay(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    before = trained(qtbot, session, 40)
    session.editing.ask(edits.set_weight, 0, 1, 0, 2.5)
    after = settled(qtbot, session)
    assert after.layers[0].W[1, 0] == 2.5
    changed = np.flatnonzero(after.theta != before.theta)
    assert len(changed) == 1
    assert after.iteration == 40


def test_two_edits_in_a_row_are_both_there_although_the_worker_has_shown_neither(
    qtbot: QtBot, session: Session
) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 5)
    session.editing.ask(edits.set_weight, 0, 0, 0, 1.5)
    session.editing.ask(edits.set_bias, 0, 1, -0.25)
    after = settled(qtbot, session)
    assert (after.layers[0].W[0, 0], after.layers[0].b[1]) == (1.5, -0.25)


def test_a_drag_is_one_edit_and_undo_goes_back_to_its_beginning(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    before = trained(qtbot, session, 5)
    for value in (0.1, 0.2, 0.3):
        session.editing.ask(edits.set_weight, 0, 0, 0, value, key="drag")
        settled(qtbot, session)
    session.end_gesture()
    session.editing.ask(edits.set_weight, 0, 0, 0, 0.4, key="drag")
    history = session.editing.history
    assert history is not None
    assert len(history.names) == 2
    session.editing.undo()
    assert settled(qtbot, session).layers[0].W[0, 0] == pytest.approx(0.3)
    session.editing.undo()
    assert np.array_equal(settled(qtbot, session).theta, before.theta)


def test_moving_the_ball_is_one_edit(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "toy-car")
    theta = now(session).theta
    for shift in (0.1, 0.2):
        session.place_parameters(theta + shift, "ball")
        settled(qtbot, session)
    session.end_gesture()
    W = layer(session.experiment, 0).W
    assert W is not None
    assert W[0][0] == theta[0] + 0.2
    session.editing.undo()
    assert np.array_equal(settled(qtbot, session).theta, theta)


def test_other_settings_let_the_run_go_on_where_it_is(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    before = trained(qtbot, session, 40)
    session.editing.ask(edits.set_optimizer, "adam")
    after = settled(qtbot, session)
    assert np.array_equal(after.theta, before.theta)
    session.next_iteration()
    qtbot.waitUntil(lambda: now(session).iteration == 40)
    assert now(session).network.optimizer == "adam"
    stepped = now(session).theta
    session.editing.undo()
    assert np.array_equal(settled(qtbot, session).theta, stepped)


def test_other_data_get_an_end_that_suits_them(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    session.editing.ask(edits.set_data, RingsSpec())
    after = settled(qtbot, session)
    assert after.network.outputs == 3
    assert layer(session.experiment, -1).activation == "softmax"


def test_what_cannot_work_is_refused_and_nothing_changes(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    document, theta = session.experiment, now(session).theta
    said: list[UserError] = []
    session.editing.refused.connect(said.append)
    assert not session.editing.ask(edits.set_units, 0, 0)
    assert not session.editing.ask(edits.set_kind, 0, "conv2d")
    assert len(said) == 2
    assert session.experiment is document
    history = session.editing.history
    assert history is not None
    assert not history.can_undo
    assert np.array_equal(settled(qtbot, session).theta, theta)


def test_training_goes_on_after_an_edit(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    session.play()
    qtbot.waitUntil(lambda: now(session).iteration > 5)
    session.editing.ask(edits.set_units, 0, 5)
    assert session.playing
    qtbot.waitUntil(lambda: len(now(session).layers[0].W) == 5 and now(session).iteration > 5)


def test_same_start_is_where_the_run_began_whatever_was_edited_on_the_way(qtbot: QtBot, session: Session) -> None:
    first = opened(qtbot, session, "circle")
    trained(qtbot, session, 40)
    session.editing.ask(edits.set_weight, 0, 0, 0, 9.0)
    session.reset()
    assert np.array_equal(settled(qtbot, session).theta, first.theta)


def test_a_new_start_draws_other_weights_and_undo_brings_the_trained_ones_back(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    before = trained(qtbot, session, 40)
    session.editing.new_start(seed=77)
    after = settled(qtbot, session)
    assert session.experiment is not None
    assert session.experiment.training.seed == 77
    assert np.array_equal(after.theta, compile_experiment(session.experiment).network.theta)
    session.editing.undo()
    assert np.array_equal(settled(qtbot, session).theta, before.theta)


def test_what_is_saved_has_the_weights_of_now(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    assert session.editing.to_save() is session.experiment
    trained_ = trained(qtbot, session, 40)
    saved = session.editing.to_save()
    assert saved is not None
    assert np.array_equal(compile_experiment(saved).network.theta, trained_.theta)


class Gate:
    """Keeps the worker busy until it is opened."""

    def __init__(self) -> None:
        self.opened = Event()

    def carry_out(self, engine: Engine) -> None:
        assert self.opened.wait(10)


def test_of_edits_in_quick_succession_only_the_last_begins_a_run(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "xor")
    before = trained(qtbot, session, 3)
    gate = Gate()
    session.ask(gate)
    for units in (5, 6, 7, 8, 9, 10, 11, 12):
        session.editing.apply(edits.set_units, 0, units)
    gate.opened.set()
    after = settled(qtbot, session)
    assert after.network.layers[0].units == 12
    assert after.layers[0].W is not None
    assert before.layers[0].W is not None
    assert np.array_equal(after.layers[0].W[:4], before.layers[0].W)
    assert after.history is not None
    assert len(after.history.branches) == 2
    for _ in range(8):
        session.editing.undo()
    assert np.array_equal(settled(qtbot, session).theta, before.theta)
