"""The loss as a landscape in three dimensions: turn it, come nearer, and put the ball anywhere."""

from __future__ import annotations

import numpy as np
import pyqtgraph.opengl as gl
from PySide6.QtCore import QPointF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.camera import STEEPLY, Margin, Pose, Preset, fitted, horizontal_field, pose
from gradgui.gui.surface.contours import Contours
from gradgui.gui.surface.labels import AxisLabels, Projection
from gradgui.gui.surface.landscape import Landscape
from gradgui.gui.surface.marks import BALL, Marks, centre_of
from gradgui.gui.surface.opengl import surface_format
from gradgui.gui.surface.picking import pick
from gradgui.gui.surface.placement import Placement
from gradgui.gui.surface.relief import FLOOR, HEIGHT, Array, Relief
from gradgui.gui.theme import ON_SURFACE, SURFACE_BALL, Theme

KEYS = {
    Qt.Key.Key_1: Preset.FRONT,
    Qt.Key.Key_2: Preset.TOP,
    Qt.Key.Key_3: Preset.ALONG,
    Qt.Key.Key_0: Preset.HOME,
}
_TURN_MS = 300
_CLICK, _GRIP, _HOVER = 4, 16, 10
"""Pixels: a click that moved less, the ball's reach for the mouse, a path point's."""
_MARGIN = Margin(left=36, right=36, top=8, bottom=24)
_NEAR, _FAR = 0.05, 4.0
"""Clipping planes, in distances of the eye: tight, so that lines on the ground don't flicker."""
_LOWEST, _HIGHEST = 2.0, 90.0
_MULTISAMPLE = 0x809D
"""GL_MULTISAMPLE: QPainter leaves it switched off, and edges would turn jagged from the second frame on."""
_LOSS = "L"


