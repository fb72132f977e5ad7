"""Real events on the real window, whatever comes to a monkey's mind: a sample of the long run's 200,000."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gradgui.gui.fonts import load_fonts
from tests.hardening import monkey
from tests.hardening.monkey import Hands, Trouble, replay, shrunk, wishes

pytestmark = [pytest.mark.qt_no_exception_capture, pytest.mark.timeout(300)]

SEEDS = (101, 102, 103, 104, 105)
EVENTS = 4000
"""With each of the seeds: 20,000 in all."""


@pytest.fixture(autouse=True)
def letters(qapp: QApplication) -> None:
    load_fonts(qapp)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_monkey_breaks_nothing(qapp: QApplication, tmp_path: Path, seed: int) -> None:
    assert monkey.play(qapp, tmp_path, seed, EVENTS, _hush) >= EVENTS


def test_the_same_seed_wishes_the_same() -> None:
    first, second, other = wishes(5), wishes(5), wishes(6)
    some = [next(first) for _ in range(200)]
    assert some == [next(second) for _ in range(200)]
    assert some != [next(other) for _ in range(200)]


def test_what_a_monkey_breaks_is_shrunk_to_a_short_script(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_at_end_key(hands: Hands, event: monkey.Event) -> None:
        if event == ("key", ("End",)):
            QTimer.singleShot(0, fail)
            QApplication.processEvents()

    def fail() -> None:
        raise ZeroDivisionError("the key End")

    monkeypatch.setattr(Hands, "do", break_at_end_key)
    events: list[monkey.Event] = [("key", ("F10",))] * 20 + [("key", ("End",))] + [("key", ("F8",))] * 10
    found = replay(qapp, tmp_path, events, "toy-car")
    assert isinstance(found, Trouble)
    short = shrunk(qapp, tmp_path, found)
    assert short.events == [("key", ("End",))]
    assert "the key End" in str(short)
    assert "('key', ('End',))" in str(short)


def _hush(_words: str) -> None:
    """A sample that goes well has nothing to say."""
