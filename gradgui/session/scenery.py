"""The loss surface as the window sees it: which axes, which slice, and when to cut it anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gradgui.document.compile import Compiled
from gradgui.engine.planes import Plane
from gradgui.session.axes import Axes, first_axes, through
from gradgui.session.landscape import FINE, QUICK, Landscape, SurfaceRequest
from gradgui.session.requests import UsePlane
from gradgui.session.snapshot import Array, SurfaceView
from gradgui.session.threads import started

if TYPE_CHECKING:
    from gradgui.session.session import Session

RESLICE_MS = 350
"""While training, the slice is cut anew this often."""


class Scenery(QObject):
    """Asks the surface's thread for pictures and passes on what it draws; lives in the window's thread."""

    changed = Signal(object)
    """A SurfaceView, or None where there is nothing to draw."""

    _asked = Signal(object)
    _closing = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._axes: Axes | None = None
        self._surface: SurfaceView | None = None
        self._landscape = Landscape()
        self._thread = started(self._landscape, "surface", self)
        self._asked.connect(self._landscape.draw, Qt.ConnectionType.QueuedConnection)
        self._landscape.drawn.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._closing.connect(self._landscape.finish, Qt.ConnectionType.BlockingQueuedConnection)
        self._reslicing = QTimer(self, interval=RESLICE_MS)
        self._reslicing.timeout.connect(self.reslice)
        session.playing_changed.connect(self._follow_playing)

    @property
    def surface(self) -> SurfaceView | None:
        """The picture that the views show."""
        return self._surface

    @property
    def plane(self) -> Plane | None:
        """The plane through parameter space that is drawn."""
        return None if self._axes is None else self._axes.plane

    def begin(self, compiled: Compiled) -> None:
        """Another experiment: forget the old picture and choose axes."""
        self._axes = first_axes(compiled)
        self._surface = None

    def draw(self) -> None:
        """Ask for a picture, coarse first."""
        self._landscape.newest += 1
        compiled = self._session.compiled
        if self._axes is None or compiled is None:
            self.changed.emit(None)
            return
        snapshot = self._session.snapshot
        current = snapshot is not None and snapshot.revision == self._session.revision
        iteration = snapshot.iteration if snapshot is not None and current else 0
        finest = QUICK if self._session.playing else FINE
        self._asked.emit(
            SurfaceRequest(self._landscape.newest, compiled, self._axes, self._session.revision, iteration, finest)
        )

    @Slot()
    def reslice(self) -> None:
        """Cut the slice through where the run is now."""
        snapshot = self._session.snapshot
        if snapshot is not None and self._axes is not None and self._axes.held:
            self._cut_through(snapshot.theta)

    def close(self) -> None:
        """End the thread."""
        self._landscape.newest = -1
        self._reslicing.stop()
        self._closing.emit()
        self._thread.quit()
        self._thread.wait(2000)

    def _cut_through(self, theta: Array) -> None:
        assert self._axes is not None
        self._axes = replace(self._axes, plane=through(self._axes.plane, theta))
        self._session.ask(UsePlane(self._axes.plane))
        self.draw()

    @Slot(object)
    def _follow_playing(self, playing: bool) -> None:
        if playing and self._axes is not None and self._axes.held:
            self._reslicing.start()
        else:
            self._reslicing.stop()
            self.reslice()

    @Slot(object)
    def _show(self, surface: SurfaceView) -> None:
        if surface.revision == self._session.revision:
            self._surface = surface
            self.changed.emit(surface)
