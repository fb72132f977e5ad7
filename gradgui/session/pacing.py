"""What the user wants of training as it runs: how fast, and when to stop by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from gradgui.session.breakpoints import Place
from gradgui.session.frames import Frames
from gradgui.session.goals import StopWhen
from gradgui.session.pace import FASTEST, SLOWEST
from gradgui.session.requests import Play, Request, UseGoals, UsePace

CALM_STEPS_PER_SECOND = 8.0
"""For a handful of examples, so that the eye can follow."""
CALM_EXAMPLES = 4
HURRIED = 20.0
"""Faster than this, the eye cannot follow every step anyhow."""


class Pacing(QObject):
    """Speed and stop conditions; they belong to the window, not to the experiment."""

    changed = Signal()
    """The speed, or when to stop."""

    def __init__(self, ask: Callable[[Request], None], frames: Frames, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask, self._frames = ask, frames
        self._chosen = False
        self.speed: float | None = None
        """Steps a second; None for as fast as it goes."""
        self.stop_when = StopWhen()

    @property
    def hurried(self) -> bool:
        """Whether training is faster than the eye."""
        return self.speed is None or self.speed > HURRIED

    def suit(self, examples: int) -> None:
        """Another set of examples: a speed that suits it, unless one was chosen."""
        if not self._chosen:
            self._set_speed(CALM_STEPS_PER_SECOND if examples <= CALM_EXAMPLES else None)

    def use_speed(self, steps_per_second: float | None) -> None:
        """Train so fast from now on."""
        self._chosen = True
        self._set_speed(None if steps_per_second is None else min(max(steps_per_second, SLOWEST), FASTEST))

    def use_goals(self, stop_when: StopWhen) -> None:
        """Stop by itself at these from now on."""
        if stop_when != self.stop_when:
            self.stop_when = stop_when
            self._ask(UseGoals(stop_when))
            self.changed.emit()

    def play(self, number: int) -> Play:
        """The wish to train like that."""
        return Play(self.speed, number, stop_when=self.stop_when)

    def run_to(self, place: Place, number: int) -> Play:
        """The wish to train up to a place, as fast as it goes."""
        return Play(None, number, place)

    def _set_speed(self, speed: float | None) -> None:
        if speed != self.speed:
            self.speed = speed
            self._ask(UsePace(speed))
            self._frames.hurried = self.hurried
            self.changed.emit()
