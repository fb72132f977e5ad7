"""Watches one window open: when is it painted, when is everything drawn, and is it quiet afterwards?"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot

from gradgui.app import Program
from gradgui.bench.start import SETTLE_S, Started

_PAINTED = QEvent.Type(QEvent.registerEventType())


class Stopwatch(QObject):
    """Reports once and closes the window."""

    def __init__(self, program: Program, begun: float, idle_s: float, report: Callable[[Started], object]) -> None:
        super().__init__(program)
        self._program, self._begun, self._idle_s, self._report = program, begun, idle_s, report
        self._painted_s = self._ready_s = self._cpu_s = 0.0
        self._shown = False
        surface = program.desk.views.surface
        self._scene_shown = not surface.stage.has_scene
        surface.scene_painted.connect(self._scene_is_shown)
        program.session.shown.connect(self._network_is_shown)
        program.window.tool_bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first picture is being drawn; once this request is heard, it is out, and nothing else was done."""
        if event.type() is QEvent.Type.Paint and not self._painted_s:
            self._painted_s = -1.0
            QCoreApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        """Called by Qt."""
        if event.type() is _PAINTED:
            self._is_painted()
            return True
        return super().event(event)

    def _is_painted(self) -> None:
        self._painted_s = time.time() - self._begun
        self._look()

    @Slot()
    def _scene_is_shown(self) -> None:
        self._scene_shown = True
        self._look()

    @Slot(object)
    def _network_is_shown(self, _snapshot: object) -> None:
        self._shown = True
        self._look()

    def _look(self) -> None:
        if self._painted_s > 0 and self._shown and self._scene_shown and not self._ready_s:
            self._ready_s = -1.0
            QTimer.singleShot(0, self, self._is_ready)

    @Slot()
    def _is_ready(self) -> None:
        """What was queued before this has been done: a key would be answered now."""
        self._ready_s, self._cpu_s = time.time() - self._begun, time.process_time()
        if self._idle_s:
            QTimer.singleShot(round(SETTLE_S * 1000), self, self._begin_idling)
        else:
            self._end(None)

    @Slot()
    def _begin_idling(self) -> None:
        self._cpu, self._wall = time.process_time(), time.monotonic()
        QTimer.singleShot(round(self._idle_s * 1000), self, self._end_idling)

    @Slot()
    def _end_idling(self) -> None:
        self._end((time.process_time() - self._cpu) / (time.monotonic() - self._wall))

    def _end(self, idle_share: float | None) -> None:
        title = self._program.documents.title.en
        painted, ready, cpu = (round(each, 3) for each in (self._painted_s, self._ready_s, self._cpu_s))
        self._report(Started(painted, ready, cpu, title, idle_share))
        self._program.documents.forget_changes()
        self._program.window.close()
