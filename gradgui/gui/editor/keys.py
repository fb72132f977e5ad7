"""The keyboard on the network: arrows walk, Enter edits, Delete removes, plus and minus change the units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.handles import CountHit, HowHit, LinkHit, Target, layer_of
from gradgui.gui.editor.scene import NetworkScene
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.view import NetworkView
from gradgui.gui.editor.walking import Way, neighbour
from gradgui.gui.editor.wishes import remove_layer, remove_link, remove_unit

if TYPE_CHECKING:
    from gradgui.gui.editor.gestures import Hands

WAYS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
}
OTHERS = frozenset({
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
    Qt.Key.Key_Equal, Qt.Key.Key_Escape, Qt.Key.Key_Menu,
})  # fmt: skip
WITH_SHIFT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Keys(QObject):
    """Works on what is chosen; without anything chosen the first arrow chooses the first layer."""

    chosen = Signal(object)
    """A Target, or None."""
    opened = Signal(object)
    """The LayerHit of a layer whose card somebody wants."""
    menu_asked = Signal(object)

    def __init__(self, view: NetworkView, scene: NetworkScene, sight: Sight, hands: Hands) -> None:
        super().__init__(hands)
        self._view, self._scene, self._sight, self._hands = view, scene, sight, hands

    def wants(self, event: QKeyEvent) -> bool:
        """Only bare keys, and only while the network has the keyboard and something is chosen or can be."""
        if event.modifiers() & ~WITH_SHIFT or not self._view.hasFocus():
            return False
        return event.key() in WAYS or event.key() in OTHERS

    def press(self, event: QKeyEvent) -> bool:
        """Walk, edit, remove."""
        if not self.wants(event) or self._sight.snapshot is None:
            return False
        key = Qt.Key(event.key())
        if key in WAYS:
            along = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.chosen.emit(neighbour(self._sight, self._sight.chosen, WAYS[key], along))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self._sight.chosen)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self._sight.chosen)
        elif key == Qt.Key.Key_Escape:
            self.chosen.emit(None)
            self._view.clearFocus()
        elif key == Qt.Key.Key_Menu:
            self.menu_asked.emit(self._sight.chosen)
        else:
            self._count(-1 if key == Qt.Key.Key_Minus else 1)
        return True

    def _enter(self, chosen: Target | None) -> None:
        if isinstance(chosen, EdgeHit | NodeHit) and self._sight.value(chosen) is not None:
            self._hands.typing_asked.emit(chosen)
        elif isinstance(chosen, LayerHit | NodeHit) and chosen.layer >= 0:
            self.opened.emit(LayerHit(chosen.layer))
        elif isinstance(chosen, LinkHit):
            self._hands.open_list(HowHit(chosen.source, chosen.target))
        elif chosen is not None:
            self._hands.click(chosen)

    def _remove(self, chosen: Target | None) -> None:
        if isinstance(chosen, LinkHit):
            self._hands.wished.emit(remove_link(chosen.source, chosen.target))
            return
        if isinstance(chosen, NodeHit) and chosen.layer >= 0:
            self._hands.wished.emit(remove_unit(chosen))
        elif isinstance(chosen, LayerHit | CountHit):
            self._hands.wished.emit(remove_layer(chosen.layer))

    def _count(self, by: int) -> None:
        layer = layer_of(self._sight.chosen)
        if layer is not None and layer >= 0:
            self._hands.step_units(layer, by)
