"""What a drag does from its first pixel to its last: a value, a layer, a link, or the paper itself."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, QPointF

from gradgui.gui.editor.details import EdgeHit, NodeHit
from gradgui.gui.editor.drag_item import DragItem
from gradgui.gui.editor.geometry import Plan
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.view import NetworkView, Touch
from gradgui.gui.editor.wishes import Wish, add_link, move_layer, set_value, stepped

PIXELS_A_STEP = 8.0
"""So far the pointer goes for one step of a value."""


class Drag(Protocol):
    """One drag; each move may wish for something, and so may its end."""

    def move(self, touch: Touch) -> Wish | None: ...

    def finish(self, touch: Touch) -> Wish | None: ...


class ValueDrag:
    """Up makes a weight or bias larger, down smaller; with Alt ten times finer."""

    def __init__(self, hit: EdgeHit | NodeHit, value: float, touch: Touch) -> None:
        self._hit, self._value, self._last = hit, value, touch.view.y()
        self._steps = 0.0
        self._shown = value
        self._key = ("value", hit, id(self))

    def move(self, touch: Touch) -> Wish | None:
        """The value follows the pointer; what was gone with Alt and without it adds up."""
        gone = (self._last - touch.view.y()) / PIXELS_A_STEP
        self._last = touch.view.y()
        self._steps += gone * (0.1 if touch.fine else 1.0)
        value = stepped(self._value, self._steps, touch.fine)
        if value == self._shown:
            return None
        self._shown = value
        return set_value(self._hit, value, self._key)

    def finish(self, touch: Touch) -> Wish | None:
        """It stays where it is."""
        return self.move(touch)


class LayerDrag:
    """A layer is carried to another gap."""

    def __init__(self, layer: int, plan: Plan, item: DragItem, name: str) -> None:
        self._layer, self._plan, self._item, self._name = layer, plan, item, name

    def move(self, touch: Touch) -> Wish | None:
        """Show where it would be put."""
        gap = gap_at(self._plan, touch.scene)
        stays = gap in (self._layer, self._layer + 1)
        self._item.carry_layer(self._name, touch.scene, None if stays else gap)
        return None

    def finish(self, touch: Touch) -> Wish | None:
        """Put it there."""
        gap = gap_at(self._plan, touch.scene)
        self._item.rest()
        to = gap - (gap > self._layer)
        return None if to == self._layer else move_layer(self._layer, to)


class LinkDrag:
    """A line is drawn from one layer to a later one."""

    def __init__(self, source: int, plan: Plan, item: DragItem, sight: Sight) -> None:
        self._source, self._plan, self._item, self._sight = source, plan, item, sight

    def move(self, touch: Touch) -> Wish | None:
        """Show the line, and the layer that it would reach."""
        self._item.draw_link(self._source, touch.scene, self._target(touch))
        return None

    def finish(self, touch: Touch) -> Wish | None:
        """Tie it there."""
        target = self._target(touch)
        self._item.rest()
        return None if target is None else add_link(self._source, target, self._alike(target))

    def _target(self, touch: Touch) -> int | None:
        """The layer under the pointer; only one that the source does not feed anyway."""
        target = column_at(self._plan, touch.scene)
        return target if target is not None and self._source + 1 < target < self._sight.layers else None

    def _alike(self, target: int) -> bool:
        """Whether what the link brings has the shape of what comes along the chain."""
        return self._shape(self._source) == self._shape(target - 1)

    def _shape(self, layer: int) -> tuple[int, ...]:
        info = self._sight.info(layer)
        if info is not None:
            return info.shape
        return (0 if self._sight.snapshot is None else len(self._sight.snapshot.network.inputs),)


class SpentDrag:
    """What was carried is gone: the network was laid out anew meanwhile, and the hand is empty until it lets go."""

    def move(self, touch: Touch) -> Wish | None:
        """Nothing."""
        return None

    def finish(self, touch: Touch) -> Wish | None:
        """Nothing."""
        return None


class PanDrag:
    """The paper is moved under the window."""

    def __init__(self, view: NetworkView, touch: Touch) -> None:
        self._view, self._last = view, touch.view

    def move(self, touch: Touch) -> Wish | None:
        """Follow the hand."""
        way: QPoint = touch.view - self._last
        self._last = touch.view
        self._view.scroll_by(way)
        return None

    def finish(self, touch: Touch) -> Wish | None:
        """Stay."""
        return self.move(touch)


def column_at(plan: Plan, place: QPointF) -> int | None:
    """The column nearest to the pointer; −1 is the inputs."""
    nearest = min(plan.columns, key=lambda column: abs(column.x - place.x()))
    return nearest.index if abs(nearest.x - place.x()) <= plan.pitch * 0.5 else None


def gap_at(plan: Plan, place: QPointF) -> int:
    """The gap nearest to the pointer, as the number of the layer behind it."""
    layers = len(plan.columns) - 2
    middles = [(plan.column(n - 1).x + plan.column(n).x) / 2 for n in range(layers + 1)]
    return min(range(layers + 1), key=lambda n: abs(middles[n] - place.x()))
