"""Arrow keys in place of the mouse: with Alt they move the ball, a little at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gradgui.gui.surface.placement import Placement
from gradgui.gui.surface.relief import Relief

_SHARE = 0.02
"""Of the picture's width, for one press."""
_WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1),
}  # fmt: skip


def arrow(event: QKeyEvent, modifier: Qt.KeyboardModifier) -> tuple[int, int] | None:
    """Which way an arrow key points, if it is pressed together with that modifier; None for all other keys."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _WAYS.get(Qt.Key(event.key())) if held == modifier else None


def nudged(event: QKeyEvent, relief: Relief | None, placement: Placement | None) -> tuple[float, float] | None:
    """Where Alt and an arrow key move the ball, in parameter values; None for other keys and without a ball."""
    way = arrow(event, Qt.KeyboardModifier.AltModifier)
    if way is None or relief is None or placement is None:
        return None
    u, v = (
        min(1.0, max(-1.0, at + 2 * _SHARE * step)) for at, step in zip((placement.u, placement.v), way, strict=True)
    )
    return relief.unplace(u, v)
