"""Looking one step ahead: the numbers are those that the step will bring, and the run has not moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.document.file import read
from gradgui.session import foresight
from gradgui.session.examples import example_path
from gradgui.session.foresight import foreseen
from gradgui.session.levels import Level, stop_after
from gradgui.session.run import Run
from gradgui.session.session import Session
from gradgui.session.snapshot import LayerValues, Snapshot
from tests.session.test_run import fingerprint, noisy_run


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


def same(one: LayerValues, other: LayerValues) -> bool:
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in fields(LayerValues)]
    return all((a is None and b is None) or np.array_equal(a, b) for a, b in pairs)


def look(run: Run, level: Level = Level.OPERATION) -> Snapshot | None:
    return foreseen(run, level, run.snapshot(running=False))


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@pytest.mark.parametrize("level", [Level.OPERATION, Level.LAYER, Level.PHASE])
def test_what_is_foreseen_comes_true(optimizer: str, level: Level) -> None:
    run = noisy_run(optimizer)
    run.train(3)
    run.go_to(2, 0)
    while run.cursor < run.events:
        ahead = look(run, level)
        target = stop_after(run.info.events, level, run.cursor)
        assert ahead is not None
        assert target is not None
        run.go_to(2, target)
        true = run.snapshot(running=False)
        assert (ahead.cursor, ahead.loss) == (true.cursor, true.loss)
        assert all(map(same, ahead.layers, true.layers))


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_looking_ahead_leaves_the_run_where_it_was_bit_for_bit(optimizer: str) -> None:
    run = noisy_run(optimizer)
    run.train(3)
    for cursor in range(run.events + 1):
        run.go_to(2, cursor)
        before, curves = fingerprint(run), run.curves.view().iterations.size
        look(run, Level.PHASE)
        assert fingerprint(run) == before
        assert (run.curves.view().iterations.size, run.timeline.furthest) == (curves, 3)


def test_nothing_is_foreseen_at_the_end_of_a_training_step() -> None:
    run = noisy_run()
    run.go_to(0, run.events)
    assert look(run) is None


def test_whenever_a_moment_is_shown_the_next_one_is_foreseen(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.foresight.came) as first:
        session.open(read(example_path("toy-car")))
    with qtbot.waitSignal(session.foresight.came) as second:
        session.step()
    assert [heard.args[0].cursor for heard in (first, second)] == [1, 2]
    assert session.snapshot is not None
    assert session.snapshot.cursor == 1


def test_steps_inside_an_event_and_slow_runs_are_not_foreseen(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foresight, "LONGEST_S", 0.0)
    with qtbot.waitSignal(session.foresight.came):
        session.open(read(example_path("toy-car")))
    with qtbot.assertNotEmitted(session.foresight.came, wait=100):
        session.step()
    monkeypatch.undo()
    with qtbot.waitSignal(session.foresight.came):
        session.reset()
    with qtbot.assertNotEmitted(session.foresight.came, wait=100):
        session.use_level(Level.NEURON)
