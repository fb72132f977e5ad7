"""After an edit the landscape is painted first, the numbers right after it, and nobody waits for long."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.session import requests
from gradgui.session.examples import example_path
from gradgui.session.first_picture import PATIENCE_MS, FirstPicture
from gradgui.session.requests import Load
from gradgui.session.session import Session
from gradgui.session.worker import Worker


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    with qtbot.waitSignal(session.shown):
        session.open(read(example_path("spiral")))
    qtbot.waitUntil(lambda: session.scenery.surface is not None and session.scenery.surface.final)
    yield session
    session.close()


def test_after_an_edit_the_landscape_comes_before_the_numbers(qtbot: QtBot, session: Session) -> None:
    heard: list[str] = []
    session.scenery.changed.connect(lambda _: heard.append("landscape"))
    session.scenery.painted.connect(lambda: heard.append("painted"))
    session.first_picture.over.connect(lambda: heard.append("over"))
    session.shown.connect(lambda _: heard.append("numbers"))
    with qtbot.waitSignal(session.shown):
        session.reset()
    before = heard[: heard.index("numbers")]
    assert "over" in before
    assert "painted" in before or not before.count("landscape")  # a very slow machine may have run out of patience


def test_a_landscape_that_takes_too_long_is_not_waited_for(qtbot: QtBot) -> None:
    parent, after = QObject(), Event()
    first = FirstPicture(parent)
    with qtbot.waitSignals([first.came, first.over], timeout=50 * PATIENCE_MS):
        first.begin(after)
        assert first.is_awaited
        assert first.is_due
    assert after.is_set()
    assert not first.is_awaited
    assert not first.is_due


def test_whatever_is_asked_next_does_not_wait(qtbot: QtBot, session: Session) -> None:
    session.reset()
    with qtbot.waitSignal(session.shown, check_params_cb=lambda shown: shown.cursor == 1):
        session.step()
        assert not session.first_picture.is_due


def test_a_new_run_lets_the_landscape_go_first_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "LONGEST_WAIT_S", 0.01)
    worker = Worker()
    worker.do(Load(compile_experiment(read(example_path("toy-car"))), 1, None, after=Event()))
    assert worker.run is not None
    assert worker.latest is not None
