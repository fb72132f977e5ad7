"""What the window may ask, and what it hears: the one door between the views and the engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal, Slot

from gradgui.document.change import Change, change_between
from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.edits import set_learning_rate
from gradgui.document.experiment import Experiment
from gradgui.session.editing import Editing
from gradgui.session.first_picture import FirstPicture
from gradgui.session.foresight import Foresight
from gradgui.session.frames import Frames
from gradgui.session.keepsakes import opening
from gradgui.session.observe import data_view
from gradgui.session.pacing import Pacing
from gradgui.session.placing import Place, Wishes
from gradgui.session.race import Race
from gradgui.session.reins import Deed
from gradgui.session.requests import Load, Pause, Request, Retune, UsePlane
from gradgui.session.scenery import Scenery
from gradgui.session.shelf import Kept, TakeOut
from gradgui.session.snapshot import Array, Snapshot, SurfaceView
from gradgui.session.threads import started
from gradgui.session.traveller import Traveller
from gradgui.session.worker import Worker

FLEETING_MS = 2000
"""A run that was trained for less than this between two edits is not worth coming back to."""


class Session(Traveller):
    """Owns the document, the worker and the surface; lives in the window's thread."""

    document_changed = Signal(object)
    """The Experiment now."""
    opened = Signal(object)
    """Another document is open; the Notes that came with it."""
    data_changed = Signal(object)
    """A DataView."""
    playing_changed = Signal(object)
    gesture_ended = Signal()

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: Snapshot | None = None
        self._wishes = Wishes()
        self._folder: Path | None = None
        self.chosen: set[Path] = set()
        """Data files that the user picked by hand: only these may lie outside the folder."""
        self._since_load = QElapsedTimer()
        self._waiting: Load | None = None
        """The last edit, if nothing else has been asked for since."""
        self.start: Array | None = None
        """Where Reset leads: (P,) the parameters at the start of the run."""
        self._placed: tuple[int, Array] | None = None
        self._worker = Worker()
        self._thread = started(self._worker, "engine", self, last=self._worker.finish)
        self.scenery = Scenery(self)
        self.first_picture = FirstPicture(self)
        self.first_picture.over.connect(self._pull, Qt.ConnectionType.QueuedConnection)
        self.scenery.changed.connect(self._landscape_came)
        self.scenery.painted.connect(self._landscape_is_seen)
        self.race = Race(self)
        self.editing = Editing(self)
        self._asked.connect(self._worker.do, Qt.ConnectionType.QueuedConnection)
        self._worker.arrived.connect(self._pull, Qt.ConnectionType.QueuedConnection)
        self._worker.ended.connect(self._has_ended, Qt.ConnectionType.QueuedConnection)
        self.frames = Frames(self._worker.turns, self)
        self.frames.due.connect(self._pull)
        self.pacing = Pacing(self.ask, self.frames, self)
        self.foresight = Foresight(self)

    # --- what there is

    @property
    def experiment(self) -> Experiment | None:
        """The document."""
        return self.editing.document

    @property
    def folder(self) -> Path | None:
        """Where paths in the document start."""
        return self._folder

    @property
    def theta(self) -> Array | None:
        """The parameters of now, (P,): those on show, or newer ones that the worker has not shown yet."""
        snapshot, placed = self._snapshot, self._placed
        if placed is not None and (snapshot is None or snapshot.placed < placed[0]):
            return placed[1]
        return None if snapshot is None else snapshot.theta

    @property
    def snapshot(self) -> Snapshot | None:
        """The moment that the views show."""
        return self._snapshot

    @property
    def compiled(self) -> Compiled | None:
        """The document, ready to run; its network is the worker's."""
        return self._compiled

    @property
    def revision(self) -> int:
        """Counts document changes."""
        return self._revision

    @property
    def playing(self) -> bool:
        """Whether training runs."""
        return self._playing

    # --- what can be asked

    def open(self, experiment: Experiment, folder: Path | None = None) -> None:
        """Begin with this experiment, paused at its first moment; a UserError leaves the old one open."""
        compiled, notes = opening(experiment, folder, self.chosen)
        self._halt()
        self._folder = folder
        self.editing.begin(compiled.experiment)
        self._load(compiled)
        self.document_changed.emit(compiled.experiment)
        self.opened.emit(notes)

    def bring_back(self, kept: Kept) -> None:
        """Go on with a run that was put aside, exactly where it was."""
        self._halt()
        self._folder = kept.folder
        self.editing.begin(kept.history.present, kept.history)
        self._load(kept.compiled, kept=kept)
        self.document_changed.emit(kept.history.present)
        self.opened.emit(replace(kept.notes, place=(0, 0)))

    def compile(self, experiment: Experiment) -> Compiled:
        """Ready to run, its data read from where they lie; raises UserError."""
        return compile_experiment(experiment, self._folder, self.chosen)

    def begin_run(self, compiled: Compiled, theta: Array | None = None, back: bool = False) -> None:
        """A new run of the edited document, from these parameters if they fit; training goes on if it was on.

        The run before becomes a branch unless it was fleeting; going `back` before an edit goes on with its branch.
        """
        network, was_playing = compiled.network, self._playing
        if theta is not None and theta.size == network.size:
            network.theta[...] = theta
        self._halt()
        keep = not was_playing or self._since_load.elapsed() > FLEETING_MS
        self._load(compiled, keep=keep, back=back, edited=True)
        if was_playing:
            self.play()

    def ask(self, request: Request) -> None:
        """Hand a request to the worker; it is carried out after those before it."""
        self._waiting = None
        self._asked.emit(request)
        self.first_picture.end()

    def ask_paused(self, request: Request) -> None:
        """Stop training at once, then carry out the request."""
        self._halt()
        self.scenery.hush()
        self.ask(request)

    def play(self) -> None:
        """Train until paused, or until a breakpoint stops it."""
        if self._compiled is not None and not self._playing and self._may_run():
            self._begin(self.pacing.play(self._plays + 1), self.pacing.hurried)

    def run_to(self, iteration: int, cursor: int) -> None:
        """Train until that moment, or until a breakpoint before it."""
        if self._compiled is not None and self._may_run():
            self._halt()
            self._begin(self.pacing.run_to((iteration, cursor), self._plays + 1))

    def next_epoch(self) -> None:
        """Train to the end of this pass over the examples, or of the next one; breakpoints stop it."""
        if self._compiled is not None and self._snapshot is not None:
            whole, steps = len(self._snapshot.network.events), self._compiled.steps_per_epoch
            made = self._snapshot.iteration + (self._snapshot.cursor == whole)
            self.run_to((made // steps + 1) * steps - 1, whole)

    def pause(self) -> None:
        """Stop at once."""
        if self._playing:
            self.ask_paused(Pause())

    def reset(self) -> None:
        """Back to the identical start: same weights, same batches."""
        if self.experiment is not None and self.reins.allow(Deed.MOVE):
            compiled = self.compile(self.experiment)
            self._halt()
            self.begin_run(compiled, self.start)
            self.document_changed.emit(self.experiment)

    def set_learning_rate(self, rate: float) -> None:
        """Another learning rate from this moment on; parameters and place stay."""
        self.editing.ask(set_learning_rate, rate)

    def place_parameters(self, theta: Array, merge_key: str | None = None) -> None:
        """Put all parameters there and go on from there; while somebody drags, only the newest place counts.

        One gesture is one edit: places with the same `merge_key` belong together.
        """
        if self._compiled is not None and np.isfinite(theta).all() and self.reins.allow(Deed.BALL):
            self.editing.place(theta, merge_key)

    def move_to(self, theta: Array) -> None:
        """Go on from these parameters, (P,); the document says so already."""
        snapshot = self._snapshot
        if snapshot is not None and snapshot.iteration == 0 and snapshot.cursor < len(snapshot.network.events):
            self.start = theta
        self._placed = self._wishes.next(), theta
        self.ask_paused(Place(theta, self._placed[0], self._wishes))

    def retune(self, compiled: Compiled) -> None:
        """The same network goes on under another experiment, with its parameters and at its place."""
        was_playing = self._playing
        self._halt()
        self._revision += 1
        self._compiled = compiled
        self.ask(Retune(compiled, self._revision))
        self.scenery.follow(compiled)
        if was_playing:
            self.play()

    @Slot()
    def end_gesture(self) -> None:
        """The mouse was let go: what is placed next is another edit."""
        self.gesture_ended.emit()

    def close(self) -> None:
        """End all threads; the session cannot be used afterwards."""
        if self._thread.isRunning():
            self._halt()
            self.first_picture.end()
            self.foresight.stop()
            self._revision += 1  # whatever still arrives is late
            self.scenery.close()
            self.race.close()
            self._thread.end()

    # --- inside

    def _begin(self, request: Request, hurried: bool = True) -> None:
        """Something that goes on until it ends by itself or is paused."""
        self._plays += 1
        self._playing = True
        self._worker.stop, self._worker.wanted = False, True
        self.ask(request)
        self.frames.start(hurried)
        self.playing_changed.emit(True)

    def _load(
        self, compiled: Compiled, keep: bool = False, back: bool = False, kept: Kept | None = None,
        edited: bool = False,
    ) -> None:  # fmt: skip
        self._revision += 1
        self._since_load.restart()
        self.pacing.suit(len(compiled.train))
        self._compiled = compiled
        theta = compiled.network.theta.astype(np.float64)
        self.start, now = (theta, theta) if kept is None else (kept.start, kept.theta)
        self._placed = self._wishes.next(), now
        self.scenery.begin(compiled)
        self.data_changed.emit(data_view(compiled))
        number, plane = self._placed[0], self.scenery.plane
        after = Event() if edited and plane is not None else None
        load = Load(compiled, self._revision, plane, number, keep or self._overtake(edited), back, after)
        self.ask(load if kept is None else TakeOut(kept.box, self._revision, plane, number))
        self._waiting = load if edited else None
        if after is not None:
            self.first_picture.begin(after)
        self.scenery.draw()

    def _overtake(self, edited: bool) -> bool:
        """An edit that still waits begins no run any more; whether it would have kept the one before."""
        if not edited or self._waiting is None:
            return False
        self._waiting.overtaken.set()
        return self._waiting.keep

    def _halt(self) -> None:
        """End training without waiting for the worker's event queue."""
        self.frames.stop()
        if self._playing:
            self._worker.stop = True
            self._playing = False
            self.playing_changed.emit(False)

    @Slot(object)
    def _landscape_came(self, surface: SurfaceView | None) -> None:
        if surface is None or surface.revision == self._revision:
            self.first_picture.come()

    @Slot()
    def _landscape_is_seen(self) -> None:
        if not self.first_picture.is_awaited:
            self.first_picture.end()

    @Slot()
    def _pull(self) -> None:
        snapshot = self._worker.latest
        if self.first_picture.is_due:
            return
        if snapshot is None or snapshot is self._latest or self._is_late(snapshot):
            self._worker.wanted = True
            return
        self._latest = snapshot
        self._snapshot = self._attention.dress(snapshot)
        self._worker.wanted = True
        if self._switching and self._worker.compiled is not None:
            self._adopt(self._worker.compiled, self._worker.start)
        self.shown.emit(self._snapshot)

    def _adopt(self, compiled: Compiled, start: Array | None) -> None:
        """Another branch goes on: its experiment is the document now."""
        before, self._compiled, self.start, self._switching = self._compiled, compiled, start, False
        if before is None or change_between(before.experiment, compiled.experiment) is Change.START:
            self.scenery.begin(compiled)
            self.data_changed.emit(data_view(compiled))
            self.ask(UsePlane(self.scenery.plane))
            self.scenery.draw()
        else:
            self.scenery.follow(compiled)
        self.editing.adopt(compiled.experiment)

    def _is_late(self, snapshot: Snapshot) -> bool:
        """Of an older document, or of a training that has been paused meanwhile."""
        return snapshot.revision != self._revision or (snapshot.running and not self._playing)

    @Slot(object)
    def _has_ended(self, number: int) -> None:
        if number == self._plays and self._playing:
            self._playing = False
            self.frames.stop()
            self.playing_changed.emit(False)
