"""Ways that a run took: an edit in the past begins another one, and the old one is kept whole."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gradgui.session.ball import Ball, Trail
from gradgui.session.curves import Curves
from gradgui.session.snapshot import Array, BranchView, GhostView
from gradgui.session.timeline import Timeline
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.session.run import Run

MOST = 8
"""Branches that are kept; the oldest goes first."""
_NAME = Text(en="Run {letter}", zh="运行 {letter}")


@dataclass(slots=True)
class Branch:
    """One way of the run, put aside."""

    number: int
    forked_at: int
    timeline: Timeline
    curves: Curves
    ball: Ball

    @property
    def name(self) -> Text:
        """Run A, Run B, …"""
        return name(self.number)


def name(number: int) -> Text:
    """Run A, Run B, … Run A2 after Z."""
    letter = chr(ord("A") + number % 26) + (str(number // 26 + 1) if number >= 26 else "")
    return _NAME.filled(letter=letter)


class Branches:
    """The branches beside the one that goes on."""

    def __init__(self) -> None:
        self.number = 0
        self.forked_at = 0
        self.others: list[Branch] = []
        self._count = 1
        self._views: tuple[object, tuple[GhostView, ...]] | None = None
        self._paths: tuple[object, tuple[Array, ...]] | None = None

    def fork(self, run: Run, at: int) -> bool:
        """Put the run aside if it has a future behind `at` updates; whether it had."""
        if run.timeline.furthest <= at:
            return False
        self._keep(run, run.timeline.copy(), run.curves.copy())
        self.number, self.forked_at = self._count, at
        self._count += 1
        return True

    def take(self, run: Run, number: int) -> Branch | None:
        """Put the run aside and hand out another branch in its place; None if there is none of that number."""
        found = next((branch for branch in self.others if branch.number == number), None)
        if found is None:
            return None
        self.others.remove(found)
        self._keep(run, run.timeline, run.curves)
        self.number, self.forked_at = found.number, found.forked_at
        return found

    def views(self, run: Run) -> tuple[BranchView, ...]:
        """Every branch in the order of their names; one alone needs no name."""
        if not self.others:
            return ()
        rows = [(b.number, b.forked_at, b.timeline.furthest, b.curves, False) for b in self.others]
        rows.append((self.number, self.forked_at, run.timeline.furthest, run.curves, True))
        return tuple(
            BranchView(number, name(number), at, furthest, float(curves.losses[-1]), here)
            for number, at, furthest, curves, here in sorted(rows, key=lambda row: row[0])
        )

    def ghost_curves(self) -> tuple[GhostView, ...]:
        """Losses of the other branches; the same object until they change."""
        key = tuple(branch.number for branch in self.others)
        if self._views is None or self._views[0] != key:
            views = [(branch.name, branch.curves.view()) for branch in self.others]
            self._views = key, tuple(GhostView(name_, v.iterations, v.train_loss) for name_, v in views)
        return self._views[1]

    def ghost_paths(self, run: Run) -> tuple[Array, ...]:
        """Ways of the other branches over the loss surface, each (k, 3)."""
        plane = run.ball.plane
        if plane is None or not self.others:
            return ()
        key = tuple(branch.number for branch in self.others), id(plane)
        if self._paths is None or self._paths[0] != key:
            trails = [Trail(*branch.curves.trail(), branch.curves.losses) for branch in self.others]
            self._paths = key, tuple(np.asarray(trail.on(plane), np.float64) for trail in trails)
        return self._paths[1]

    def _keep(self, run: Run, timeline: Timeline, curves: Curves) -> None:
        self.others.append(Branch(self.number, self.forked_at, timeline, curves, copy(run.ball)))
        del self.others[:-MOST]
