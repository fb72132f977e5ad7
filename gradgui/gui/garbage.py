"""Looks for what Python no longer needs, only in the window's thread and only while Qt is about to rest."""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, Slot

YOUNG, MIDDLE, OLD = 2000, 10, 10
"""New objects, and collections of the next younger generation, after which a generation is looked through."""


class Garbage(QObject):
    """Takes over from Python's own collector as long as it lives.

    Python looks for cycles in whichever thread happens to make the next object, and in the middle of whatever Qt is
    doing there. A forgotten graphics item or widget would then be destroyed in the worker's thread, or under a layout
    that is just walking over it: crashes that come once in some thousand windows. Right before the event loop goes to
    sleep nobody walks over anything. There is no timer: where nothing happens nothing needs to be collected.
    """

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None, "made in the thread of the window"
        dispatcher.aboutToBlock.connect(self.collect_if_due)
        gc.disable()

    @Slot()
    def collect_if_due(self) -> None:
        """Collect the generations that are due, as Python would."""
        young, middle, old = gc.get_count()
        if young > YOUNG:
            gc.collect(2 if old > OLD and middle > MIDDLE else 1 if middle > MIDDLE else 0)
