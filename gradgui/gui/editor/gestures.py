"""The hand that edits: what a press, a drag, a turn of the wheel or a key on the network means."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.drags import Drag, LayerDrag, LinkDrag, PanDrag, SpentDrag, ValueDrag
from gradgui.gui.editor.handles import (
    ActivationHit,
    AddHit,
    CountHit,
    DropHit,
    FeatureHit,
    HowHit,
    KindsHit,
    LinkHit,
    StepHit,
    Target,
)
from gradgui.gui.editor.keys import Keys
from gradgui.gui.editor.scene import NetworkScene
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.tips import tip_for
from gradgui.gui.editor.view import NetworkView, Touch
from gradgui.gui.editor.wishes import (
    MOST_UNITS,
    Wish,
    add_layer,
    remove_layer,
    set_feature,
    set_units,
    set_value,
    stepped,
)
from gradgui.gui.language import Speech


class Hands(QObject):
    """Turns what the mouse does into wishes; knows no session."""

    wished = Signal(object)
    """A Wish."""
    gesture_ended = Signal()
    """The button was let go: the next edit of the same thing is another one."""
    lifted = Signal()
    """A layer or a link is carried from now on."""
    typing_asked = Signal(object)
    """An EdgeHit, NodeHit or CountHit whose number somebody wants to type."""
    menu_asked = Signal(object, object)
    """A handle that opens a list, and the place in the view."""
    zoom_asked = Signal(object, object)
    """Steps in or out, and the place in the view."""

    def __init__(self, view: NetworkView, scene: NetworkScene, sight: Sight, speech: Speech, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._scene, self._sight, self._speech = view, scene, sight, speech
        self._start: Touch | None = None
        self._hit: Target | None = None
        self._drag: Drag | None = None
        self._turned: Target | None = None
        self._turned_to = 0.0
        self.keys = Keys(view, scene, sight, self)
        scene.cleared.connect(self._let_go)

    @property
    def carrying(self) -> bool:
        """Whether a layer or a link is in the hand: what lies under it is of no interest then."""
        return isinstance(self._drag, LayerDrag | LinkDrag)

    # --- the view asks

    def press(self, touch: Touch) -> None:
        """Remember where it began."""
        self._end_turning()
        self._start, self._hit, self._drag = touch, self._scene.hit(touch.scene), None

    def drag(self, touch: Touch) -> None:
        """Nothing at first; beyond a few pixels it is a drag."""
        if self._start is None:
            return
        if self._drag is None:
            way = touch.view - self._start.view
            if way.manhattanLength() < QApplication.startDragDistance():
                return
            self._drag = self._begun(self._start, way)
            if self.carrying:
                self.lifted.emit()
        if self._drag is not None:
            self._wish(self._drag.move(touch))

    def release(self, touch: Touch) -> bool:
        """The end of a drag, or a click."""
        drag, self._drag, self._start = self._drag, None, None
        if drag is None:
            return False
        self._wish(drag.finish(touch))
        self.gesture_ended.emit()
        return True

    def double(self, touch: Touch) -> bool:
        """A weight or a bias is typed."""
        hit = self._scene.hit(touch.scene)
        if isinstance(hit, EdgeHit | NodeHit) and self._sight.value(hit) is not None:
            self.typing_asked.emit(hit)
            return True
        return False

    def turn(self, touch: Touch, notches: float) -> bool:
        """Over a weight or a neuron the wheel changes its number; with Ctrl it zooms; elsewhere it scrolls."""
        if touch.zoom:
            self.zoom_asked.emit(1 if notches > 0 else -1, touch.view)
            return True
        hit = self._scene.hit(touch.scene)
        value = self._sight.value(hit) if isinstance(hit, EdgeHit | NodeHit) else None
        if value is None or not isinstance(hit, EdgeHit | NodeHit) or not self._turnable(hit):
            return False
        if hit != self._turned:
            self._end_turning()
            self._turned, self._turned_to = hit, value
        steps = max(1, round(abs(notches))) * (1 if notches > 0 else -1)
        self._turned_to = stepped(self._turned_to, steps * (0.1 if touch.fine else 1), touch.fine)
        self._wish(set_value(self._sight.owner(hit), self._turned_to, ("wheel", hit)))
        return True

    def pointed(self) -> None:
        """The pointer moved: what the wheel did before is done."""
        self._end_turning()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to what is chosen rather than to the window."""
        return self.keys.wants(event)

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for."""
        return self.keys.press(event)

    def tip(self, touch: Touch) -> str:
        """What a button is for."""
        words = tip_for(self._scene.hit(touch.scene), self._sight)
        return "" if words is None else self._speech.say(words)

    # --- the pane asks

    def click(self, hit: Target | None) -> bool:
        """Press a button of the network; False for what is no button."""
        experiment = self._sight.experiment
        if experiment is None:
            return False
        if isinstance(hit, AddHit):
            self._wish(add_layer(experiment, hit.index))
        elif isinstance(hit, StepHit):
            self.step_units(hit.layer, hit.by)
        elif isinstance(hit, DropHit):
            self._wish(remove_layer(hit.layer))
        elif isinstance(hit, FeatureHit):
            self._wish(set_feature(hit.feature, hit.on, self._sight.inputs))
        elif isinstance(hit, CountHit):
            self.typing_asked.emit(hit)
        elif isinstance(hit, KindsHit | ActivationHit | HowHit):
            self.open_list(hit)
        else:
            return False
        return True

    def open_list(self, hit: Target) -> None:
        """Let somebody choose from a list, at the thing itself."""
        self.menu_asked.emit(hit, self.place_of(hit))

    def step_units(self, layer: int, by: int) -> None:
        """One unit more or less; beyond the ends nothing happens."""
        count = self._sight.count(layer)
        if count is not None and 1 <= count + by <= MOST_UNITS:
            self._wish(set_units(layer, count + by))

    def place_of(self, hit: Target) -> QPoint:
        """Where something is in the view."""
        return self._view.mapFromScene(self._scene.place(hit))

    # --- inside

    def _turnable(self, hit: EdgeHit | NodeHit) -> bool:
        """In strips and blocks, whose cells are small, the wheel scrolls until one cell is chosen by a click."""
        return hit == self._sight.chosen or not self._scene.is_dense(hit)

    def _wish(self, wish: Wish | None) -> None:
        if wish is not None:
            self.wished.emit(wish)

    def _end_turning(self) -> None:
        if self._turned is not None:
            self._turned = None
            self.gesture_ended.emit()

    @Slot()
    def _let_go(self) -> None:
        """A layer or a link that is carried belongs to the picture that is gone; a value and the paper do not."""
        if self.carrying:
            self._drag = SpentDrag()

    def _begun(self, start: Touch, way: QPoint) -> Drag | None:
        parts, hit = self._scene.parts, self._hit
        upright = abs(way.y()) >= abs(way.x())
        if isinstance(hit, EdgeHit) or (isinstance(hit, NodeHit) and upright):
            value = self._sight.value(hit)
            return None if value is None else ValueDrag(self._sight.owner(hit), value, start)
        if parts is None:
            return PanDrag(self._view, start) if hit is None else None
        if isinstance(hit, NodeHit):
            return LinkDrag(hit.layer, parts.plan, parts.drag, self._sight)
        if isinstance(hit, LayerHit | ActivationHit):
            info = self._sight.info(hit.layer)
            name = "" if info is None else self._speech.say(info.name)
            return LayerDrag(hit.layer, parts.plan, parts.drag, name)
        return PanDrag(self._view, start) if hit is None or isinstance(hit, LinkHit) else None
