"""The studio: where landscapes are drawn with OpenGL out of sight, to be laid into the window as a finished picture."""

from __future__ import annotations

from collections.abc import Callable

from OpenGL import GL
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QOffscreenSurface, QOpenGLContext
from PySide6.QtOpenGL import QOpenGLFramebufferObject as Sheet
from PySide6.QtOpenGL import QOpenGLFramebufferObjectFormat as SheetFormat

from gradgui.gui.surface import opengl

SAMPLES = 4
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "microsoft basic render")
_BOTH = GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT


class UnavailableError(Exception):
    """This screen cannot draw in three dimensions after all."""


class Studio:
    """A context without a window, and two sheets: the ground alone, and a copy of it with what lies on the ground.

    The ground takes by far the longest. As long as the eye stays where it is, moving the ball draws only the ball.
    The window itself stays free of OpenGL: it needs no second picture of all its other panes.
    """

    def __init__(self, context: QOpenGLContext | None = None) -> None:
        """`context`: one that is there already."""
        context = context or opengl.made_context()
        if context is None:
            raise UnavailableError
        self._context = context
        self._surface = QOffscreenSurface()
        self._surface.setFormat(self._context.format())
        self._surface.create()
        self._sheets: tuple[Sheet, Sheet] | None = None
        self._enter()
        try:
            name = GL.glGetString(GL.GL_RENDERER) or b""
            self._most = int(GL.glGetIntegerv(GL.GL_MAX_RENDERBUFFER_SIZE))
        finally:
            self._context.doneCurrent()
        self.is_slow = any(word in name.decode("latin-1").lower() for word in _SOFTWARE)
        """Drawn by the processor: while the eye moves, less is drawn."""

    def picture(self, size: QSize, ground: Callable[[], None], marks: Callable[[], None], same: bool) -> QImage:
        """What both draw, the second over the first; `same` where the ground looks as it did the last time."""
        size = size.boundedTo(QSize(self._most, self._most))
        self._enter()
        try:
            fresh = self._sheets is None or self._sheets[0].size() != size
            below, above = self._sheets_of(size)
            if fresh or not same:
                _draw(below, size, ground)
            whole = QRect(0, 0, size.width(), size.height())
            Sheet.blitFramebuffer(above, whole, below, whole, _BOTH)
            _draw(above, size, marks)
            image = above.toImage()
            image.reinterpretAsFormat(QImage.Format.Format_RGB32)
            return image
        finally:
            self._context.doneCurrent()

    def _enter(self) -> None:
        if not self._context.makeCurrent(self._surface):
            raise UnavailableError

    def _sheets_of(self, size: QSize) -> tuple[Sheet, Sheet]:
        if self._sheets is None or self._sheets[0].size() != size:
            wanted = SheetFormat()
            wanted.setSamples(SAMPLES)
            wanted.setAttachment(Sheet.Attachment.Depth)
            self._sheets = Sheet(size, wanted), Sheet(size, wanted)
            if not all(sheet.isValid() for sheet in self._sheets):
                self._sheets = None
                raise UnavailableError
        return self._sheets


def _draw(sheet: Sheet, size: QSize, what: Callable[[], None]) -> None:
    sheet.bind()
    GL.glViewport(0, 0, size.width(), size.height())
    what()
    sheet.release()
