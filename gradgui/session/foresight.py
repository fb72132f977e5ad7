"""What the next step will show, worked out ahead and taken back: so its formula can be typeset before it is asked."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gradgui.engine.events import EventKind
from gradgui.session.levels import Level, stop_after
from gradgui.session.observe import layer_values
from gradgui.session.requests import Engine
from gradgui.session.run import Run
from gradgui.session.snapshot import Snapshot

if TYPE_CHECKING:
    from gradgui.session.session import Session

CALM_MS = 8
"""After a moment is shown; by then it is painted."""
LONGEST_S = 0.01
"""A run in which looking ahead takes more work is left alone: a key that is pressed meanwhile would wait for it."""


class Foresight(QObject):
    """Looks one step ahead whenever a moment is shown and nobody presses a key; lives in the window's thread."""

    came = Signal(object)
    """A Snapshot of the moment to which a step from the one on show would lead."""

    _seen = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.slow_run: int | None = None
        """The revision of a run that is too slow; written in the worker's thread."""
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self._look)
        self._seen.connect(self._take, Qt.ConnectionType.QueuedConnection)
        session.shown.connect(self._follow)

    def stop(self) -> None:
        """The session is closed."""
        self._calm.stop()

    def tell(self, shown: Snapshot, ahead: Snapshot) -> None:
        """Called in the worker's thread: what comes after the moment that was shown."""
        self._seen.emit(shown, ahead)

    @Slot(object)
    def _follow(self, snapshot: Snapshot) -> None:
        if snapshot.running or self._session.level.looks_inside or snapshot.revision == self.slow_run:
            self._calm.stop()
        else:
            self._calm.start()

    @Slot()
    def _look(self) -> None:
        session, shown = self._session, self._session.snapshot
        waits = session.playing or session.first_picture.is_due
        if shown is not None and shown.revision == session.revision and not waits:
            session.ask(Foresee(session.level, shown, self))

    @Slot(object, object)
    def _take(self, shown: Snapshot, ahead: Snapshot) -> None:
        """Only what is still to come."""
        if shown is self._session.snapshot:
            self.came.emit(ahead)


@dataclass(frozen=True, slots=True)
class Foresee:
    """The numbers of the moment to which a step of that size leads from the one that was shown."""

    level: Level
    shown: Snapshot
    foresight: Foresight

    def carry_out(self, engine: Engine) -> None:
        """Do it, unless the run has gone on meanwhile."""
        run, shown, began = engine.run, self.shown, time.thread_time()
        here = shown.revision, shown.iteration, shown.cursor
        if run is None or (run.revision, run.iteration, run.cursor) != here:
            return
        ahead = foreseen(run, self.level, shown)
        if ahead is not None:
            self.foresight.tell(shown, ahead)
        if time.thread_time() - began > LONGEST_S:
            self.foresight.slow_run = run.revision


def foreseen(run: Run, level: Level, shown: Snapshot) -> Snapshot | None:
    """`shown` with the numbers that a step of that size will bring; None at the end of a training step.

    The run is back where it was afterwards, bit for bit. Losses, curves and the ball stay those of `shown`.
    """
    here, events, trainer = run.cursor, run.info.events, run.trainer
    target = stop_after(events, level, here)
    if target is None:
        return None
    try:
        while trainer.cursor < target:
            trainer.run_event()
        with np.errstate(all="ignore"):
            layers = layer_values(trainer, np.asarray(run.start.theta, np.float64))
        passed_loss = any(name.kind is EventKind.LOSS for name in events[:target])
        loss = trainer.program.buffers.loss if passed_loss else None
    finally:
        run.go_to(run.iteration, here)
    return replace(shown, cursor=target, layers=layers, loss=loss, detail=None)
