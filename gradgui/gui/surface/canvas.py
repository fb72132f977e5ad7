"""The canvas: a pane that shows a picture from the studio, and writes over it."""

from __future__ import annotations

import logging

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMatrix4x4, QOpenGLContext, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.labels import Projection
from gradgui.gui.surface.studio import Studio

ON_GROUND = 10
"""Items from this depth value on lie on the ground and move while it stays."""
_NEAR, _FAR = 0.05, 4.0
"""Clipping planes, in distances of the eye: tight, so that lines on the ground don't flicker."""
_REST_MS = 120
"""So long after eye and ground came to rest, the picture is drawn with all its details."""


_log = logging.getLogger(__name__)


class Canvas(GLViewMixin, QWidget):  # type: ignore[misc]
    """Holds items of pyqtgraph and has them drawn only when something changed."""

    failed = Signal()
    """This screen cannot draw it after all."""
    painted = Signal()
    """A first picture is on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.sharpness = 1.0
        """Pixels of the picture being drawn per pixel of the window."""
        self.context: QOpenGLContext | None = None
        """Made already, to see whether there is one; else the first picture makes it."""
        self._studio: Studio | None = None
        self._broken = self._has_painted = False
        self._image: QImage | None = None
        self._image_key: object = None
        self._ground_key: object = None
        self._seen: object = None
        self._seen_marks: object = None
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self.update)

    # --- what the scene fills in

    def ground_state(self) -> object:
        """Equal as long as the ground looks the same from the same place."""
        raise NotImplementedError

    def marks_state(self) -> object:
        """Equal as long as what lies on the ground looks the same."""
        raise NotImplementedError

    def use_details(self, detailed: bool) -> None:
        """Draw the ground with all its details, or quickly."""
        raise NotImplementedError

    def write(self, painter: QPainter) -> None:
        """Write over the finished picture."""
        raise NotImplementedError

    # --- drawing

    def isValid(self) -> bool:
        """Called by pyqtgraph: whether there is a context."""
        return self._studio is not None and not self._broken

    def photograph(self, sharp: float = 1.0) -> QImage:
        """The picture with its writing, so many times finer than on the screen."""
        image = self._drawn(sharp, detailed=True)
        if image is None:
            image = QImage(self.size() * sharp, QImage.Format.Format_RGB32)
            image.fill(QColor.fromRgbF(*self.opts["bgcolor"]))
        image = image.copy()
        image.setDevicePixelRatio(1.0)
        painter = QPainter(image)
        painter.scale(image.width() / max(1, self.width()), image.height() / max(1, self.height()))
        self.write(painter)
        painter.end()
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt: the picture, drawn anew if something changed, then the writing over it."""
        image = self._drawn(self.devicePixelRatioF(), detailed=not self._is_moving())
        painter = QPainter(self)
        if image is None:
            painter.fillRect(self.rect(), QColor.fromRgbF(*self.opts["bgcolor"]))
        else:
            painter.drawImage(QPoint(0, 0), image)
            self.write(painter)
        painter.end()
        if image is not None and not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def _drawn(self, sharp: float, detailed: bool) -> QImage | None:
        """From the studio, or the last one where nothing changed; None where nothing can be drawn."""
        if self._broken or self.width() < 1 or self.height() < 1:
            return None
        try:
            return self._from_studio(sharp, detailed)
        except Exception:  # noqa: BLE001 - whatever the driver says, the map takes over
            _log.warning("The landscape cannot be drawn; the map takes over.", exc_info=True)
            self._broken = True
            QTimer.singleShot(0, self, self.failed.emit)
            return None

    def _eye(self) -> bytes:
        return self.projection().matrix.tobytes()

    def _is_moving(self) -> bool:
        """Whether the eye or the ground moves just now, where drawing everything would take too long for that.

        If what lies on the ground moves meanwhile, the details wait for it too.
        """
        before, self._seen = self._seen, (self._eye(), self.ground_state())
        marks, self._seen_marks = self._seen_marks, self.marks_state()
        moves = before != self._seen or (self._rest.isActive() and marks != self._seen_marks)
        if self._studio is not None and self._studio.is_slow and moves:
            self._rest.start()
        return self._rest.isActive()

    def _from_studio(self, sharp: float, detailed: bool) -> QImage:
        self._studio = self._studio or Studio(self.context)
        size = self.size() * sharp
        ground = (self._eye(), size.toTuple(), self.opts["bgcolor"], self.ground_state(), detailed)
        key = (ground, self.marks_state())
        if self._image is None or key != self._image_key:
            self.sharpness = sharp
            self.use_details(detailed)
            image = self._studio.picture(size, self._draw_ground, self._draw_marks, ground == self._ground_key)
            image.setDevicePixelRatio(image.width() / self.width())
            self._image, self._image_key, self._ground_key = image, key, ground
        return self._image

    def _draw_ground(self) -> None:
        self.setProjection(None, None)
        self.setModelview()
        GL.glClearColor(*self.opts["bgcolor"])
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT | GL.GL_COLOR_BUFFER_BIT)
        self._draw_items([item for item in self.items if item.depthValue() < ON_GROUND])

    def _draw_marks(self) -> None:
        self.setProjection(None, None)
        self.setModelview()
        self._draw_items([item for item in self.items if item.depthValue() >= ON_GROUND])

    def _draw_items(self, items: list[GLGraphicsItem]) -> None:
        for item in sorted(items, key=GLGraphicsItem.depthValue):
            if item.visible():
                item.paint()

    # --- looking

    def projectionMatrix(self, region: object, viewport: object) -> QMatrix4x4:
        """Called by pyqtgraph; overridden for its clipping planes."""
        matrix = QMatrix4x4()
        aspect = self.width() / max(1, self.height())
        field = np.degrees(2 * np.arctan(np.tan(np.radians(self.opts["fov"] / 2)) / aspect))
        distance = self.opts["distance"]
        matrix.perspective(float(field), aspect, distance * _NEAR, distance * _FAR + 4)
        return matrix

    def projection(self) -> Projection:
        """From the box to pixels of the pane."""
        matrix = self.projectionMatrix(None, None) * self.viewMatrix()
        return Projection(np.array(matrix.data()).reshape(4, 4).T, self.width(), self.height())
