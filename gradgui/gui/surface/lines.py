"""Lines in three dimensions that are as wide in a fine picture as on the screen."""

from __future__ import annotations

import numpy as np
import pyqtgraph.opengl as gl
from OpenGL import GL


class Lines(gl.GLLinePlotItem):  # type: ignore[misc]
    """Loose segments, or one line through all its points; drawn smooth and translucent."""

    def __init__(self, width: float, *, joined: bool = False, under: bool = False) -> None:
        """`under`: never in front of what is drawn later, even where both are at the very same place."""
        mode = "line_strip" if joined else "lines"
        super().__init__(pos=np.zeros((2, 3)), mode=mode, antialias=True, glOptions="translucent")
        self._thickness, self._under = width, under

    def paint(self) -> None:
        """Called by the canvas: in pixels of the window, not of the picture."""
        self.width = self._thickness * self.view().sharpness
        GL.glDepthMask(not self._under)
        super().paint()
        GL.glDepthMask(True)
