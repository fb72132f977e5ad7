"""How fast to train: so many steps a second, or as fast as it goes."""

from __future__ import annotations

SLICES_PER_SECOND = 60
LONGEST_DEBT_S = 0.25
"""What could not be trained in time is made up for, but not more than this."""
SLOWEST, FASTEST = 0.1, 10_000.0
"""Steps a second that can be asked for; beyond, there is only "unlimited"."""


class Pace:
    """Says how many steps are due, and how long to wait for the next one."""

    def __init__(self, steps_per_second: float | None = None) -> None:
        self.speed = steps_per_second
        self._last: float | None = None

    def due(self, now: float) -> int | None:
        """Steps to do now, `now` in seconds; None for as many as possible. The first one is due at once."""
        if self.speed is None:
            return None
        if self._last is None:
            self._last = now
            return 1
        debt = min((now - self._last) * self.speed + 1e-6, max(1.0, LONGEST_DEBT_S * self.speed))
        steps = int(debt)
        if steps:
            self._last = now - (debt - steps) / self.speed
        return steps

    def wait_ms(self, now: float) -> int:
        """Until something is due again; never so long that nothing else could be done meanwhile."""
        if self.speed is None:
            return 0
        least = 1000 / SLICES_PER_SECOND
        if self._last is None or self.speed >= SLICES_PER_SECOND:
            return round(least)
        return max(1, round((self._last + 1 / self.speed - now) * 1000))
