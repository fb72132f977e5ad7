"""Threads in which workers live as long as the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

PATIENCE_MS = 30_000
"""How long an ending thread may take to do what was asked of it before, on a slow machine too."""


class Thread(QThread):
    """Serves one worker. Whoever ends it waits only so long: a worker that hangs does not hold up the window too."""

    _closing = Signal()

    def __init__(self, worker: QObject, name: str, parent: QObject, last: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._doorkeeper = _Doorkeeper(last)
        self._closing.connect(self._doorkeeper.close, Qt.ConnectionType.QueuedConnection)
        for resident in (worker, self._doorkeeper):
            resident.moveToThread(self)

    def end(self, patience_ms: int = PATIENCE_MS) -> bool:
        """Do what was asked before and no more; whether that was done in time."""
        if not self.isRunning():
            return True
        self._closing.emit()
        return self.wait(patience_ms)


class _Doorkeeper(QObject):
    """Lives in the thread and ends it when its turn comes, after all that was asked before."""

    def __init__(self, last: Callable[[], None] | None) -> None:
        super().__init__()
        self._last = last

    @Slot()
    def close(self) -> None:
        """The last to be served."""
        if self._last is not None:
            self._last()
        self.thread().quit()


def started(worker: QObject, name: str, parent: QObject, last: Callable[[], None] | None = None) -> Thread:
    """A running thread in which `worker` lives from now on; `last` is called there, before the thread ends."""
    thread = Thread(worker, name, parent, last)
    thread.start()
    return thread
