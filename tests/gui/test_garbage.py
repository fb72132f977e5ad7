"""What Python no longer needs is looked for in the window's thread, while Qt rests."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gradgui.gui.garbage import MIDDLE, REST_MS, Garbage


@pytest.fixture(autouse=True)
def garbage(qapp: QApplication) -> Iterator[None]:
    """The window's own collector, for these tests only."""
    collector = Garbage(qapp)
    yield
    delete(collector)


class Ring:
    """Refers to itself: only a collection ends it."""

    def __init__(self, ended_in: list[int] | None = None) -> None:
        self.itself = self
        self._ended_in = ended_in

    def __del__(self) -> None:
        if self._ended_in is not None:
            self._ended_in.append(threading.get_ident())


def test_another_thread_destroys_nothing_however_much_it_makes(qtbot: QtBot, qapp: QApplication) -> None:
    ended_in: list[int] = []
    Ring(ended_in)
    maker = threading.Thread(target=lambda: [Ring() for _ in range(20_000)])
    maker.start()
    maker.join()
    assert not ended_in, "destroyed while the window's thread was in the middle of something"
    qtbot.waitUntil(lambda: bool(ended_in))
    assert ended_in == [threading.get_ident()]


def test_a_long_run_does_not_fill_the_memory_with_old_garbage(qtbot: QtBot, qapp: QApplication) -> None:
    old = Ring()
    ended = weakref.ref(old)
    gc.collect()  # now it counts as long-lived
    del old
    rounds = 0
    while ended() is not None and rounds < 1000:
        rounds += 1
        for _ in range(3000):
            Ring()
        with qtbot.waitCallback() as rested:
            QTimer.singleShot(0, rested)
    assert ended() is None, "only the young are looked through"


def test_what_takes_long_waits_for_a_pause_between_two_steps(qtbot: QtBot) -> None:
    looked_through: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "stop":
            looked_through.append(about["generation"])

    gc.collect()
    gc.callbacks.append(note)
    try:
        for _ in range(2 * MIDDLE):
            for _ in range(3000):
                Ring()
            with qtbot.waitCallback() as slept:
                QTimer.singleShot(0, slept)
        assert len(looked_through) >= MIDDLE
        assert set(looked_through) == {0}
        qtbot.wait(4 * REST_MS)
        assert max(looked_through) >= 1
    finally:
        gc.callbacks.remove(note)
