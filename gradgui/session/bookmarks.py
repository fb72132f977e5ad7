"""Bookmarks: moments of the run with a name, each reached by one key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A moment worth coming back to."""

    name: str
    iteration: int
    cursor: int

    @property
    def place(self) -> tuple[int, int]:
        """(training step, events done)."""
        return self.iteration, self.cursor


def toggled(bookmarks: tuple[Bookmark, ...], iteration: int, cursor: int) -> tuple[Bookmark, ...]:
    """With a bookmark at that moment, or without the one that was there; in the order of time."""
    place = (iteration, cursor)
    if any(mark.place == place for mark in bookmarks):
        return tuple(mark for mark in bookmarks if mark.place != place)
    used = {mark.name for mark in bookmarks}
    name = next(str(n) for n in range(1, len(bookmarks) + 2) if str(n) not in used)
    return tuple(sorted([*bookmarks, Bookmark(name, iteration, cursor)], key=lambda mark: mark.place))
