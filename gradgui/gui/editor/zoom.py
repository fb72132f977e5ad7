"""How near the network is looked at: layers as blocks, neurons, larger neurons, the arithmetic of one of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Signal

from gradgui.gui.editor.details import EdgeHit, NodeHit
from gradgui.gui.editor.scene import NetworkScene
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.view import NetworkView
from gradgui.session.snapshot import Snapshot

BLOCKS, FIT, CLOSEST, SUM = -1, 0, 5, 6
CLOSER = 1.3
"""So much larger is the paper with every step."""


class Zoom(QObject):
    """Lays the network out at the level that was chosen."""

    changed = Signal(object)
    """The level now; lay the network out anew."""

    def __init__(self, view: NetworkView, scene: NetworkScene, sight: Sight, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._scene, self._sight = view, scene, sight
        self.level = FIT
        """−1 blocks, 0 the whole network, up to 5 nearer, 6 the arithmetic of one neuron."""

    def lay_out(self, snapshot: Snapshot) -> None:
        """Make the items of this level; a neuron that is gone has no arithmetic."""
        room, node, bar = self._view.maximumViewportSize(), self._node(snapshot), self._view.thickness_of_bars()
        if self.level == SUM and node is None:
            self.level = FIT
        if self.level == SUM and node is not None:
            self._scene.build_sum(node, snapshot, room.width(), room.height(), bar)
            return
        grow = CLOSER ** max(self.level, FIT)
        blocks = self.level == BLOCKS
        self._scene.build(snapshot.network, room.width(), room.height(), bar, blocks=blocks, grow=grow)

    def by(self, steps: int, place: QPoint | None = None) -> None:
        """Go nearer or farther away; what is under the pointer stays there."""
        if self._sight.snapshot is None:
            return
        at = self._view.viewport().rect().center() if place is None else place
        under, before = self._view.mapToScene(at), self._scene.sceneRect()
        wanted = self._wanted(steps, under, self._sight.snapshot)
        if wanted == self.level:
            return
        self.level = wanted
        self.changed.emit(wanted)
        now = self._scene.sceneRect()
        across, down = under.x() / max(before.width(), 1.0), under.y() / max(before.height(), 1.0)
        target = QPointF(across * now.width(), down * now.height())
        self._view.scroll_by(at - self._view.mapFromScene(target))

    def show_sum(self, hit: NodeHit) -> None:
        """Show the arithmetic of a neuron."""
        self._sight.chosen = hit
        self.level = SUM
        self.changed.emit(SUM)

    def show_all(self) -> None:
        """Back to the whole network."""
        self.level = FIT
        self.changed.emit(FIT)

    def _wanted(self, steps: int, under: QPointF, snapshot: Snapshot) -> int:
        if self.level == SUM and steps < 0:
            return FIT
        wanted = min(max(self.level + steps, BLOCKS), SUM)
        if wanted == SUM and steps > 0:
            hit = self._scene.hit(under)
            self._sight.chosen = hit if isinstance(hit, NodeHit | EdgeHit) else self._sight.chosen
            return SUM if self._node(snapshot) is not None else CLOSEST
        return wanted

    def _node(self, snapshot: Snapshot) -> NodeHit | None:
        """The neuron whose arithmetic can be shown: the chosen one, or that of the chosen weight."""
        chosen = self._sight.chosen
        if isinstance(chosen, EdgeHit):
            chosen = NodeHit(chosen.layer, chosen.unit)
        if not isinstance(chosen, NodeHit) or not 0 <= chosen.layer < len(snapshot.network.layers):
            return None
        return chosen if chosen.unit < snapshot.network.layers[chosen.layer].units else None
