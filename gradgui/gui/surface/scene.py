"""The loss as a landscape in three dimensions: turn it, come nearer, and put the ball anywhere."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.camera import STEEPLY, Preset
from gradgui.gui.surface.canvas import Canvas
from gradgui.gui.surface.eye import Eye
from gradgui.gui.surface.focus_frame import FocusFrame
from gradgui.gui.surface.labels import AxisSheet
from gradgui.gui.surface.landscape import Landscape
from gradgui.gui.surface.marks import Marks, centre_of
from gradgui.gui.surface.nudge import arrow, nudged
from gradgui.gui.surface.overlay import Overlay
from gradgui.gui.surface.picking import pick
from gradgui.gui.surface.picture import Picture
from gradgui.gui.surface.placement import PlacedRunner, Placement
from gradgui.gui.surface.relief import FLOOR, HEIGHT, Array, Relief
from gradgui.gui.theme import Theme
from gradgui.session.snapshot import AxisView

KEYS = {
    Qt.Key.Key_1: Preset.FRONT,
    Qt.Key.Key_2: Preset.TOP,
    Qt.Key.Key_3: Preset.ALONG,
    Qt.Key.Key_4: Preset.FOLLOW,
    Qt.Key.Key_0: Preset.HOME,
}
_CLICK, _GRIP, _HOVER = 4, 16, 10
"""Pixels: a click that moved less, the ball's reach for the mouse, a path point's."""
_LOWEST, _HIGHEST = 2.0, 90.0
_TURN = 6.0
"""Degrees an arrow key turns."""
_NEARER = {"+": 0.9, "=": 0.9, "-": 1 / 0.9}
_LOSS = "L"
_SETTLE_MS = 140
"""After Ctrl + wheel has stood still for so long, the new range is drawn."""


class SurfaceScene(Canvas):
    """Shows a relief and a ball; drags the ball, orbits, pans, zooms."""

    place_chosen = Signal(object)
    """(x, y) in parameter values."""
    placing_ended = Signal()
    """The ball was let go."""
    moment_hovered = Signal(object)
    """A moment of the path, or None."""
    moment_chosen = Signal(object)
    """A moment of the path was clicked."""
    ranges_chosen = Signal(object)
    """((x from, x to), (y from, y to)) zoomed with Ctrl and the wheel."""
    ranges_reset = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._theme = theme
        self._picture: Picture | None = None
        self._names: tuple[AxisView, AxisView] | None = None
        self._placement: Placement | None = None
        self._runners: tuple[PlacedRunner, ...] = ()
        self._axes, self._overlay = AxisSheet(theme), Overlay(theme)
        self._landscape = Landscape(self, theme)
        self._marks = Marks(self, theme)
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging_ball = self._moved = self._nudging = False
        self._hovered: int | None = None
        self._highlighted: int | None = None
        self._wheeled = 1.0
        self._settled = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settled.timeout.connect(self._tell_ranges)
        self.eye = Eye(self, self, theme)
        self._focus = FocusFrame(theme, self)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.eye.take(self.eye.of(Preset.HOME))

    def show_picture(self, picture: Picture | None) -> None:
        """Draw this landscape; new directions are looked at from their open side, and so is one that turned over."""
        names = None if picture is None else picture.relief.view.axes
        is_new = names is not None and names != self._names
        before, self._picture, self._names = self._picture, picture, names or self._names
        if picture is None or before is None or (before.contours, before.paint) != (picture.contours, picture.paint):
            self._fill_landscape()
        if is_new and self.eye.is_at_home:
            self.eye.take(self.eye.of(Preset.HOME))
        elif picture is not before:
            self.eye.come_round()
        self.update()

    def _fill_landscape(self) -> None:
        picture = self._picture
        if picture is None:
            self._landscape.show_relief(None, None, None)
        else:
            self._landscape.show_relief(picture.relief, picture.contours, picture.paint)
        self.update()

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here."""
        self._placement = placement
        self._marks.show_placement(placement)
        self.eye.follow()
        self.update()

    def show_runners(self, runners: tuple[PlacedRunner, ...]) -> None:
        """Draw a race; nothing for no runners."""
        self._runners = runners
        self._marks.show_runners(runners)
        self.update()

    def highlight(self, moment: int | None) -> None:
        """Ring one point of the path."""
        if moment != self._highlighted:
            self._highlighted = moment
            self.update()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        self.setBackgroundColor(self._theme.palette.surface_ground)
        self._fill_landscape()
        self.show_placement(self._placement)

    def go_to(self, preset: Preset, animated: bool = True) -> None:
        """Look from there."""
        self.eye.go_to(preset, animated)

    def watched(self) -> tuple[Relief | None, Placement | None]:
        """What the eye looks at."""
        return self._relief, self._placement

    @property
    def _relief(self) -> Relief | None:
        return None if self._picture is None else self._picture.relief

    def pixel_of(self, x: float, y: float) -> QPointF | None:
        """Where a place of the landscape is in the pane; None without a landscape."""
        relief = self._relief
        if relief is None:
            return None
        u, v = relief.spot(x, y)
        return QPointF(*self.projection().pixels(np.array([[u, v, relief.ground_at(u, v)]]))[0])

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The parameter values under a pixel; None beside the landscape."""
        relief = self._relief
        if relief is None:
            return None
        found = pick(relief, *self._ray(pixel))
        return None if found is None else relief.unplace(*found)

    # --- drawing

    def ground_state(self) -> object:
        """Called by the canvas."""
        return self._landscape.version

    def marks_state(self) -> object:
        """Called by the canvas."""
        return self._placement, self._runners, self._theme.palette

    def use_details(self, detailed: bool) -> None:
        """Called by the canvas."""
        self._landscape.use_details(detailed)

    def write(self, painter: QPainter) -> None:
        """Called by the canvas: the axes, and what hills must not hide."""
        if self._relief is None:
            return
        if self._focus.by_key:
            self._focus.paint(painter, self)
        projection = self.projection()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._axes.paint(painter, projection, self._relief, _LOSS, self._label_level())
        if self._placement is not None and self._placement.inside:
            self._overlay.ball(painter, projection, self._placement, self.opts["azimuth"])
            self._overlay.moment(painter, projection, self._placement, self._highlighted)
        self._overlay.runners(painter, projection, self._runners)

    def _label_level(self) -> float:
        """The axes are written on the floor, or on the lid when that is what is seen."""
        return HEIGHT if self.opts["elevation"] > STEEPLY else FLOOR

    def _ray(self, pixel: QPointF) -> tuple[Array, Array]:
        """The eye, and the direction it looks in at a pixel."""
        backwards = np.linalg.inv(self.projection().matrix)
        x, y = pixel.x() / self.width() * 2 - 1, 1 - pixel.y() / self.height() * 2
        near, far = (backwards @ np.array([x, y, depth, 1.0]) for depth in (-1.0, 1.0))
        start, end = near[:3] / near[3], far[:3] / far[3]
        return start, (end - start) / np.linalg.norm(end - start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt: keep the landscape filling the pane unless the user came nearer."""
        super().resizeEvent(event)
        self.eye.fit()

    # --- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: take hold of the ball, or of the whole landscape."""
        self.eye.stop()
        self._pressed = self._last = event.position()
        self._moved = False
        left = event.button() == Qt.MouseButton.LeftButton
        self._dragging_ball = left and self._near_ball(event.position())
        if self._dragging_ball:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: drag the ball, orbit, or pan."""
        if self._pressed is None:
            self._hover(event.position())
            return
        step = event.position() - self._last
        self._last = event.position()
        away = event.position() - self._pressed
        self._moved = self._moved or abs(away.x()) + abs(away.y()) > _CLICK
        if self._dragging_ball:
            self._choose(event.position())
        elif self._pans(event):
            self.eye.let_go()
            self.eye.is_own = True
            self.pan(step.x(), step.y(), 0, relative="view")
        else:
            self._turn(step.x() * 0.5, step.y() * 0.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: a click that did not move puts the ball there."""
        clicked = self._pressed is not None and not self._moved and not self._dragging_ball
        moment = self._moment_at(event.position())
        if clicked and event.button() == Qt.MouseButton.LeftButton and moment is not None:
            self.moment_chosen.emit(moment)
        elif clicked and event.button() == Qt.MouseButton.LeftButton:
            self._choose(event.position())
        if clicked or self._dragging_ball:
            self.placing_ended.emit()
        self._pressed, self._dragging_ball = None, False
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: back to the first view."""
        self._moved = True
        self.go_to(Preset.HOME)
        self.ranges_reset.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Called by Qt: nearer or farther; with Ctrl a smaller or larger part of the parameters."""
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._wheeled *= 0.999 ** event.angleDelta().y()
            self._settled.start()
            return
        self._come(0.999 ** event.angleDelta().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: presets; Shift + arrows turn, + and − come nearer, Alt + arrows move the ball."""
        preset, turn = KEYS.get(Qt.Key(event.key())), arrow(event, Qt.KeyboardModifier.ShiftModifier)
        place = nudged(event, self._relief, self._placement)
        if preset is not None:
            self.go_to(preset)
        elif turn is not None:
            self._turn(_TURN * turn[0], _TURN * turn[1])
        elif event.text() in _NEARER:
            self._come(_NEARER[event.text()])
        elif place is not None:
            self._nudging = True
            self.place_chosen.emit(place)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: the ball was let go."""
        if self._nudging and not event.isAutoRepeat():
            self._nudging = False
            self.placing_ended.emit()
        event.ignore()

    def _turn(self, around: float, up: float) -> None:
        self.eye.stop()
        self.eye.is_turned = True
        self.opts["azimuth"] -= around
        self.opts["elevation"] = min(_HIGHEST, max(_LOWEST, self.opts["elevation"] + up))
        self.update()

    def _come(self, times: float) -> None:
        self.eye.is_own = True
        home = self.eye.of(Preset.HOME).distance
        self.opts["distance"] = min(3 * home, max(0.15 * home, self.opts["distance"] * times))
        self.update()

    def _tell_ranges(self) -> None:
        """As many times the range as the wheel was turned, around the ball or the middle."""
        scale, self._wheeled = self._wheeled, 1.0
        relief, placement = self._relief, self._placement
        if relief is None:
            return
        x0, x1, y0, y1 = relief.bounds
        inside = placement is not None and placement.inside
        x, y = relief.unplace(placement.u, placement.v) if placement is not None and inside else relief.unplace(0, 0)
        spans = ((x + (x0 - x) * scale, x + (x1 - x) * scale), (y + (y0 - y) * scale, y + (y1 - y) * scale))
        self.ranges_chosen.emit(spans)

    def _pans(self, event: QMouseEvent) -> bool:
        control = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        return control or not event.buttons() & Qt.MouseButton.LeftButton

    def _choose(self, pixel: QPointF) -> None:
        place = self.place_at(pixel)
        if place is not None:
            self.place_chosen.emit(place)

    def _near_ball(self, pixel: QPointF) -> bool:
        if self._placement is None or not self._placement.inside:
            return False
        at = self.projection().pixels(centre_of(self._placement)[None])[0]
        return bool(np.hypot(*(at - (pixel.x(), pixel.y()))) <= self._theme.px(_GRIP))

    def _hover(self, pixel: QPointF) -> None:
        over_ball = self._near_ball(pixel)
        self.setCursor(Qt.CursorShape.OpenHandCursor if over_ball else Qt.CursorShape.ArrowCursor)
        moment = self._moment_at(pixel)
        if moment != self._hovered:
            self._hovered = moment
            self.moment_hovered.emit(moment)
        if moment is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _moment_at(self, pixel: QPointF) -> int | None:
        if self._placement is None or not len(self._placement.path) or self._near_ball(pixel):
            return None
        away = self.projection().pixels(self._placement.path) - (pixel.x(), pixel.y())
        distance = np.hypot(away[:, 0], away[:, 1])
        nearest = int(np.argmin(distance))
        return self._placement.moments[nearest] if distance[nearest] <= self._theme.px(_HOVER) else None