class SurfaceScene(gl.GLViewWidget):  # type: ignore[misc]
    """Shows a relief and a ball; drags the ball, orbits, pans, zooms."""

    place_chosen = Signal(object)
    """(x, y) in parameter values."""
    moment_hovered = Signal(object)
    """Number of a point of the path, or None."""
    failed = Signal()
    """This screen cannot draw it after all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFormat(surface_format())
        self.setMouseTracking(True)
        self._theme = theme
        self._relief: Relief | None = None
        self._placement: Placement | None = None
        self._labels = AxisLabels(theme)
        self._landscape = Landscape(self, theme)
        self._marks = Marks(self, theme)
        self._contours: Contours | None = None
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging_ball = self._moved = self._own_view = self._broken = False
        self._hovered: int | None = None
        self._preset = Preset.HOME
        self._journey = QVariantAnimation(self, duration=_TURN_MS, startValue=0.0, endValue=1.0)
        self._journey.valueChanged.connect(self._travel)
        self._from = self._to = Pose(0, 0, 1, (0, 0, 0))
        theme.changed.connect(self.restyle)
        self.restyle()
        self._take(self._pose(Preset.HOME))

    def show_relief(self, relief: Relief | None, contours: Contours | None) -> None:
        """Draw this landscape."""
        self._relief, self._contours = relief, contours
        self._landscape.show_relief(relief, contours)
        self.update()

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here."""
        self._placement = placement
        self._marks.show_placement(placement)
        self.update()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        self.setBackgroundColor(self._theme.palette.surface_ground)
        self.show_relief(self._relief, self._contours)
        self.show_placement(self._placement)

    def go_to(self, preset: Preset, animated: bool = True) -> None:
        """Look from there."""
        self._preset, self._own_view = preset, False
        self._from, self._to = self._current_pose(), self._pose(preset)
        self._journey.stop()
        if animated and self.isVisible():
            self._journey.start()
        else:
            self._take(self._to)

    def pixel_of(self, x: float, y: float) -> QPointF | None:
        """Where a place of the landscape is in the pane; None without a landscape."""
        if self._relief is None:
            return None
        u, v = self._relief.spot(x, y)
        return QPointF(*self._projection().pixels(np.array([[u, v, self._relief.ground_at(u, v)]]))[0])

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The parameter values under a pixel; None beside the landscape."""
        if self._relief is None:
            return None
        found = pick(self._relief, *self._ray(pixel))
        return None if found is None else self._relief.unplace(*found)

    # --- drawing

    def initializeGL(self) -> None:
        """Called by Qt once there is a context."""
        try:
            super().initializeGL()
        except Exception:  # noqa: BLE001 - whatever the driver says, the map takes over
            self._broken = True
            self.failed.emit()

    def paintGL(self) -> None:
        """Called by Qt: the landscape, then the writing over it."""
        if self._broken:
            return
        self.context().functions().glEnable(_MULTISAMPLE)
        super().paintGL()
        if self._relief is None:
            return
        painter = QPainter(self)
        projection = self._projection()
        self._labels.paint(painter, projection, self._relief, _LOSS, self._label_level())
        self._paint_ring(painter, projection)
        painter.end()

    def _label_level(self) -> float:
        """The axes are written on the floor, or on the lid when that is what is seen."""
        return HEIGHT if self.opts["elevation"] > STEEPLY else FLOOR

    def _paint_ring(self, painter: QPainter, projection: Projection) -> None:
        """A ring round the ball and a line to its slice, seen even through a hill: the ball is never lost."""
        if self._placement is None or not self._placement.inside:
            return
        centre = centre_of(self._placement)
        if self._placement.hangs:
            ends = np.array([centre, (*centre[:2], self._placement.ground)])
            painter.setPen(QPen(QColor(SURFACE_BALL), self._theme.px(1.5), Qt.PenStyle.DotLine))
            painter.drawLine(*(QPointF(*end) for end in projection.pixels(ends)))
        right = np.array([-np.sin(np.radians(self.opts["azimuth"])), np.cos(np.radians(self.opts["azimuth"])), 0])
        middle, rim = projection.pixels(np.array([centre, centre + right * BALL]))
        radius = float(np.hypot(*(rim - middle))) + 1
        painter.setPen(QPen(QColor(ON_SURFACE), self._theme.px(1.5)))
        painter.drawEllipse(QPointF(*middle), radius, radius)

    def projectionMatrix(self, region: object, viewport: object) -> object:
        """Called by pyqtgraph; overridden for its clipping planes."""
        matrix = QMatrix4x4()
        aspect = self.width() / max(1, self.height())
        field = np.degrees(2 * np.arctan(np.tan(np.radians(self.opts["fov"] / 2)) / aspect))
        distance = self.opts["distance"]
        matrix.perspective(float(field), aspect, distance * _NEAR, distance * _FAR + 4)
        return matrix

    def _projection(self) -> Projection:
        matrix = self.projectionMatrix(None, None) * self.viewMatrix()
        return Projection(np.array(matrix.data()).reshape(4, 4).T, self.width(), self.height())

    def _ray(self, pixel: QPointF) -> tuple[Array, Array]:
        """The eye, and the direction it looks in at a pixel."""
        backwards = np.linalg.inv(self._projection().matrix)
        x, y = pixel.x() / self.width() * 2 - 1, 1 - pixel.y() / self.height() * 2
        near, far = (backwards @ np.array([x, y, depth, 1.0]) for depth in (-1.0, 1.0))
        start, end = near[:3] / near[3], far[:3] / far[3]
        return start, (end - start) / np.linalg.norm(end - start)

    # --- the eye

    def _pose(self, preset: Preset) -> Pose:
        return pose(preset, self._relief, (self.width(), self.height()), self._margin())

    def _margin(self) -> Margin:
        return Margin(*(self._theme.px(pixels) for pixels in _MARGIN))

    def _current_pose(self) -> Pose:
        centre = self.opts["center"]
        place = (centre.x(), centre.y(), centre.z())
        return Pose(self.opts["azimuth"], self.opts["elevation"], self.opts["distance"], place)

    def _take(self, to: Pose) -> None:
        self.opts["fov"] = horizontal_field((self.width(), self.height()))
        self.setCameraPosition(
            pos=QVector3D(*to.centre), distance=to.distance, elevation=to.elevation, azimuth=to.azimuth
        )

    def _travel(self, share: float) -> None:
        eased = share * share * (3 - 2 * share)
        self._take(self._from.towards(self._to, eased))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt: keep the landscape filling the pane unless the user came nearer."""
        super().resizeEvent(event)
        self._journey.stop()
        now = self._current_pose()
        size = (self.width(), self.height())
        self._take(now if self._own_view else fitted(now, size, self._margin()))

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; a moment later it is known whether there is a context."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._check_context)

    def _check_context(self) -> None:
        if self.isVisible() and self.width() > 0 and self.height() > 0 and not self.isValid():
            self._broken = True
            self.failed.emit()

    # --- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: take hold of the ball, or of the whole landscape."""
        self._journey.stop()
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
            self._own_view = True
            self.pan(step.x(), step.y(), 0, relative="view")
        else:
            self.opts["azimuth"] -= step.x() * 0.5
            self.opts["elevation"] = min(_HIGHEST, max(_LOWEST, self.opts["elevation"] + step.y() * 0.5))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: a click that did not move puts the ball there."""
        clicked = self._pressed is not None and not self._moved and not self._dragging_ball
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            self._choose(event.position())
        self._pressed, self._dragging_ball = None, False
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Called by Qt: back to the first view."""
        self._moved = True
        self.go_to(Preset.HOME)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Called by Qt: nearer or farther."""
        self._own_view = True
        home = self._pose(Preset.HOME).distance
        wanted = self.opts["distance"] * 0.999 ** event.angleDelta().y()
        self.opts["distance"] = min(3 * home, max(0.15 * home, wanted))
        self.update()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: the keys of the presets, arrows to turn."""
        preset = KEYS.get(Qt.Key(event.key()))
        if preset is None:
            super().keyPressEvent(event)
        else:
            self.go_to(preset)

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
        at = self._projection().pixels(centre_of(self._placement)[None])[0]
        return bool(np.hypot(*(at - (pixel.x(), pixel.y()))) <= self._theme.px(_GRIP))

    def _hover(self, pixel: QPointF) -> None:
        over_ball = self._near_ball(pixel)
        self.setCursor(Qt.CursorShape.OpenHandCursor if over_ball else Qt.CursorShape.ArrowCursor)
        moment = self._moment_at(pixel)
        if moment != self._hovered:
            self._hovered = moment
            self.moment_hovered.emit(moment)

    def _moment_at(self, pixel: QPointF) -> int | None:
        if self._placement is None or not len(self._placement.path):
            return None
        away = self._projection().pixels(self._placement.path) - (pixel.x(), pixel.y())
        distance = np.hypot(away[:, 0], away[:, 1])
        nearest = int(np.argmin(distance))
        return self._placement.moments[nearest] if distance[nearest] <= self._theme.px(_HOVER) else None
