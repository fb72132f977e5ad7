"""A short sample of the long run (`sh packaging/linux.sh endure`): races, a soak, resets. Monkeys play elsewhere."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from gradgui.gui.fonts import load_fonts
from tests.hardening.leaks import always_growing, leaks
from tests.hardening.modes import SAFE, modes, walk
from tests.hardening.races import race
from tests.hardening.soak import reset_often, train_for
from tests.hardening.watching import delete_what_is_due, listening

pytestmark = [pytest.mark.qt_no_exception_capture, pytest.mark.timeout(300)]

RACES = 10
CLOSES_WITHIN_S = 10.0
"""Here a window must close at all, whatever else the machine does; the long run asks for less than a second."""


def hush(_words: str) -> None:
    """A sample that goes well has nothing to say."""


@pytest.fixture(autouse=True)
def letters(qapp: QApplication) -> None:
    load_fonts(qapp)


def test_windows_close_at_once_at_the_worst_moment(qapp: QApplication, tmp_path: Path) -> None:
    chance = random.Random(7)
    with listening() as heard:
        took = [race(qapp, tmp_path / str(number), chance) for number in range(RACES)]
    assert not heard
    assert max(took) < CLOSES_WITHIN_S


def test_memory_does_not_grow_while_training(qapp: QApplication, tmp_path: Path) -> None:
    assert train_for(qapp, tmp_path, minutes=0.15, warm_up=0.07, say=hush) < 20


def test_memory_does_not_grow_with_resets(qapp: QApplication, tmp_path: Path) -> None:
    assert reset_often(qapp, tmp_path, times=60, warm_up=30, say=hush) < 20


def test_nothing_is_left_behind(qapp: QApplication, tmp_path: Path) -> None:
    assert leaks(qapp, tmp_path, seed=7, rounds=3, events=60, say=hush) == {}


def test_only_what_always_grows_leaks() -> None:
    counts = [Counter(leak=1, cache=1, busy=3), Counter(leak=2, cache=9, busy=1), Counter(leak=5, cache=9, busy=2)]
    assert always_growing(counts) == {"leak": [1, 2, 5]}


def test_every_kind_of_screen_is_tried(qapp: QApplication, tmp_path: Path) -> None:
    assert {"offscreen", SAFE} <= dict(modes()).keys()
    assert walk(qapp, tmp_path, SAFE, ("toy-car",), events=60) == []


def test_what_listens_hears(qapp: QApplication) -> None:
    with listening() as heard:
        button = QPushButton()
        button.clicked.connect(lambda: 1 / 0)
        button.click()
        QTimer(button).startTimer(-1)
    assert "ZeroDivisionError" in heard[0]
    del button
    delete_what_is_due()
