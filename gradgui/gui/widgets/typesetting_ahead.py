"""Formulas that will be wanted soon are typeset while nobody needs the window, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Slot

from gradgui.gui.widgets.formula import Typesetter, parts


class TypesettingAhead(QObject):
    """Fills the typesetter's memory; whatever happens in the window comes between two pieces of a formula."""

    def __init__(self, typesetter: Typesetter, parent: QObject) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._waiting: deque[str] = deque()
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._typeset_one)

    def prepare(self, formulas: Iterable[str]) -> None:
        """Typeset these from now on, and no others any more; before the typesetter is loaded, they wait for it."""
        pieces = dict.fromkeys(part.latex for formula in formulas for part in parts(formula))
        self._waiting = deque(piece for piece in pieces if not self._typesetter.remembers(piece))
        self.go_on()

    def stop(self) -> None:
        """Something is shown: it comes first."""
        self._waiting.clear()
        self._next.stop()

    @Slot()
    def go_on(self) -> None:
        """Typeset what still waits."""
        if self._waiting and self._typesetter.is_loaded:
            self._next.start()

    @Slot()
    def _typeset_one(self) -> None:
        self._typesetter.typeset(self._waiting.popleft())
        self.go_on()
