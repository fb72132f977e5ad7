"""The loss surface and its ball."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.session.snapshot import Snapshot
from gradgui.wiring.desk import Desk


class SceneryWires(QObject):
    """Shows the surface and where the run stands on it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = desk.views.surface
        desk.session.scenery.changed.connect(self._surface.show_surface)
        desk.session.shown.connect(self._show)
        self._surface.badge_changed.connect(desk.views.surface_corner.say)

    @Slot(object)
    def _show(self, snapshot: Snapshot) -> None:
        self._surface.show_ball(snapshot.ball)
