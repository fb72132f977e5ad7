"""Looks for what Python no longer needs, only in the window's thread and only while Qt is about to rest."""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, QTimer, Slot

YOUNG, MIDDLE, OLD = 2000, 10, 10
"""New objects, and collections of the next younger generation, after which a generation is looked through."""
REST_MS, PATIENCE = 50, 5
"""Older generations take some 30 ms: they wait until nothing has happened for so long, but not for so many times as
many collections of the younger one.
"""


class Garbage(QObject):
    """Takes over from Python's own collector as long as it lives.

    Python looks for cycles in whichever thread happens to make the next object, and in the middle of whatever Qt is
    doing there. A forgotten graphics item or widget would then be destroyed in the worker's thread, or under a layout
    that is just walking over it: crashes that come once in some thousand windows. Right before the event loop goes to
    sleep nobody walks over anything. A window also sleeps in the middle of a step, while the worker computes it: what
    takes long is left for the pause after it. Where nothing happens nothing needs to be collected.
    """

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None, "made in the thread of the window"
        self._has_rested = False
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._note_rest)
        dispatcher.aboutToBlock.connect(self.collect_if_due)
        gc.disable()

    @Slot()
    def collect_if_due(self) -> None:
        """Collect the generations that are due, as Python would, the older ones in a pause."""
        young, middle, old = gc.get_count()
        if middle > MIDDLE and (self._has_rested or middle > PATIENCE * MIDDLE):
            gc.collect(2 if old > OLD else 1)
        elif young > YOUNG:
            gc.collect(0)
        self._has_rested = False
        if gc.get_count()[1] > MIDDLE:
            self._rest.start()

    @Slot()
    def _note_rest(self) -> None:
        """Nothing has happened for a while; right after this the event loop goes to sleep again."""
        self._has_rested = True
