"""Can this screen draw in three dimensions? Asked once, before anything is drawn."""

from __future__ import annotations

import os

from PySide6.QtGui import QGuiApplication, QOpenGLContext, QSurfaceFormat

_FLAT_PLATFORMS = frozenset({"offscreen", "minimal", "vnc", "linuxfb"})
_OLDEST = (2, 1)


def made_context() -> QOpenGLContext | None:
    """An OpenGL context, or None where there is none; never raises, never prints."""
    if QGuiApplication.platformName() in _FLAT_PLATFORMS:
        return None
    context = QOpenGLContext()
    context.setShareContext(QOpenGLContext.globalShareContext())  # pyqtgraph compiles its shaders once for all
    context.setFormat(QSurfaceFormat())
    return context if context.create() and context.format().version() >= _OLDEST else None


def is_available() -> bool:
    """Whether an OpenGL context can be had."""
    return made_context() is not None


def prepare() -> None:
    """Tell PyOpenGL which library Qt speaks to; it guesses wrongly under Wayland. Call before importing it."""
    egl = QGuiApplication.platformName().startswith("wayland") or (os.environ.get("QT_XCB_GL_INTEGRATION") == "xcb_egl")
    if QGuiApplication.platformName() in {"xcb", "wayland", "wayland-egl"}:
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl" if egl else "glx")
