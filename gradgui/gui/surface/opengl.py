"""Can this screen draw in three dimensions? Asked once, before anything is drawn."""

from __future__ import annotations

import os

from PySide6.QtGui import QGuiApplication, QOpenGLContext

_FLAT_PLATFORMS = frozenset({"offscreen", "minimal", "vnc", "linuxfb"})
_OLDEST = (2, 1)


def is_available() -> bool:
    """Whether an OpenGL context can be had; never raises, never prints."""
    if QGuiApplication.platformName() in _FLAT_PLATFORMS:
        return False
    context = QOpenGLContext()
    return context.create() and context.format().version() >= _OLDEST


def prepare() -> None:
    """Tell PyOpenGL which library Qt speaks to; it guesses wrongly under Wayland. Call before importing it."""
    egl = QGuiApplication.platformName().startswith("wayland") or (os.environ.get("QT_XCB_GL_INTEGRATION") == "xcb_egl")
    if QGuiApplication.platformName() in {"xcb", "wayland", "wayland-egl"}:
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl" if egl else "glx")
