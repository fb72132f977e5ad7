"""Keeps unsaved work safe: within a second after a change it is on the disk, in a thread that holds nobody up."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gradgui.errors import UserError
from gradgui.session.recovery import Draft, RecoveryStore
from gradgui.session.threads import started

SOONEST_MS, LATEST_MS = 250, 1000
"""From the first change to the disk; further changes meanwhile go along. What takes long is done less often."""
SHARE = 10
"""Of this many parts of the time, keeping work safe takes one."""


class _Writer(QObject):
    """Lives in its own thread."""

    kept = Signal()
    failed = Signal(object)

    def __init__(self, store: RecoveryStore) -> None:
        super().__init__()
        self._store = store

    @Slot(object)
    def do(self, draft: Draft | None) -> None:
        """Keep a draft, or None: nothing has to be kept."""
        try:
            if draft is None:
                self._store.clear()
            else:
                self._store.write(draft)
                self.kept.emit()
        except UserError as error:
            self.failed.emit(error)


class Autosave(QObject):
    """Lives in the window's thread."""

    due = Signal()
    """Time to `keep` what there is."""
    kept = Signal()
    """The last draft is on the disk."""
    failed = Signal(object)
    """A UserError: the work cannot be kept safe."""

    _asked = Signal(object)

    def __init__(self, store: RecoveryStore, parent: QObject) -> None:
        super().__init__(parent)
        self._writer = _Writer(store)
        self._thread = started(self._writer, "recovery", self)
        self._asked.connect(self._writer.do, Qt.ConnectionType.QueuedConnection)
        self._writer.kept.connect(self.kept, Qt.ConnectionType.QueuedConnection)
        self._writer.failed.connect(self.failed, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, singleShot=True, interval=SOONEST_MS)
        self._timer.timeout.connect(self._tell)

    def note_change(self) -> None:
        """There is something new to keep, soon."""
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _tell(self) -> None:
        began = time.monotonic()
        self.due.emit()
        took_ms = (time.monotonic() - began) * 1000
        self._timer.setInterval(int(min(max(SOONEST_MS, SHARE * took_ms), LATEST_MS)))

    def keep(self, draft: Draft | None) -> None:
        """Keep this from now on; None: nothing has to be kept any more."""
        self._timer.stop()
        if self._thread.isRunning():
            self._asked.emit(draft)

    def close(self) -> None:
        """End the thread, after all that was asked of it."""
        self._timer.stop()
        self._thread.end()
