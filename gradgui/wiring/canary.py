"""After a crash in a graphics driver the next start shows the map, and says why."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gradgui.session.canary import Canary
from gradgui.text import Text
from gradgui.wiring.desk import Desk

CRASHED = Text(
    en="Last time the program ended while it drew in 3-D, so the loss surface is shown as a map."
    " The button Map tries 3-D again.",
    zh="上次程序在绘制三维画面时退出，所以这次损失曲面用平面图显示。点“平面图”按钮可以再试三维。",
)


class CanaryWires(QObject):
    """Lets the canary in before the first 3-D picture and out after it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        canary = Canary(desk.settings.folder)
        pane = desk.views.surface
        if canary.is_left and pane.stage.has_scene:
            pane.stage.start_with_map()
            if canary.is_news():
                desk.window.notices.tell(CRASHED)
        pane.scene_starting.connect(canary.begin)
        pane.scene_painted.connect(canary.end)
        pane.scene_failed.connect(canary.end)
        self._canary = canary
