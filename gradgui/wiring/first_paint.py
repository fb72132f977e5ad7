"""After an edit the window is painted once, with the new landscape, and not once more before it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot

from gradgui.wiring.desk import Desk


class FirstPaint(QObject):
    """Holds the window's painting back while the first picture of the landscape is being drawn."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._first = desk.window, desk.session.first_picture
        self._held = False
        self._window.installEventFilter(self)
        self._first.came.connect(self._paint)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt: what is to be painted stays noted down, and is painted together with the landscape."""
        if event.type() is QEvent.Type.UpdateRequest and self._first.is_awaited:
            self._held = True
            return True
        return False

    @Slot()
    def _paint(self) -> None:
        if self._held:
            self._held = False
            QCoreApplication.postEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
