"""The window stands where it stood, and its panes share the room as they did."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, Slot

from gradgui.wiring.desk import Desk


class Placement(QObject):
    """Remembered when the window closes."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        geometry = desk.settings.geometry
        if geometry and desk.window.restoreGeometry(QByteArray(geometry)):
            desk.window.share_room(desk.settings.splitters)
        desk.window.closing.connect(self._keep)

    @Slot()
    def _keep(self) -> None:
        window, settings = self._desk.window, self._desk.settings
        if self._desk.theme.factor != 1:
            return
        settings.geometry = bytes(window.saveGeometry().data())
        settings.splitters = settings.splitters | window.splitter_sizes
