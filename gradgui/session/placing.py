"""Putting the parameters somewhere by hand: the newest wish counts, older ones are passed over."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.session.requests import Engine
from gradgui.session.run import Run
from gradgui.session.snapshot import Array


class Wishes:
    """Counts wishes of one kind; the window counts up, the worker looks whether a newer one is under way."""

    def __init__(self) -> None:
        self.newest = 0

    def next(self) -> int:
        """The number of another wish."""
        self.newest += 1
        return self.newest


@dataclass(frozen=True, slots=True)
class Place:
    """The parameters from now on; passed over if a newer wish has been spoken meanwhile."""

    theta: Array
    number: int
    wishes: Wishes

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        if self.number == self.wishes.newest:
            engine.move(self._place)
            if engine.run is not None:
                engine.lookout.forget(engine.run.timeline.furthest)

    def _place(self, run: Run) -> None:
        run.place(self.theta)
        run.placed = self.number
