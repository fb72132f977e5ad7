"""What the window lets people do with the run: a lesson keeps the answer hidden until there is a guess."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from PySide6.QtCore import QObject, Signal

from gradgui.text import Text


class Deed(Enum):
    """What can be held back."""

    MOVE = "move"
    """Stepping, training, travelling through time."""
    AHEAD = "ahead"
    """Going on to what nobody has seen yet, other than by one step."""
    EDIT = "edit"
    """Changing anything of the experiment."""
    BALL = "ball"
    """Putting the ball of the loss surface somewhere."""


class Reins(QObject):
    """Asked by the session before it does what somebody wants; free unless somebody holds them."""

    refused = Signal(object)
    """A Text: why something was not done."""
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: dict[Deed, Text] = {}
        self._locked: dict[Deed, Text] = {}
        self._ahead: dict[Deed, Text] = {}
        self._lifted = 0

    def hold(self, held: dict[Deed, Text]) -> None:
        """Refuse these from now on, with these reasons, and nothing else."""
        if held != self._held:
            self._held = dict(held)
            self.changed.emit()

    def lock(self, locked: dict[Deed, Text]) -> None:
        """Refuse these too, whoever holds the reins: an experiment wants it so."""
        if locked != self._locked:
            self._locked = dict(locked)
            self.changed.emit()

    def hold_ahead(self, reason: Text | None) -> None:
        """Refuse to go further than one step at a time, for this reason; None: free again."""
        self._ahead = {} if reason is None else {Deed.AHEAD: reason}

    def why_not(self, deed: Deed) -> Text | None:
        """The reason why something would be refused, if it would be."""
        return None if self._lifted else self._held.get(deed) or self._locked.get(deed) or self._ahead.get(deed)

    def allow(self, deed: Deed) -> bool:
        """Whether it may be done; if not, `refused` says why."""
        reason = self.why_not(deed)
        if reason is not None:
            self.refused.emit(reason)
        return reason is None

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Let everything through for a moment: whoever holds the reins moves the run himself."""
        self._lifted += 1
        try:
            yield
        finally:
            self._lifted -= 1
