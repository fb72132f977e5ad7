"""What a flat picture of the loss shows beside the loss: what both the map and the valley have in common."""

from __future__ import annotations

from abc import abstractmethod
from math import hypot

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTransform

from gradgui.gui.surface.pens import Pens
from gradgui.gui.surface.placement import PlacedRunner, Placement
from gradgui.gui.surface.relief import Array, Relief
from gradgui.gui.theme import Theme


class BallMarks(pg.GraphicsObject):  # type: ignore[misc]
    """Holds the ball, its path and a race; drawn in pixels, so that zooming never changes their size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pens = Pens(theme)
        self._relief: Relief | None = None
        self._placement: Placement | None = None
        self._runners: tuple[PlacedRunner, ...] = ()
        self._highlighted: int | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_relief(self, relief: Relief | None) -> None:
        """Places are meant in this relief's box."""
        self.prepareGeometryChange()
        self._relief = relief
        self.update()

    def show_placement(self, placement: Placement | None) -> None:
        """Draw the ball here, or nothing."""
        self._placement = placement
        self.update()

    def show_runners(self, runners: tuple[PlacedRunner, ...]) -> None:
        """Draw a race; nothing for no runners."""
        self._runners = runners
        self.update()

    def highlight(self, moment: int | None) -> None:
        """Ring one point of the path."""
        self._highlighted = moment
        self.update()

    def moment_at(self, scene: QPointF, reach: float) -> int | None:
        """Which point of the path lies within `reach` pixels; the ball itself comes first."""
        placement = self._placement
        if placement is None or not len(placement.path):
            return None
        ball = np.array([[placement.u, placement.v, placement.z]])
        points = self._pixels(self.sceneTransform(), np.vstack([placement.path, ball]))
        *distances, to_ball = [hypot(p.x() - scene.x(), p.y() - scene.y()) for p in points]
        nearest = int(np.argmin(distances))
        if to_ball <= distances[nearest] or distances[nearest] > reach:
            return None
        return placement.moments[nearest]

    @abstractmethod
    def _pixels(self, to_pixels: QTransform, box: Array) -> list[QPointF]:
        """(n, 3) box coordinates to pixels."""
