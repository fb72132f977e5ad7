"""Lines in three dimensions that are as wide in a fine picture as on the screen."""

from __future__ import annotations

import numpy as np
import pyqtgraph.opengl as gl


class Lines(gl.GLLinePlotItem):  # type: ignore[misc]
    """Loose segments, or one line through all its points; drawn smooth and translucent."""

    def __init__(self, width: float, *, joined: bool = False) -> None:
        mode = "line_strip" if joined else "lines"
        super().__init__(pos=np.zeros((2, 3)), mode=mode, antialias=True, glOptions="translucent")
        self._thickness = width

    def paint(self) -> None:
        """Called by the canvas: in pixels of the window, not of the picture."""
        self.width = self._thickness * self.view().sharpness
        super().paint()
