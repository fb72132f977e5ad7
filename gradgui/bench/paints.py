"""Waits until a window has painted what was shown to it, and tells how long that took."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from gradgui.app import run_for

MOST_S = 5.0


class Paints(QObject):
    """Watches one window. It only looks on: painting from Python would hold up all other threads meanwhile."""

    _seen = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._wanted: Callable[[object], bool] | None = None
        self._shown = False
        self._ended = math.nan
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(self._end)
        window.installEventFilter(self)

    def seconds(
        self,
        act: Callable[[], object],
        shown: SignalInstance,
        wanted: Callable[[object], bool] = lambda _: True,
        most_s: float = MOST_S,
    ) -> float:
        """From the act until what `shown` brings, and is `wanted`, is painted; NaN if that never happens."""
        self._wanted, self._shown, self._ended = wanted, False, math.nan
        shown.connect(self._note)
        start = time.perf_counter()
        act()
        if math.isnan(self._ended):
            run_for(most_s * 1000, self._seen)
        shown.disconnect(self._note)
        self._wanted = None
        return self._ended - start

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The next picture is about to be painted; it is out when the queue has run dry, or one more begins."""
        if event.type() is QEvent.Type.UpdateRequest and self._wanted is not None and self._shown:
            if self._painted.isActive():
                self._end()
            elif math.isnan(self._ended):
                self._painted.start()
        return False

    @Slot(object)
    def _note(self, what: object) -> None:
        self._shown = self._shown or (self._wanted is not None and self._wanted(what))

    @Slot()
    def _end(self) -> None:
        self._painted.stop()
        self._ended = time.perf_counter()
        self._seen.emit()
