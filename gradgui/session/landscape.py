"""The surface's own thread: coarse picture first, finer ones after, dropped as soon as something newer is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gradgui.document.compile import Compiled
from gradgui.engine.surface import LossSurface
from gradgui.session.axes import Axes
from gradgui.session.snapshot import Array, SurfaceView

FINE, QUICK = 129, 65


@dataclass(frozen=True, slots=True)
class SurfaceRequest:
    """A picture of the loss over a plane, the other parameters held at `theta`."""

    number: int
    compiled: Compiled
    axes: Axes
    revision: int
    iteration: int
    finest: int


class Landscape(QObject):
    """Lives in its own thread. `newest` is set by the window; work on anything older stops."""

    drawn = Signal(object)
    """A SurfaceView, several times per request: each finer than the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        self._surface: LossSurface | None = None
        self._of: Compiled | None = None

    @Slot(object)
    def draw(self, request: SurfaceRequest) -> None:
        """Draw, unless something newer has been asked for meanwhile."""
        if request.number != self.newest:
            return
        surface = self._surface_of(request.compiled)
        x, y = request.axes.x, request.axes.y
        ranges = (x.low, x.high), (y.low, y.high)

        def stale() -> bool:
            return request.number != self.newest

        for level in surface.levels(request.axes.plane, *ranges, finest=request.finest, stop=stale):
            if stale():
                return
            self.drawn.emit(
                SurfaceView(
                    request.revision,
                    request.iteration,
                    (x, y),
                    _still(level.xs),
                    _still(level.ys),
                    _still(level.heights),
                    request.axes.held,
                    level.final,
                )
            )

    @Slot()
    def finish(self) -> None:
        """Send the helping threads home, before this thread ends."""
        if self._surface is not None:
            self._surface.close()
            self._surface = None

    def _surface_of(self, compiled: Compiled) -> LossSurface:
        if self._surface is None or self._of is not compiled:
            self.finish()
            self._surface, self._of = LossSurface(compiled.network, compiled.train), compiled
        return self._surface


def _still(array: np.ndarray) -> Array:
    twin = np.array(array, np.float64)
    twin.setflags(write=False)
    return twin
