"""What moves on the network, for a moment: blame on its way back, and neurons that are new."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Slot
from PySide6.QtWidgets import QWidget

from gradgui.gui.editor.details import NodeHit
from gradgui.gui.editor.fresh import new_neurons
from gradgui.gui.editor.scene import NetworkScene
from gradgui.gui.theme import Theme
from gradgui.session.snapshot import EventKind, Snapshot

PACKET_MS = 400
GLOW_MS = 900


class Motion(QObject):
    """Nothing moves while nothing happens; without animation everything is there at once."""

    def __init__(self, scene: NetworkScene, theme: Theme, over: QWidget, animated: bool) -> None:
        super().__init__(over)
        self._animated = animated
        self.fresh: list[NodeHit] = []
        """The neurons that shine now."""
        self._over, self._scene, self._theme = over, scene, theme
        self._walk = self._made(0.0, 1.0, PACKET_MS)
        self._walk.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._walk.valueChanged.connect(self._move_packet)
        self._glow = self._made(1.0, 0.0, GLOW_MS)
        self._glow.valueChanged.connect(self._show_glow)

    def stop(self) -> None:
        """The network is laid out anew."""
        self._walk.stop()

    def start_walk(self, before: Snapshot | None, now: Snapshot) -> None:
        """A packet walks only when the story moves on by this very event."""
        self._walk.stop()
        self._move_packet(1.0)
        event = now.current
        handed = event is not None and event.kind is EventKind.D_INPUT and not now.running
        if self._moves and handed and before is not None and self._over.isVisible() and _follows(before, now):
            self._move_packet(0.0)
            self._walk.start()

    def start_glow(self, before: Snapshot | None, now: Snapshot) -> None:
        """New neurons shine for a moment, in the same experiment only."""
        if before is None or not self._over.isVisible() or before.network.title != now.network.title:
            return
        self.fresh = new_neurons(before.network, now.network)
        self._glow.stop()
        if self._moves and self.fresh:
            self._glow.start()

    @property
    def _moves(self) -> bool:
        return self._animated and self._theme.motion

    def _made(self, start: float, end: float, length_ms: int) -> QVariantAnimation:
        animation = QVariantAnimation(self)
        animation.setStartValue(start)
        animation.setEndValue(end)
        animation.setDuration(length_ms)
        return animation

    @Slot(object)
    def _move_packet(self, progress: object) -> None:
        if self._scene.parts is not None and isinstance(progress, float):
            self._scene.parts.packet.move_to(progress)

    @Slot(object)
    def _show_glow(self, strength: object) -> None:
        if isinstance(strength, float):
            self._scene.glow(self.fresh, strength)


def _follows(before: Snapshot, now: Snapshot) -> bool:
    same_step = before.iteration == now.iteration and before.revision == now.revision
    return same_step and now.cursor == before.cursor + 1
