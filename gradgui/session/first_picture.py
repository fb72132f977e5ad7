"""After an edit the landscape comes first: whatever else there is to do or to see waits for it, but never long."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal, Slot

PATIENCE_MS = 60
"""A landscape that takes longer is not waited for any more."""


class FirstPicture(QObject):
    """Whether the first picture after an edit is still to come; lives in the window's thread.

    All threads share one processor core's worth of Python. If the new run, its landscape and the window go on at once,
    each waits for the others again and again; one after the other, the first answer is seen in half the time, and the
    rest right after it.
    """

    came = Signal()
    """It is there to be painted, or has taken too long."""
    over = Signal()
    """It is on the screen, or has taken too long."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_awaited = False
        """Whether it is still being drawn: what is painted meanwhile would hold it up."""
        self.is_due = False
        """Whether it is not on the screen yet."""
        self._after = Event()
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.end)

    def begin(self, after: Event) -> None:
        """An edit has been made; `after` will be set when the new run may have the cores."""
        self.is_awaited = self.is_due = True
        self._after = after
        self._patience.start()

    @Slot()
    def come(self) -> None:
        """The views have it."""
        if self.is_awaited:
            self.is_awaited = False
            self.came.emit()

    @Slot()
    def end(self) -> None:
        """Nobody waits any more."""
        self.come()
        if self.is_due:
            self.is_due = False
            self._patience.stop()
            self._after.set()
            self.over.emit()
