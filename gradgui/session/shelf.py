"""A run that is put aside while another one is looked at, and comes back exactly: moment, past, undo and all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.document.compile import Compiled
from gradgui.document.history import History
from gradgui.engine.planes import Plane
from gradgui.session.keepsakes import Notes
from gradgui.session.requests import Engine
from gradgui.session.run import Run
from gradgui.session.snapshot import Array

if TYPE_CHECKING:
    from gradgui.session.session import Session


@dataclass(slots=True)
class Box:
    """Holds a run for the worker; nobody else looks inside."""

    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that makes a run come back as it was."""

    compiled: Compiled
    folder: Path | None
    history: History
    theta: Array
    start: Array | None
    notes: Notes
    """Breakpoints, watches, bookmarks."""
    box: Box = field(default_factory=Box)


@dataclass(frozen=True, slots=True)
class PutAway:
    """Keep the run as it is; the next request begins another one."""

    box: Box

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        self.box.run = engine.run


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Go on with a run that was put away."""

    box: Box
    revision: int
    plane: Plane | None
    placed: int

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        run = self.box.run
        if run is not None:
            run.revision, run.placed = self.revision, self.placed
            run.use_plane(self.plane)
            engine.begin(run)


def put_away(session: Session) -> Kept | None:
    """Keep what is open; nothing in the window changes until something else is opened."""
    compiled, history, theta = session.compiled, session.editing.history, session.theta
    if compiled is None or history is None or theta is None:
        return None
    kept = Kept(compiled, session.folder, history, theta, session.start, session.editing.notes())
    session.ask_paused(PutAway(kept.box))
    return kept
