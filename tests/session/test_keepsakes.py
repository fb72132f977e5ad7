"""Breakpoints, watches, bookmarks and the place are saved with the experiment, and come back as they were."""

from __future__ import annotations

import json

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.document import edits
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.file import decode, encode
from gradgui.errors import UserError
from gradgui.session.bookmarks import Bookmark
from gradgui.session.breakpoints import Breakpoint, Kind
from gradgui.session.keepsakes import Notes, noted, opening
from gradgui.session.notebook import Notebook
from gradgui.session.session import Session
from gradgui.session.snapshot import EventKind, Phase
from tests.session.test_editing import now, opened, session, settled, trained
from tests.session.test_run import experiment, noisy_run

__all__ = ["session"]

EVERY_KIND = (
    Breakpoint(Kind.EVENT, layer=0, event=EventKind.D_WEIGHT),
    Breakpoint(Kind.LAYER, layer=3, phase=Phase.BACKWARD),
    Breakpoint(Kind.SIGN_CHANGE, parameter="L1.W[0,0]"),
    Breakpoint(Kind.WEIGHT_CHANGE, parameter="W1[1,1]"),
    Breakpoint(Kind.NORM_ABOVE, limit=0.6),
    Breakpoint(Kind.NORM_BELOW, layer=0, limit=0.1, every=3),
    Breakpoint(Kind.NOT_FINITE, enabled=False),
    Breakpoint(Kind.LOSS_RISING, limit=1.2, log_only=True),
    Breakpoint(Kind.VALIDATION_RISING),
    Breakpoint(Kind.DEAD_RELU, limit=0.5),
    Breakpoint(Kind.VANISHING, limit=0.7),
    Breakpoint(Kind.EXPLODING),
    Breakpoint(Kind.CONDITION, condition="loss < 0.6 and grad('L4.b')[0] > 0"),
)


def through_a_file(wanted: Experiment) -> Experiment:
    return decode(encode(wanted))


def test_every_kind_of_breakpoint_comes_back_from_a_file() -> None:
    assert {b.kind for b in EVERY_KIND} == set(Kind)
    notes = Notes(EVERY_KIND, ("loss", "norm(grad('L1.W'))"))
    _, found = opening(through_a_file(noted(experiment(), notes, None)), None)
    assert found == notes


def test_a_file_without_notes_is_what_it_always_was() -> None:
    plain = experiment()
    assert noted(plain, Notes(), None) is plain
    assert not {"breakpoints", "watches", "bookmarks", "position"} & set(json.loads(encode(plain)))


def test_the_run_does_not_know_the_notes() -> None:
    kept = noted(experiment(), Notes(EVERY_KIND), None)
    assert opening(kept, None)[0].experiment == experiment()


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("breakpoints", [{"kind": "event", "layer": "L9"}], "breakpoints[0].layer"),
        ("breakpoints", [{"kind": "event", "level": 1}], "breakpoints[0].level"),
        ("breakpoints", [{"kind": "sign change", "parameter": "W"}], "breakpoints[0].parameter"),
        ("breakpoints", [{"kind": "event", "every": 0}], "breakpoints[0].every"),
        ("breakpoints", [{"kind": "norm above", "limit": "x"}], "breakpoints[0].limit"),
        ("breakpoints", [{"kind": "condition", "condition": "__import__('os')"}], "breakpoints[0].condition"),
        ("watches", ["loss +"], "watches[0]"),
        ("watches", ["1" * 2000], "watches[0]"),
        ("watches", ["loss"] * 1001, "watches"),
        ("bookmarks", [{"name": "a", "iteration": -1, "cursor": 0}], "bookmarks[0].iteration"),
        ("position", {"iteration": 0, "cursor": 0, "start": [1.0]}, "position.start"),
        ("position", {"iteration": 0.5, "cursor": 0}, "position.iteration"),
    ],
)
def test_notes_that_cannot_be_are_refused_with_their_place(key: str, value: object, place: str) -> None:
    raw = json.loads(encode(experiment())) | {key: value}
    with pytest.raises(UserError) as refused:
        opening(decode(json.dumps(raw).encode()), None)
    assert place in refused.value.text.en
    assert place in refused.value.text.zh


def test_the_place_its_weights_and_all_that_lies_before_come_back(qtbot: QtBot, session: Session) -> None:
    first = opened(qtbot, session, "circle")
    trained(qtbot, session, 40)
    session.go_to(17, 9)
    qtbot.waitUntil(lambda: now(session).iteration == 17)
    old = now(session)
    session.editing.notes = lambda: Notes(bookmarks=(Bookmark("the turn", 8, 3),))
    saved = session.editing.to_save()
    assert saved is not None
    kept = through_a_file(saved)
    assert np.array_equal(compile_experiment(kept).network.theta, old.theta), "the file holds the weights of now"
    heard: list[Notes] = []
    session.opened.connect(heard.append)
    session.open(kept)
    settled(qtbot, session)
    assert heard[0].bookmarks == (Bookmark("the turn", 8, 3),)
    session.go_to(*heard[0].place)
    qtbot.waitUntil(lambda: now(session).iteration == 17)
    assert np.array_equal(now(session).theta, old.theta)
    assert now(session).loss == old.loss
    session.reset()
    assert np.array_equal(settled(qtbot, session).theta, first.theta)


def test_a_run_that_was_edited_on_its_way_keeps_the_weights_and_the_place_in_the_step(
    qtbot: QtBot, session: Session
) -> None:
    opened(qtbot, session, "circle")
    trained(qtbot, session, 10)
    session.editing.ask(edits.set_learning_rate, 0.5)
    settled(qtbot, session)
    session.go_to(12, 4)
    qtbot.waitUntil(lambda: now(session).iteration == 12)
    session.editing.notes = lambda: Notes(bookmarks=(Bookmark("gone", 8, 3),))
    saved = session.editing.to_save()
    assert saved is not None
    assert np.array_equal(compile_experiment(saved).network.theta, now(session).theta)
    assert saved.position is not None
    assert (saved.position.iteration, saved.position.cursor, saved.position.start) == (0, 4, ())
    assert saved.bookmarks == (), "the moments before are not in the file: a bookmark would lead astray"


def test_each_branch_has_its_own_bookmarks(qtbot: QtBot, session: Session) -> None:
    notebook = Notebook(session)
    session.shown.connect(notebook.show_snapshot)
    opened(qtbot, session, "circle")
    trained(qtbot, session, 20)
    notebook.toggle_bookmark()
    notebook.rename_bookmark(0, "  best ")
    assert [mark.name for mark in notebook.bookmarks] == ["best"]
    session.editing.ask(edits.set_units, 0, 5)
    settled(qtbot, session)
    assert notebook.bookmarks == ()
    trained(qtbot, session, 4)
    session.switch(0)
    settled(qtbot, session)
    assert [mark.name for mark in notebook.bookmarks] == ["best"]


def test_breakpoints_of_layers_that_are_gone_wait_silently() -> None:
    from gradgui.session.breakpoints import fires

    probe = noisy_run().probed_step(None)
    for b in (
        Breakpoint(Kind.SIGN_CHANGE, parameter="L9.W[0,0]"),
        Breakpoint(Kind.NORM_ABOVE, layer=8, limit=0.0),
        Breakpoint(Kind.EVENT, layer=8, event=EventKind.D_WEIGHT),
        Breakpoint(Kind.DEAD_RELU, layer=8, limit=0.0),
    ):
        assert fires(b, probe) == []
