"""Waits until a window has painted what was shown to it, and tells how long that took."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QApplication, QWidget

from gradgui.app import make_application, run_for

MOST_S = 5.0
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@cache
def the_application() -> QApplication:
    """One for all windows that are measured, as in the program; where nobody has a screen, they are drawn in memory."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in SCREENS):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    return application


class Paints(QObject):
    """Watches one window. It only looks on: painting from Python would hold up all other threads meanwhile."""

    _seen = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._wanted: Callable[[object], bool] | None = None
        self._shown = self._begun = False
        self._pictures = 0
        self._ended = math.nan
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(self._run_dry)
        window.installEventFilter(self)

    def seconds(
        self,
        act: Callable[[], object],
        shown: SignalInstance,
        wanted: Callable[[object], bool] = lambda _: True,
        most_s: float = MOST_S,
        pictures: int = 1,
    ) -> float:
        """From the act until what `shown` brings, and is `wanted`, is painted; NaN if that never happens.

        With more `pictures`, those that follow at once belong to it too.
        """
        self._wanted, self._shown, self._begun, self._ended = wanted, False, False, math.nan
        self._pictures = pictures
        shown.connect(self._note)
        start = time.perf_counter()
        act()
        if self._wanted is not None:
            run_for(most_s * 1000, self._seen)
        shown.disconnect(self._note)
        self._finish()
        return self._ended - start

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The next picture is about to be painted; it is out when the queue has run dry, or one more begins."""
        if event.type() is QEvent.Type.UpdateRequest and self._wanted is not None and self._shown:
            if self._begun:
                self._count()
            self._begun = True
            self._painted.start()
        return False

    @Slot(object)
    def _note(self, what: object) -> None:
        self._shown = self._shown or (self._wanted is not None and self._wanted(what))

    @Slot()
    def _run_dry(self) -> None:
        if self._wanted is None:
            return
        if self._begun:
            self._begun = False
            self._count()
            self._painted.start()
        else:
            self._finish()

    def _count(self) -> None:
        """A picture is out."""
        self._ended = time.perf_counter()
        self._pictures -= 1
        if self._pictures == 0:
            self._finish()

    def _finish(self) -> None:
        self._wanted = None
        self._painted.stop()
        self._seen.emit()
