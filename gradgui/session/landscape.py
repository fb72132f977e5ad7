"""The surface's own thread: coarse picture first, finer ones after, dropped as soon as something newer is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gradgui.document.compile import Compiled
from gradgui.engine.planes import Plane
from gradgui.engine.samples import Samples
from gradgui.engine.surface import Level, LossSurface
from gradgui.session.axes import Axes
from gradgui.session.snapshot import Array, SurfaceView

FINE, QUICK = 129, 65
CURVE = 257
"""Points of a valley's curve."""
COARSER = 8
"""So many times fewer come first."""
MOST_S = 4.0
"""Pictures become no finer where that would take longer."""
LONGEST_WAIT_S = 0.1
"""Finer pictures never wait longer than this for the coarse one to be painted, whatever happens to the window."""


@dataclass(frozen=True, slots=True)
class SurfaceRequest:
    """A picture of the loss over a plane, the other parameters held at `theta`."""

    number: int
    compiled: Compiled
    axes: Axes
    revision: int
    iteration: int
    finest: int
    exact: bool = False
    """Coarse first, in the end once more in double precision; else once only, beside training."""
    test: bool = False
    """Of the test set, where there is one, instead of the training set."""
    shown: int = 0
    """Points along x of a picture of just this that is on the screen already: coarser ones are of no use."""

    def shows_the_same(self, other: SurfaceRequest) -> bool:
        """Whether both are pictures of the same heights, as fine as each may be."""
        return (
            self.compiled is other.compiled
            and self.revision == other.revision
            and self.samples is other.samples
            and self.axes.ranges == other.axes.ranges
            and self.axes.plane.same_as(other.axes.plane)
        )

    @property
    def samples(self) -> Samples:
        """Whose loss is drawn."""
        test = self.compiled.test
        return self.compiled.train if test is None or not self.test else test


class Landscape(QObject):
    """Lives in its own thread. `newest` is set by the window; work on anything older stops."""

    drawn = Signal(object)
    """A SurfaceView, several times per request: each finer than the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        self.latest: SurfaceView | None = None
        """The finest picture that is ready; those before it need not be drawn any more."""
        self.painted = threading.Event()
        """Set by the window when a picture is on the screen: until then the first one has the cores for itself."""
        self._surface: LossSurface | None = None
        self._of: tuple[Compiled, Samples] | None = None

    @Slot(object)
    def draw(self, request: SurfaceRequest) -> None:
        """Draw, unless something newer has been asked for meanwhile."""
        if request.number != self.newest:
            return
        surface, axes = self._surface_of(request), request.axes

        def stale() -> bool:
            return request.number != self.newest

        if axes.is_valley:
            levels = _curve(surface, axes.plane, axes.ranges[0])
        elif request.exact:
            levels = surface.levels(
                axes.plane, *axes.ranges, finest=request.finest, stop=stale, exact=True, seconds=MOST_S
            )
        else:
            levels = _at_once(surface, axes, request.finest, stale)
        is_first = True
        for level in levels:
            self.painted.clear()
            if stale():
                return
            if not level.final and (not request.exact or len(level.xs) <= request.shown):
                continue  # while the network trains, coarse pictures would only cost time
            self.latest = _picture(request, level)
            self.drawn.emit(self.latest)
            if is_first and not level.final:
                self.painted.wait(LONGEST_WAIT_S)
            is_first = False

    @Slot()
    def finish(self) -> None:
        """Send the helping threads home, before this thread ends."""
        if self._surface is not None:
            self._surface.close()
            self._surface = None

    def _surface_of(self, request: SurfaceRequest) -> LossSurface:
        compiled, samples = request.compiled, request.samples
        known = self._of is not None and self._of[0] is compiled and self._of[1] is samples
        if self._surface is None or not known:
            self.finish()
            self._surface, self._of = LossSurface(compiled.network, samples), (compiled, samples)
        return self._surface


def _picture(request: SurfaceRequest, level: Level) -> SurfaceView:
    axes = request.axes
    return SurfaceView(
        request.revision, request.iteration, (axes.x, axes.y), _still(level.xs), _still(level.ys),
        _still(level.heights), axes.held, level.final, request.number, request.samples is not request.compiled.train,
        level.samples,
    )  # fmt: skip


def _at_once(surface: LossSurface, axes: Axes, finest: int, stale: Callable[[], bool]) -> Iterator[Level]:
    """All points in one go: the fewer calls, the less this thread and training wait for each other."""
    xs, ys = (np.linspace(*span, finest) for span in axes.ranges)
    yield Level(xs, ys, surface.heights(axes.plane, xs, ys, stale, helped=False), final=True)


def _curve(surface: LossSurface, plane: Plane, span: tuple[float, float]) -> Iterator[Level]:
    """Of one parameter: a single row, coarse, then exact."""
    for count in (CURVE // COARSER, CURVE):
        xs, ys = np.linspace(*span, count), np.zeros(1)
        yield Level(xs, ys, surface.heights(plane, xs, ys, exact=count == CURVE), final=count == CURVE)


def _still(array: Array) -> Array:
    twin = np.array(array, np.float64)
    twin.setflags(write=False)
    return twin
