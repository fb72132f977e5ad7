"""What a file keeps beside the experiment: taken out when it is opened, put back when it is saved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.explain import ELSEWHERE
from gradgui.document.notes import BookmarkSpec, BreakpointSpec, PositionSpec
from gradgui.errors import UserError
from gradgui.session.bookmarks import Bookmark
from gradgui.session.breakpoints import Breakpoint, Kind, Place
from gradgui.session.facts import read
from gradgui.session.snapshot import EventKind, Phase, Snapshot
from gradgui.text import Text

LARGEST_START = 20_000
"""Parameters that are written down a second time, as they were at the start of the run."""
LONGEST_WAY_MS = 5000.0
"""A place that takes longer to reach again is not kept."""
WRONG_START = Text(en="expected {wanted} numbers, got {got}", zh="应有 {wanted} 个数，实际为 {got} 个")


@dataclass(frozen=True, slots=True)
class Notes:
    """What the user noted down, and where the run stood."""

    breakpoints: tuple[Breakpoint, ...] = ()
    watches: tuple[str, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    place: Place = (0, 0)


def opening(experiment: Experiment, folder: Path | None, chosen: Collection[Path] = ()) -> tuple[Compiled, Notes]:
    """The experiment alone, ready to run from where its run began, and the notes; raises UserError."""
    notes = Notes(
        tuple(_breakpoint(spec, f"breakpoints[{n}]") for n, spec in enumerate(experiment.breakpoints)),
        tuple(_readable(watch, f"watches[{n}]") for n, watch in enumerate(experiment.watches)),
        tuple(Bookmark(mark.name, mark.iteration, mark.cursor) for mark in experiment.bookmarks),
        (0, 0) if experiment.position is None else (experiment.position.iteration, experiment.position.cursor),
    )
    start = () if experiment.position is None else experiment.position.start
    compiled = compile_experiment(_plain(experiment), folder, chosen)
    if start and len(start) != compiled.network.size:
        why = WRONG_START.filled(wanted=compiled.network.size, got=len(start))
        raise UserError(ELSEWHERE, place="position.start", why=why)
    if start:
        compiled.network.theta[...] = start
    return compiled, notes


def noted(experiment: Experiment, notes: Notes, snapshot: Snapshot | None) -> Experiment:
    """The experiment as a file keeps it; the same value where there is nothing to note."""
    position, start = (None, None) if snapshot is None else _position(snapshot)
    kept = experiment.with_(
        breakpoints=tuple(_spec(b) for b in notes.breakpoints),
        watches=notes.watches,
        bookmarks=tuple(BookmarkSpec(m.name, m.iteration, m.cursor) for m in notes.bookmarks if start is not None),
        position=position,
    )
    return experiment if kept == experiment else kept


def _plain(experiment: Experiment) -> Experiment:
    if (experiment.breakpoints, experiment.watches, experiment.bookmarks, experiment.position) == ((), (), (), None):
        return experiment
    return experiment.with_(breakpoints=(), watches=(), bookmarks=(), position=None)


def _position(snapshot: Snapshot) -> tuple[PositionSpec | None, object]:
    """Where the run stands, and its start if it can be run again from there.

    A run that was edited on its way cannot: then its weights of now are the start, and only the place inside this
    step can be found again.
    """
    history, place = snapshot.history, (snapshot.iteration, snapshot.cursor)
    start = None if history is None else history.start
    too_far = history is not None and snapshot.iteration * history.step_ms > LONGEST_WAY_MS
    if start is None or start.size > LARGEST_START or too_far:
        cursor = _before_updates(snapshot)
        return (PositionSpec(0, cursor) if cursor else None), None
    if place == (0, 0):
        return None, start
    moved = not np.array_equal(start, snapshot.theta)
    return PositionSpec(*place, start=tuple(map(float, start)) if moved else ()), start


def _before_updates(snapshot: Snapshot) -> int:
    """The cursor, or 0 once the step has moved the parameters."""
    first = next((e.index for e in snapshot.network.events if e.phase is Phase.UPDATE), snapshot.cursor)
    return snapshot.cursor if snapshot.cursor <= first else 0


def _breakpoint(spec: BreakpointSpec, place: str) -> Breakpoint:
    if spec.kind == Kind.CONDITION.value:
        _readable(spec.condition, f"{place}.condition")
    return Breakpoint(
        Kind(spec.kind),
        None if spec.layer is None else int(spec.layer[1:]) - 1,
        None if spec.event is None else EventKind(spec.event),
        None if spec.phase is None else Phase(spec.phase),
        spec.parameter,
        spec.limit,
        spec.condition,
        spec.every,
        spec.enabled,
        spec.log_only,
    )


def _spec(b: Breakpoint) -> BreakpointSpec:
    return BreakpointSpec(
        b.kind.value,
        None if b.layer is None else f"L{b.layer + 1}",
        None if b.event is None else b.event.value,
        None if b.phase is None else b.phase.value,
        b.parameter,
        b.limit,
        b.condition,
        b.every,
        b.enabled,
        b.log_only,
    )


def _readable(source: str, place: str) -> str:
    try:
        read(source)
    except UserError as error:
        raise UserError(ELSEWHERE, place=place, why=error.text) from None
    return source
