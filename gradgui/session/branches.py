"""Ways that a run took: an edit begins another one, and the old one is kept whole, with its own experiment."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gradgui.document.experiment import Experiment
from gradgui.engine.planes import Plane
from gradgui.session.ball import Ball, Trail
from gradgui.session.breakpoints import Place
from gradgui.session.curves import Curves
from gradgui.session.differences import told_apart
from gradgui.session.snapshot import Array, BranchView, CurvesView, GhostView
from gradgui.session.timeline import Timeline
from gradgui.text import Text, same

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
    left_at: Place
    """(training step, events done) where it was left."""
    left_with: Array
    """(P,) its parameters there."""
    parent: int | None
    """The number of the branch that it left itself when it began."""


def letter_name(number: int) -> Text:
    """Run A, Run B, … Run A2 after Z."""
    letter = chr(ord("A") + number % 26) + (str(number // 26 + 1) if number >= 26 else "")
    return _NAME.filled(letter=letter)


class Branches:
    """The branches beside the one that goes on."""

    def __init__(self) -> None:
        self.number = 0
        self.forked_at = 0
        self.parent: int | None = None
        self.others: list[Branch] = []
        self._count = 1
        self._given: dict[int, str] = {}
        self._told: tuple[list[tuple[Experiment, ...]], tuple[Text, ...]] | None = None
        self._ghosts: tuple[object, tuple[GhostView, ...]] | None = None
        self._paths: tuple[object, Plane, tuple[Array, ...]] | None = None

    @property
    def nbytes(self) -> int:
        """Memory that the branches take which are put aside."""
        return sum(branch.timeline.nbytes for branch in self.others)

    def fork(self, run: Run, at: int) -> bool:
        """Put the run aside if it has a future behind `at` updates; whether it had."""
        if run.timeline.furthest <= at:
            return False
        self._keep(run, run.timeline.copy(), run.curves.copy())
        self.number, self.forked_at, self.parent = self._count, at, self.number
        self._count += 1
        return True

    def begin_anew(self, run: Run) -> None:
        """Another run begins in place of this one, which is put aside if there is anything to come back to."""
        if run.timeline.furthest > 0:
            self._keep(run, run.timeline, run.curves)
            self.number, self.parent = self._count, self.number
            self._count += 1
        self.forked_at = 0

    def left_as(self, experiment: Experiment, theta: Array) -> Branch | None:
        """The branch that was left with this very experiment and these parameters."""
        found = [b for b in self.others if np.array_equal(b.left_with, theta)]
        return next((b for b in reversed(found) if b.timeline.segment.compiled.experiment == experiment), None)

    def take(self, run: Run, number: int) -> Branch | None:
        """Put the run aside and hand out another branch in its place; None if there is none of that number."""
        found = next((branch for branch in self.others if branch.number == number), None)
        if found is None:
            return None
        self.others.remove(found)
        if run.timeline.furthest > 0:
            self._keep(run, run.timeline, run.curves)
        self.number, self.forked_at, self.parent = found.number, found.forked_at, found.parent
        return found

    def name(self, number: int) -> Text:
        """What the user called a branch, or Run A, Run B, …"""
        given = self._given.get(number)
        return same(given) if given else letter_name(number)

    def rename(self, number: int, given: str) -> None:
        """Call a branch so from now on; without a word it is Run A, Run B, … again."""
        self._given[number] = given.strip()

    def views(self, run: Run) -> tuple[BranchView, ...]:
        """Every branch in the order in which they began; one alone needs no name."""
        if not self.others:
            return ()
        rows = [(b.number, b.forked_at, b.timeline, b.curves, False, b.parent) for b in self.others]
        rows.append((self.number, self.forked_at, run.timeline, run.curves, True, self.parent))
        settings = self._settings(run)
        told = len(set(settings)) > 1
        views = [
            BranchView(
                number,
                self.name(number),
                at,
                line.furthest,
                float(curves.losses[-1]),
                here,
                setting if told else None,
                parent,
            )
            for (number, at, line, curves, here, parent), setting in zip(rows, settings, strict=True)
        ]
        return tuple(sorted(views, key=lambda view: view.number))

    def ghosted(self, run: Run, curves: CurvesView) -> CurvesView:
        """The curves of the run on the screen with those of the others behind; the same ghosts until one changes."""
        *others, own = self._settings(run)
        names = [self.name(branch.number) for branch in self.others]
        key = tuple(zip((branch.number for branch in self.others), names, others, strict=True))
        if self._ghosts is None or self._ghosts[0] != key:
            views = [
                GhostView(name, v.iterations, v.train_loss, b.number, setting, b.curves.seconds)
                for b, name, v, setting in zip(
                    self.others, names, (b.curves.view() for b in self.others), others, strict=True
                )
            ]
            self._ghosts = key, tuple(views)
        name = self.name(self.number)
        return replace(curves, ghosts=self._ghosts[1], name=name, setting=own, seconds=run.curves.seconds)

    def forget(self, number: int) -> None:
        """Throw one of the other branches away."""
        self.others = [branch for branch in self.others if branch.number != number]

    def ghost_paths(self, run: Run) -> tuple[Array, ...]:
        """Ways of the other branches over the loss surface, each (k, 3), as far as they moved the same parameters."""
        plane = run.ball.plane
        if plane is None or not self.others:
            return ()
        key = tuple(branch.number for branch in self.others)
        if self._paths is None or self._paths[0] != key or self._paths[1] is not plane:
            here = [place.matrix for place in run.compiled.network.places]
            alike = [b for b in self.others if [p.matrix for p in b.timeline.segment.compiled.network.places] == here]
            trails = [Trail(*branch.curves.trail(), branch.curves.losses) for branch in alike]
            self._paths = key, plane, tuple(np.asarray(trail.on(plane), np.float64) for trail in trails)
        return self._paths[2]

    def _settings(self, run: Run) -> tuple[Text, ...]:
        """What sets each branch apart, that of the screen last; worked out again only when one of them changes."""
        rows = [*((branch.timeline, branch.forked_at) for branch in self.others), (run.timeline, self.forked_at)]
        ways = [_way(*row) for row in rows]
        if self._told is None or [[*map(id, way)] for way in self._told[0]] != [[*map(id, way)] for way in ways]:
            self._told = ways, tuple(told_apart(ways))
        return self._told[1]

    def _keep(self, run: Run, timeline: Timeline, curves: Curves) -> None:
        """Put aside what is gone on from here; each branch may take its share of the memory."""
        share = timeline.cap_bytes // (2 * MOST)
        left = Branch(
            self.number, self.forked_at, timeline, curves, copy(run.ball), (run.iteration, run.cursor),
            np.array(run.trainer.network.theta, np.float64), self.parent,
        )  # fmt: skip
        self.others.append(left)
        del self.others[:-MOST]
        timeline.use_cap(share)


def _way(timeline: Timeline, forked_at: int) -> tuple[Experiment, ...]:
    """The experiments under which most of a run was trained since its fork, and its end.

    One that has just forked has its last.
    """
    segments = timeline.segments
    ends = [*(segment.start for segment in segments[1:]), timeline.furthest]
    own = [(end - one.start, one) for one, end in zip(segments, ends, strict=True) if one.start >= forked_at]
    trained = [pair for pair in own if pair[0] > 0] or [(0, segments[-1])]
    _, mostly = max(trained, key=lambda pair: pair[0])
    found = (mostly,) if mostly is trained[-1][1] else (mostly, trained[-1][1])
    return tuple(segment.compiled.experiment for segment in found)
