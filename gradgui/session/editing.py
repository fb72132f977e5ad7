"""Edits of the open experiment: each is one step that can be taken back, and the run goes on as far as it can."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gradgui.document.change import Change, change_between, made_to_fit, only_numbers_differ
from gradgui.document.edits import Edit, forget_parameters, set_seed, with_parameters
from gradgui.document.experiment import Experiment
from gradgui.document.history import History
from gradgui.errors import UserError
from gradgui.session.keepsakes import Notes, noted
from gradgui.session.reins import Deed
from gradgui.session.snapshot import Array
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.session.session import Session

MOVE = Text(en="move the ball", zh="移动小球")
NEW_START = Text(en="new start", zh="换一个起点")
CHANGE = Text(en="change", zh="修改")

AnyEdit = Callable[..., Experiment]
"""An Edit, or any function from one experiment to the next."""


class Editing(QObject):
    """Owns the history of the document; lives in the window's thread.

    Before an edit is tried, the parameters of the run are written down in the experiment; after it they are cut or
    extended to the shapes they must have. What the edit touches decides what becomes of the run: other settings let it
    go on where it is, other weights let it go on from there, another network or other data begin a new run.
    """

    changed = Signal()
    """The document, or what can be undone, is another one now."""
    refused = Signal(object)
    """A UserError: why what was asked for cannot be."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._history: History | None = None
        self.notes: Callable[[], Notes] = Notes
        """What the user has noted down so far."""
        session.gesture_ended.connect(self.seal)

    @property
    def history(self) -> History | None:
        """What can be undone and done again; None as long as nothing is open."""
        return self._history

    @property
    def document(self) -> Experiment | None:
        """The experiment now, as the edits have left it."""
        return None if self._history is None else self._history.present

    def begin(self, experiment: Experiment, history: History | None = None) -> None:
        """Another document: its history starts here, or goes on where it was left."""
        self._history = history or History(experiment)
        self.changed.emit()

    # --- edits

    def ask(self, edit: AnyEdit, *args: object, key: object = None, name: Text | None = None, **kwargs: object) -> bool:
        """Make an edit; False if it cannot be, and then `refused` says why and everything stays as it was."""
        try:
            self.apply(edit, *args, key=key, name=name, **kwargs)
        except UserError as error:
            self.refused.emit(error)
            return False
        return True

    def apply(
        self, edit: AnyEdit, *args: object, key: object = None, name: Text | None = None, **kwargs: object
    ) -> None:
        """Make an edit; raises UserError if it cannot be, and then everything stays as it was.

        Edits in a row with the same `key` are one step of undo, until `seal`. `name` is what undo shows; without it,
        the edit's own.
        """
        named = name or (edit.name if isinstance(edit, Edit) else CHANGE)
        self._make(lambda experiment: edit(experiment, *args, **kwargs), named, key, fits=True)

    def take_exactly(self, change: Callable[[Experiment], Experiment], name: Text, key: object = None) -> None:
        """Like `apply`, but nothing is made to fit: other data keep the network as it is. Raises UserError."""
        self._make(change, name, key, fits=False)

    def place(self, theta: Array, key: object = None) -> None:
        """Write other parameters into the document, all at once; (P,) in the network's flat order."""
        compiled = self._session.compiled
        if self._history is not None and compiled is not None:
            self._take(with_parameters(self._history.present, compiled.network, theta), MOVE, key, theta)

    def new_start(self, seed: int | None = None) -> None:
        """Draw all weights anew and begin again, by another seed if none is given."""
        if self._history is None or not self._session.reins.allow(Deed.EDIT):
            return
        present = self._history.present
        drawn = forget_parameters(set_seed(present, present.training.seed + 1 if seed is None else seed))
        if drawn == present:
            self._session.begin_run(self._session.compile(drawn))
        else:
            self._take(drawn, NEW_START, None)

    @Slot()
    def seal(self) -> None:
        """The gesture is over: the next edit with the same key is another one."""
        if self._history is not None:
            self._history.seal()

    @Slot()
    def undo(self) -> None:
        """Take the last edit back: the experiment is what it was, and the run has the weights that it had."""
        if self._history is not None and self._history.can_undo and self._session.reins.allow(Deed.EDIT):
            before, theta = self._history.present, self._history.place_before
            self._follow(before, self._history.undo(), theta)

    @Slot()
    def redo(self) -> None:
        """Make the edit again that was taken back."""
        if self._history is not None and self._history.can_redo and self._session.reins.allow(Deed.EDIT):
            before = self._history.present
            self._follow(before, self._history.redo(), None)

    def adopt(self, experiment: Experiment) -> None:
        """The run is another one now, for example another branch; that is no edit."""
        if self._history is not None:
            self._history.amend(experiment)
            self._session.document_changed.emit(experiment)
            self.changed.emit()

    def to_save(self) -> Experiment | None:
        """The document with the parameters of now, if the run has moved from those that the document says."""
        document, compiled, theta = self.document, self._session.compiled, self._theta()
        if document is None or compiled is None or theta is None:
            return document
        if not np.array_equal(self._session.compile(document).network.theta, theta):
            document = with_parameters(document, compiled.network, theta)
        return noted(document, self.notes(), self._session.snapshot)

    # --- inside

    def _make(self, edit: Callable[[Experiment], Experiment], name: Text, key: object, *, fits: bool) -> None:
        """One step of undo; `fits`: the network is made to fit what the edit has changed."""
        if self._history is None:
            return
        why_not = self._session.reins.why_not(Deed.EDIT)
        if why_not is not None:
            raise UserError(why_not)
        self._take(self._edited(edit, fits), name, key)

    def _edited(self, edit: Callable[[Experiment], Experiment], fits: bool) -> Experiment:
        """What comes of an edit; only where weights or shapes change do the parameters of now have to be written."""
        history, compiled = self._history, self._session.compiled
        assert history is not None
        assert compiled is not None
        present = history.present
        try:
            after = edit(present)
            if change_between(present, after) < Change.WEIGHTS:
                return after
        except UserError:
            if self._theta() is None:
                raise
        theta = self._theta()
        written = present if theta is None else with_parameters(present, compiled.network, theta)
        after = edit(written)
        if fits and change_between(written, after) is Change.START:
            session = self._session
            return made_to_fit(after, written, compiled.network.input_shape, session.folder, session.chosen)
        return after

    def _take(self, after: Experiment, name: Text, key: object, theta: Array | None = None) -> None:
        """Let the run follow first: what cannot run never gets into the history."""
        assert self._history is not None
        before = self._history.present
        change = change_between(before, after)
        if change is Change.NOTHING:
            return
        place = self._theta() if change >= Change.WEIGHTS else None
        self._run_follows(change, before, after, theta)
        self._history.push(after, name, key, place)
        self._tell(change)

    def _follow(self, before: Experiment, after: Experiment, theta: Array | None) -> None:
        change = change_between(before, after)
        self._run_follows(change, before, after, theta)
        self._tell(change)

    def _run_follows(self, change: Change, before: Experiment, after: Experiment, theta: Array | None) -> None:
        session = self._session
        if change <= Change.WORDS:
            return
        if change is Change.WEIGHTS:
            self._run_moves(before, after, theta)
            return
        compiled = session.compile(after)
        if change is Change.SETTINGS:
            session.retune(compiled)
        else:
            session.begin_run(compiled, theta, back=theta is not None)

    def _run_moves(self, before: Experiment, after: Experiment, theta: Array | None) -> None:
        session = self._session
        only_numbers = only_numbers_differ(before, after)
        if theta is None or not only_numbers:
            compiled = session.compile(after)
            theta = compiled.network.theta.astype(np.float64) if theta is None else theta
            if not only_numbers:
                session.retune(compiled)
        session.move_to(theta)

    def _tell(self, change: Change) -> None:
        if change is not Change.WEIGHTS and self.document is not None:
            self._session.document_changed.emit(self.document)
        self.changed.emit()

    def _theta(self) -> Array | None:
        """The parameters of now, (P,); None where the run has not been seen yet, or they are no numbers any more."""
        theta, compiled = self._session.theta, self._session.compiled
        if theta is None or compiled is None or theta.size != compiled.network.size or not np.isfinite(theta).all():
            return None
        return theta
