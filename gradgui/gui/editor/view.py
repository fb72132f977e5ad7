"""The window onto the network: scrolls, and hands every press, drag, turn and key to the hand that edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QStyle, QToolTip, QWidget

NOTCH = 120.0


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the pointer is, and which keys are held."""

    scene: QPointF
    view: QPoint
    """In the view's own pixels."""
    fine: bool = False
    """Alt is held: small steps."""
    zoom: bool = False
    """Ctrl is held."""


class Hand(Protocol):
    """What takes hold of things in the view; each answers whether it did."""

    def press(self, touch: Touch) -> None: ...

    def drag(self, touch: Touch) -> None: ...

    def release(self, touch: Touch) -> bool: ...

    def double(self, touch: Touch) -> bool: ...

    def turn(self, touch: Touch, notches: float) -> bool: ...

    def wants(self, event: QKeyEvent) -> bool: ...

    def key(self, event: QKeyEvent) -> bool: ...

    def tip(self, touch: Touch) -> str: ...


class NetworkView(QGraphicsView):
    """Shows the scene at its own size and says where the pointer is."""

    pointed = Signal(object)
    """QPointF in the scene, or None when the pointer leaves."""
    clicked = Signal(object)
    menu_asked = Signal(object, object)
    """QPointF in the scene, and QPoint on the screen."""
    resized = Signal()
    focus_changed = Signal(object)
    """Whether the keys come here now."""
    reached_by_key = Signal()
    """The keyboard was led here by Tab."""

    def __init__(self, scene: QGraphicsScene, parent: QWidget) -> None:
        super().__init__(scene, parent)
        self.hand: Hand | None = None
        self._opened = False
        """Whether the press that is still held opened a field: letting go is no click then."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def scroll_by(self, way: QPoint) -> None:
        """Move the paper under the window."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - way.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - way.y())

    def thickness_of_bars(self) -> int:
        """How much room a scroll bar takes away where one is needed: Qt reckons with the style's own measure.

        What fits beside the thinner bar of our sheet but not beside that one would get a second bar of a few pixels.
        """
        styled = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return max(styled, self.verticalScrollBar().sizeHint().width())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._opened = False
        if event.button() is Qt.MouseButton.LeftButton and self.hand is not None:
            self.hand.press(self._touch(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        touch = self._touch(event)
        if event.buttons() & Qt.MouseButton.LeftButton and self.hand is not None:
            self.hand.drag(touch)
        else:
            self.pointed.emit(touch.scene)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        touch = self._touch(event)
        if self._opened:
            self._opened = False
        elif self.hand is None or not self.hand.release(touch):
            self.clicked.emit(touch.scene)
        else:
            self.pointed.emit(touch.scene)  # what was in the hand has hidden where the pointer went

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of two in a row; where nothing opens, it is one more click."""
        if event.button() is Qt.MouseButton.LeftButton and self.hand is not None:
            touch = self._touch(event)
            self._opened = self.hand.double(touch)
            if not self._opened:
                self.hand.press(touch)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()  # Alt turns the wheel sideways
        place = event.position().toPoint()
        touch = self._touched(place, event.modifiers())
        if turned and self.hand is not None and self.hand.turn(touch, turned / NOTCH):
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.mapToScene(event.pos()), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hand is None or not self.hand.key(event):
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Keys that the selection understands are not shortcuts of the window."""
        asked = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and isinstance(event, QKeyEvent) and self.hand is not None and self.hand.wants(event):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.hand is not None:
            words = self.hand.tip(self._touched(event.pos(), Qt.KeyboardModifier.NoModifier))
            QToolTip.showText(event.globalPos(), words, self) if words else QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.reached_by_key.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def _touch(self, event: QMouseEvent) -> Touch:
        return self._touched(event.position().toPoint(), event.modifiers())

    def _touched(self, place: QPoint, held: Qt.KeyboardModifier) -> Touch:
        fine = bool(held & Qt.KeyboardModifier.AltModifier)
        return Touch(self.mapToScene(place), place, fine, bool(held & Qt.KeyboardModifier.ControlModifier))
