"""Lets the run walk to where the answer can be seen, at a pace that the eye can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from gradgui.session.session import Session

WALK_MS = 2600
"""A walk through the events of one training step takes about so long."""
SLOWEST_MS, FASTEST_MS = 420, 24
TICKS = 60
"""A longer run is shown in so many pieces."""
POLL_MS = 8
LONGEST_MS = 4000
"""On a slow machine the rest is skipped after this."""

Goal = tuple[int, int]
"""(iteration, events of it that are done)."""


class Reveal(QObject):
    """Moves with the reins lifted; `finished` says that the goal is on the screen."""

    finished = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.at_once = False
        """Without a walk: for reduced motion and for tests."""
        self._goal: Goal | None = None
        self._asked: Goal | None = None
        self._piece = 1
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    def begin(self, iteration: int, cursor: int) -> None:
        """Go there; at an end of a training step, `cursor` may be 0 for the start of the next."""
        self._goal, self._asked = (iteration, cursor), None
        self._piece = max(1, iteration // TICKS)
        self._since.start()
        self._timer.start(POLL_MS)
        self._tick()

    def cancel(self) -> None:
        """Stay here."""
        self._timer.stop()
        self._goal = None

    @Slot()
    def _tick(self) -> None:
        session, goal = self._session, self._goal
        snapshot = session.snapshot
        if goal is None or snapshot is None or snapshot.revision != session.revision:
            return
        whole = len(snapshot.network.events)
        here = (snapshot.iteration, snapshot.cursor)
        if here == goal or (goal[1] == 0 and here == (goal[0] - 1, whole)):
            self._timer.stop()
            self._goal = None
            self.finished.emit()
        elif self._asked is None or here == self._asked:
            self._ask(self._next(here, goal, whole))

    def _ask(self, place: Goal) -> None:
        self._asked = place
        with self._session.reins.lifted():
            self._session.go_to(*place)

    def _next(self, here: Goal, goal: Goal, whole: int) -> Goal:
        done = here[0] + (here[1] == whole)
        if self.at_once or self._since.elapsed() > LONGEST_MS:
            return goal if goal[1] else (goal[0] - 1, whole)
        if done < goal[0]:
            self._timer.setInterval(FASTEST_MS)
            return min(done + self._piece, goal[0]) - 1, whole
        self._timer.setInterval(min(SLOWEST_MS, max(FASTEST_MS, WALK_MS // max(goal[1], 1))))
        return goal[0], 1 if here[1] == whole else here[1] + 1
