"""When the window draws while the network trains: often enough to look alive, seldom enough to leave time for training.

The window and the engine share one processor core's worth of Python. If both go on at once, each waits for the other
again and again, hundreds of times in a single picture; so they take turns, a picture each time.
"""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

FRAME_MS = 16
REST = 5.0
"""Beside its pictures, training has at least so many times as long as they usually take."""
LONG_REST, CALM_MS = 10.0, 94.0
"""It has even so many times as long, while pictures still come after so many milliseconds: ten a second look alive, and
what a picture costs less is training's.
"""
NEWEST = 0.2
"""Share of the last picture in what pictures usually cost: a single slow one makes no pause before the next."""
LONGEST_WAIT_S = 0.1
"""Training never waits longer than this for a picture, whatever happens to the window."""


class Turns:
    """Whose turn it is: training runs unless a picture is being drawn."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()

    def take(self) -> None:
        """The window draws now."""
        self._free.clear()

    def give(self) -> None:
        """Training may go on."""
        self._free.set()

    def wait(self) -> None:
        """Called by the engine's thread, before every bite of training."""
        self._free.wait(LONGEST_WAIT_S)


class Frames(QObject):
    """Asks for a picture again and again, and measures what each one costs, painting included."""

    due = Signal()
    drawn = Signal(object)
    """A picture is painted; the seconds it took."""

    def __init__(self, turns: Turns, parent: QObject) -> None:
        super().__init__(parent)
        self._turns = turns
        self._began, self._runs = 0.0, False
        self._usual_ms: float | None = None
        self._next = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self._begin)
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(self._end)
        self.number = 0
        """Pictures drawn so far."""
        self.large_waits = False
        """Something that takes long to draw waits for its turn: then nothing else is drawn."""
        self.hurried = False
        """Whether training is so fast that not every view can be shown in every picture."""

    def start(self, hurried: bool) -> None:
        """Draw from now on; in a hurry, training comes first."""
        self._runs, self.hurried = True, hurried
        if not self._next.isActive():
            self._next.start(FRAME_MS)

    def stop(self) -> None:
        """Draw no more."""
        self._runs = False
        self._next.stop()
        self._turns.give()

    @property
    def busy(self) -> bool:
        """Whether training runs in a hurry: what can wait is shown in the next picture."""
        return self._runs and self.hurried

    def turn(self, places: tuple[int, ...], of: int) -> bool:
        """Whether a view that has these of so many turns is to be shown in this picture."""
        return not self.busy or self.number % of in places

    @Slot()
    def _begin(self) -> None:
        self._began = time.perf_counter()
        if self.hurried:
            self._turns.take()
        self.number += 1
        self.due.emit()
        self._painted.start()

    @Slot()
    def _end(self) -> None:
        """The event queue has run dry: everything is painted."""
        self._turns.give()
        if self._runs:
            cost_ms = (time.perf_counter() - self._began) * 1000
            self.drawn.emit(cost_ms / 1000)
            usual_ms = cost_ms if self._usual_ms is None else self._usual_ms
            self._usual_ms = NEWEST * cost_ms + (1 - NEWEST) * usual_ms
            self._next.start(rest_ms(cost_ms, self._usual_ms) if self.hurried else FRAME_MS)


def rest_ms(cost_ms: float, usual_ms: float) -> int:
    """How long training in a hurry goes on after a picture that took so long, where they usually take that."""
    from_one_to_the_next = max(usual_ms * (1 + REST), min(usual_ms * (1 + LONG_REST), CALM_MS))
    return max(FRAME_MS, round(from_one_to_the_next - cost_ms))
