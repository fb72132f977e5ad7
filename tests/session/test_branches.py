"""Branches: whatever is edited, the run before it is kept whole and can be gone on with, experiment and all."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.catalog.layers.dense import DenseSpec
from gradgui.document import edits
from gradgui.document.change import Change, change_between
from gradgui.document.compile import compile_experiment
from gradgui.gui.debugger.branch_menu import forked
from gradgui.session.branches import MOST
from gradgui.session.requests import Load
from gradgui.session.run import Run
from gradgui.session.session import Session
from gradgui.session.snapshot import BranchView, Snapshot
from gradgui.session.travel import RenameBranch
from gradgui.session.worker import Worker
from gradgui.text import same
from tests.session.test_editing import now, opened, session, settled, trained
from tests.session.test_run import experiment, fingerprint, noisy_run

__all__ = ["session"]


def branches(snapshot: Snapshot) -> tuple[BranchView, ...]:
    assert snapshot.history is not None
    return snapshot.history.branches


def switched(qtbot: QtBot, session: Session, number: int) -> Snapshot:
    session.switch(number)
    return settled(qtbot, session)


def test_an_edit_of_the_network_keeps_the_run_before_as_a_branch(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    old = trained(qtbot, session, 40)
    session.editing.ask(edits.insert_layer, 1, DenseSpec(units=3, activation="tanh"))
    after = settled(qtbot, session)
    shown = branches(after)
    assert [(b.name.en, b.furthest, b.here) for b in shown] == [("Run A", 40, False), ("Run B", 0, True)]
    assert [b.setting.en for b in shown if b.setting is not None] == ["4-2-1", "4-3-2-1"]
    assert len(after.curves.ghosts) == 1
    assert after.ball is None or after.ball.ghosts == (), "its parameters are others: its path has no place here"
    assert np.array_equal(after.curves.ghosts[0].train_loss, old.curves.train_loss)


def test_a_branch_knows_which_run_it_left(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 40)
    session.editing.ask(edits.insert_layer, 1, DenseSpec(units=3, activation="tanh"))
    settled(qtbot, session)
    trained(qtbot, session, 5)
    switched(qtbot, session, 0)
    session.editing.ask(edits.insert_layer, 1, DenseSpec(units=2, activation="tanh"))
    shown = settled(qtbot, session)
    assert [(b.name.en, b.parent) for b in branches(shown)] == [("Run A", None), ("Run B", 0), ("Run C", 0)]
    assert shown.history is not None
    said = forked(shown.history)
    assert said is not None
    assert "Run A is kept" in said.en, "not the run that was made before it"


def test_switching_back_brings_its_own_experiment_its_numbers_and_its_past(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    old, document = trained(qtbot, session, 40), session.experiment
    session.editing.ask(edits.insert_layer, 1, DenseSpec(units=3, activation="tanh"))
    settled(qtbot, session)
    new, edited = trained(qtbot, session, 25), session.experiment
    back = switched(qtbot, session, 0)
    assert np.array_equal(back.theta, old.theta)
    assert len(back.network.layers) == len(old.network.layers)
    assert session.experiment == document
    assert session.editing.history is not None
    assert session.editing.history.present == document
    session.go_to(11, 3)
    qtbot.waitUntil(lambda: (now(session).iteration, now(session).cursor) == (11, 3))
    again = switched(qtbot, session, 1)
    assert np.array_equal(again.theta, new.theta)
    assert session.experiment == edited
    assert session.scenery.plane is not None
    assert len(session.scenery.plane.origin) == again.theta.size


def test_other_examples_come_back_with_their_branch(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 5)
    heard: list[int] = []
    session.data_changed.connect(lambda data: heard.append(len(data.inputs)))
    session.editing.ask(lambda e: e.with_(data=type(e.data)(points=40, seed=e.data.seed)))
    settled(qtbot, session)
    trained(qtbot, session, 5)
    switched(qtbot, session, 0)
    assert len(heard) == 2
    assert heard[0] < heard[1]


def test_taking_an_edit_back_goes_on_with_the_run_of_that_time(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 40)
    session.go_to(20, 4)
    qtbot.waitUntil(lambda: now(session).iteration == 20)
    old = now(session)
    session.editing.ask(edits.set_units, 0, 5)
    settled(qtbot, session)
    session.editing.undo()
    back = settled(qtbot, session)
    assert (back.iteration, back.cursor) == (20, 4)
    assert np.array_equal(back.theta, old.theta)
    assert back.history is not None
    assert back.history.furthest == 40, "its future is there again"
    assert session.experiment is not None
    assert change_between(session.experiment, compile_experiment(session.experiment).experiment) is Change.NOTHING


def test_reset_keeps_the_run_as_a_branch_if_there_was_any(qtbot: QtBot, session: Session) -> None:
    first = opened(qtbot, session, "circle")
    session.reset()
    assert branches(settled(qtbot, session)) == ()
    old = trained(qtbot, session, 30)
    session.reset()
    start = settled(qtbot, session)
    assert np.array_equal(start.theta, first.theta)
    assert [b.name.en for b in branches(start)] == ["Run A", "Run B"]
    assert np.array_equal(switched(qtbot, session, 0).theta, old.theta)
    assert branches(now(session)) == (), "the new run had done nothing yet that would be worth keeping"


def test_settings_changed_on_the_way_are_told_in_their_order(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 40)
    session.reset()
    settled(qtbot, session)
    trained(qtbot, session, 10)
    session.editing.ask(edits.set_learning_rate, 0.5)
    assert "→" not in settled(qtbot, session).curves.setting.en, "nothing has been learnt with it yet"
    trained(qtbot, session, 12)
    assert now(session).curves.setting.en == "rate 0.03 → rate 0.5"


def test_reset_after_a_switch_goes_to_the_start_of_that_branch(qtbot: QtBot, session: Session) -> None:
    first = opened(qtbot, session, "circle")
    trained(qtbot, session, 30)
    session.editing.ask(edits.set_units, 0, 5)
    settled(qtbot, session)
    trained(qtbot, session, 10)
    switched(qtbot, session, 0)
    session.reset()
    assert np.array_equal(settled(qtbot, session).theta, first.theta)


def test_another_document_begins_without_branches(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 10)
    session.reset()
    settled(qtbot, session)
    assert branches(opened(qtbot, session, "xor")) == ()


@pytest.mark.parametrize("edits_made", [3, 12])
def test_the_oldest_branches_go_first_and_each_takes_only_its_share_of_the_memory(edits_made: int) -> None:
    worker = Worker()
    for n in range(edits_made):
        worker.do(Load(compile_experiment(experiment()), n, None, keep=True))
        assert worker.run is not None
        worker.run.train(200)
    run = worker.run
    assert run is not None
    kept = [branch.number for branch in run.branches.others]
    assert kept == list(range(max(0, edits_made - 1 - MOST), edits_made - 1))
    cap = run.timeline.cap_bytes
    assert all(branch.timeline.cap_bytes == cap // (2 * MOST) for branch in run.branches.others)
    shown = run.snapshot(False)
    assert shown.history is not None
    assert shown.history.nbytes == run.timeline.nbytes + sum(b.timeline.nbytes for b in run.branches.others)
    run.switch(kept[0], 99)
    assert run.timeline.cap_bytes == cap


def test_a_branch_of_another_network_comes_back_bit_for_bit() -> None:
    old = noisy_run()
    old.train(90)
    old.settle()
    wanted = fingerprint(old)
    run = Run(compile_experiment(edits.set_units(experiment(), 0, 6)), 1)
    run.branches = old.branches
    run.branches.begin_anew(old)
    run.train(50)
    run.settle()
    other = fingerprint(run)
    for _ in range(2):
        run.switch(0, 2)
        assert fingerprint(run) == wanted
        run.switch(1, 3)
        assert fingerprint(run) == other


def test_a_run_is_called_what_the_user_calls_it_wherever_it_is_named(qtbot: QtBot, session: Session) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 40)
    session.go_to(5, 0)
    qtbot.waitUntil(lambda: now(session).iteration == 5)
    session.set_learning_rate(0.5)
    settled(qtbot, session)
    session.ask(RenameBranch(0, "  slow "))
    qtbot.waitUntil(lambda: branches(now(session))[0].name == same("slow"))
    assert now(session).curves.ghosts[0].name == same("slow")
    back = switched(qtbot, session, 0)
    assert back.curves.name == same("slow")
    assert [b.name.en for b in branches(back)] == ["slow", "Run B"]
    session.ask(RenameBranch(0, " "))
    qtbot.waitUntil(lambda: branches(now(session))[0].name.en == "Run A")
