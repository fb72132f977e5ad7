"""How long the window takes from a key or a mouse move to the picture on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

MOST_S = 5.0


class Flushes(QObject):
    """Notes when the window has been painted: the moment after Qt put all its panes on the screen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.painted = self.own = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return False
        watched.removeEventFilter(self)
        watched.event(event)
        watched.installEventFilter(self)
        self.painted, self.own = time.perf_counter(), time.thread_time()
        return True


@dataclass
class Pace:
    """Milliseconds of many moves, on the clock and of the window's own thread."""

    clock: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        return float(np.percentile(self.clock, share))

    def __str__(self) -> str:
        clock = " ".join(f"p{share} {self.percentile(share):.0f}" for share in (50, 90, 99))
        own = " ".join(f"p{share} {np.percentile(self.own, share):.0f}" for share in (50, 90, 99))
        return f"{clock} ms (the window's own work: {own} ms)"


def measure(flushes: Flushes, act: Callable[[int], object], shown: Callable[[], object], times: int) -> Pace:
    """Act, wait until another thing is shown and painted, and rest; again and again."""
    pace = Pace()
    for number in range(times):
        before = shown()
        start, own = time.perf_counter(), time.thread_time()
        act(number)
        while shown() is before and time.perf_counter() - start < MOST_S:
            QApplication.processEvents()
        arrived = time.perf_counter()
        while flushes.painted < arrived and time.perf_counter() - start < MOST_S:
            QApplication.processEvents()
        pace.clock.append(1000 * (flushes.painted - start))
        pace.own.append(1000 * (flushes.own - own))
        rest(0.03)
    return pace


def rest(seconds: float) -> None:
    """Let the window do what it still has to do."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.001)
