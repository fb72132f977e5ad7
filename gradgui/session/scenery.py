"""The loss surface as the window sees it: which axes, which slice, and when to cut it anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from gradgui.document.compile import Compiled
from gradgui.engine.planes import Plane
from gradgui.session.axes import Axes, ParameterName, around, first_axes, offered
from gradgui.session.axes_view import AxesChoice, AxesKind, AxesView, LayerChoices, Ranges, Span
from gradgui.session.landscape import FINE, QUICK, Landscape, SurfaceRequest
from gradgui.session.requests import UsePlane
from gradgui.session.snapshot import Array, BallView, Snapshot, SurfaceView
from gradgui.session.survey import Found, Mailbox, Survey
from gradgui.session.threads import started

if TYPE_CHECKING:
    from gradgui.session.session import Session

RESLICE_MS, HURRIED_RESLICE_MS = 2000, 3000
"""While training, the slice is cut anew this often; less often where training comes first."""
GROWTH_MS = 350
"""A range grows at most this often."""
CALM_MS = 160
"""While somebody steps or jumps quickly, the slice waits until they pause."""
FARTHEST = 20.0
"""A ball farther away, in widths of the picture, is not followed."""
NARROWEST = 1e-9
"""A range is at least this wide."""
BEYOND = 1e12
"""A run that blows up leaves every landscape behind: with larger parameters there is nothing to be seen."""


class Scenery(QObject):
    """Asks the surface's thread for pictures and passes on what it draws; lives in the window's thread."""

    changed = Signal(object)
    """A SurfaceView, or None where there is nothing to draw."""
    axes_changed = Signal(object)
    """An AxesView, or None where there is nothing to choose."""
    painted = Signal()
    """The newest picture is on the screen."""
    refused = Signal(object)
    """A UserError: why the axes asked for cannot be had."""

    _asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._axes: Axes | None = None
        self._test = False
        self._layers: tuple[LayerChoices, ...] = ()
        self._shape: object = None
        self._surface: SurfaceView | None = None
        self._automatic, self._picked, self._picking = True, list[str](), False
        self._drawn_at = 0
        self._request: SurfaceRequest | None = None
        self._same_since = 0
        """The first of the requests since which the same heights have been asked for."""
        self._hushed = False
        self._since_growth = QElapsedTimer()
        self._since_growth.start()
        self._surveys = 0
        self._mailbox = Mailbox(self)
        self._mailbox.found.connect(self._take_found, Qt.ConnectionType.QueuedConnection)
        self._mailbox.refused.connect(self.refused, Qt.ConnectionType.QueuedConnection)
        self._landscape = Landscape()
        self._thread = started(self._landscape, "surface", self, last=self._landscape.finish)
        self._asked.connect(self._landscape.draw, Qt.ConnectionType.QueuedConnection)
        self._landscape.drawn.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._reslicing = QTimer(self)
        self._reslicing.timeout.connect(self.reslice)
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self._redraw)
        self._painted = QTimer(self, interval=0, singleShot=True)
        """Fires when the event queue has run dry: everything is painted."""
        self._painted.timeout.connect(self._landscape.painted.set)
        self._painted.timeout.connect(self.painted)
        session.playing_changed.connect(self._follow_playing)
        session.shown.connect(self._follow_run)

    # --- what there is

    @property
    def surface(self) -> SurfaceView | None:
        """The picture that the views show."""
        return self._surface

    @property
    def plane(self) -> Plane | None:
        """The plane through parameter space that is drawn."""
        return None if self._axes is None else self._axes.plane

    @property
    def axes(self) -> Axes | None:
        """The directions in force."""
        return self._axes

    @property
    def view(self) -> AxesView | None:
        """The choice in force and what else there is."""
        axes = self._axes
        if axes is None:
            return None
        labels = axes.x.label, axes.y.label
        return AxesView(
            axes.choice, labels, axes.ranges, self._layers, axes.explained, self._automatic, self._picking,
            axes.is_valley, sum(len(layer.parameters) for layer in self._layers) <= 2,
        )  # fmt: skip

    # --- what can be asked

    def choose(self, choice: AxesChoice) -> None:
        """Show other directions, through the parameters of now."""
        self._picking = False
        self._surveys += 1
        self._session.ask(Survey(choice, self._surveys, self._mailbox))

    def choose_parameters(self, first: str, second: str | None = None, ranges: Ranges | None = None) -> None:
        """Two parameters by their full names, such as L1.W[0,0] and L2.b[0]; or one, for a valley."""
        self.choose(AxesChoice(AxesKind.PARAMETERS, first, second, ranges=ranges))

    def choose_random(self, seed: int) -> None:
        """Two random directions in which every unit counts as much as its own weights."""
        self.choose(AxesChoice(AxesKind.RANDOM, seed=seed))

    def choose_run(self) -> None:
        """The two directions in which this run moved most."""
        self.choose(AxesChoice(AxesKind.PCA))

    def choose_gradient(self, seed: int) -> None:
        """The gradient now, and a random direction at right angles to it."""
        self.choose(AxesChoice(AxesKind.GRADIENT, seed=seed))

    def pick_edges(self, on: bool) -> None:
        """The next two edges that are offered become the axes; or not after all."""
        self._picking, self._picked = on, []
        self._tell_axes()

    def offer_edge(self, layer: int, unit: int, source: int | None) -> None:
        """An edge was clicked in the network (a bias has no source); it counts only while two are being picked."""
        if not self._picking:
            return
        name = ParameterName(layer, unit, source).full
        if name not in self._picked:
            self._picked.append(name)
        if len(self._picked) == 2:
            self.choose_parameters(self._picked[0], self._picked[1])

    def set_ranges(self, ranges: Ranges | None) -> None:
        """Draw another part of the plane; None for the part that was drawn first."""
        if self._axes is None:
            return
        if ranges is None:
            self.choose(replace(self._axes.choice, ranges=None))
            return
        x, y = (_ordered(span) for span in ranges)
        self._axes = self._axes.within((x, self._axes.ranges[1] if self._axes.is_valley else y))
        self._tell_axes()
        self.draw()

    def fit_to_path(self) -> None:
        """Draw the part of the plane that the run went through."""
        ball = self._ball()
        if ball is None or self._axes is None:
            return
        points = np.vstack([ball.path[:, :2], [[ball.x, ball.y]]])
        least = float(np.ptp(np.array(self._axes.ranges), axis=1).max()) / 20
        self.set_ranges(around(points.min(axis=0), points.max(axis=0), least * 10))

    def set_automatic(self, on: bool) -> None:
        """Cut the slice anew by itself, or only when asked."""
        self._automatic = on
        self._tell_axes()
        if on:
            self.reslice()
        self._follow_playing(self._session.playing)

    @Slot()
    def reslice(self) -> None:
        """Cut the slice through where the run is now."""
        snapshot = self._fitting_snapshot()
        if snapshot is None or self._axes is None or not self._axes.held:
            return
        if np.abs(snapshot.theta).max(initial=0.0) < BEYOND:
            self._cut_through(snapshot.theta)

    @property
    def has_test(self) -> bool:
        """Whether there is a test set whose loss can be drawn."""
        return self._session.compiled is not None and self._session.compiled.test is not None

    def show_test(self, test: bool) -> None:
        """Draw the loss of the test set, which training never sees, or that of the training set again."""
        if test != self._test:
            self._test = test
            if self.has_test:
                self.draw()

    def place(self, x: float, y: float) -> None:
        """Put the ball there: its parameters move along the axes, the others stay as they are now."""
        ball, snapshot = self._ball(), self._fitting_snapshot()
        if ball is not None and snapshot is not None and self._axes is not None:
            plane = self._axes.plane
            theta = snapshot.theta + (x - ball.x) * plane.u + (y - ball.y) * plane.v
            self._session.place_parameters(theta, "ball")

    # --- from the session

    def begin(self, compiled: Compiled) -> None:
        """Another experiment: choose its axes; the same network again keeps those in force."""
        shape = tuple(place.matrix for place in compiled.network.places), compiled.experiment.title
        keep = self._axes if shape == self._shape else None
        self._shape, self._surface, self._test = shape, None, False
        self._layers = offered(compiled)
        self._axes = first_axes(compiled)
        if keep is not None and self._axes is not None and keep.is_valley == self._axes.is_valley:
            self._axes = keep.through(compiled.network.theta.astype(np.float64))
        self._picking = False
        self._tell_axes()

    def follow(self, compiled: Compiled) -> None:
        """The same network under another experiment: the directions stay, the heights may be others."""
        self._layers = offered(compiled)
        self._tell_axes()
        self.draw()

    def draw(self) -> None:
        """Ask for a picture, coarse first."""
        self._supersede()
        self._calm.stop()
        self._hushed = False
        compiled = self._session.compiled
        if self._axes is None or compiled is None:
            self.changed.emit(None)
            return
        snapshot = self._session.snapshot
        current = snapshot is not None and snapshot.revision == self._session.revision
        self._drawn_at = _moment(snapshot) if snapshot is not None and current else 0
        playing = self._session.playing
        request = SurfaceRequest(
            self._landscape.newest, compiled, self._axes, self._session.revision, self._drawn_at,
            QUICK if playing else FINE, not playing, self._test,
        )  # fmt: skip
        self._asked.emit(replace(request, shown=self._fineness(request)))

    def _fineness(self, request: SurfaceRequest) -> int:
        """Points along x of the picture on show, if it is one of what is asked for now."""
        before, self._request = self._request, request
        if before is None or not request.shows_the_same(before):
            self._same_since = request.number
        surface = self._surface
        is_one = surface is not None and surface.number >= self._same_since and surface.samples is None
        return len(surface.xs) if surface is not None and is_one else 0

    def hush(self) -> None:
        """The run is about to move: a slice that is still being drawn leaves it the cores, and is drawn afterwards."""
        self._calm.stop()
        if self._axes is not None and self._axes.held and not self._is_finished():
            self._supersede()
            self._hushed = True

    def close(self) -> None:
        """End the thread."""
        self._landscape.newest = -1
        self._landscape.painted.set()
        self._reslicing.stop()
        self._calm.stop()
        self._painted.stop()
        self._thread.end()

    # --- inside

    def _supersede(self) -> None:
        """Whatever is still being drawn is not wanted any more."""
        self._landscape.newest += 1
        self._landscape.painted.set()

    def _is_finished(self) -> bool:
        return self._surface is not None and self._surface.final and self._surface.number == self._landscape.newest

    @Slot()
    def _redraw(self) -> None:
        """Through where the run is now, if that is wanted; else the same slice again."""
        if self._automatic:
            self.reslice()
        else:
            self.draw()

    def _fitting_snapshot(self) -> Snapshot | None:
        """What is shown now; None while the first picture of another network is still on its way."""
        snapshot = self._session.snapshot
        fits = snapshot is not None and self._axes is not None and snapshot.theta.shape == self._axes.plane.u.shape
        return snapshot if fits else None

    def _ball(self) -> BallView | None:
        return None if self._session.snapshot is None else self._session.snapshot.ball

    def _tell_axes(self) -> None:
        self.axes_changed.emit(self.view)

    def _cut_through(self, theta: Array) -> None:
        assert self._axes is not None
        before, self._axes = self._axes.plane, self._axes.through(theta)
        if not self._axes.plane.same_as(before):
            self._session.ask(UsePlane(self._axes.plane))
        self.draw()

    @Slot(object)
    def _take_found(self, found: Found) -> None:
        if found.number == self._surveys and found.revision == self._session.revision:
            self._axes = found.axes
            self._tell_axes()
            self.draw()

    @Slot(object)
    def _follow_playing(self, playing: bool) -> None:
        if playing and self._automatic and self._axes is not None and self._axes.held:
            self._reslicing.start(HURRIED_RESLICE_MS if self._session.frames.busy else RESLICE_MS)
            return
        self._reslicing.stop()
        if not playing and self._automatic:
            self.reslice()

    @Slot(object)
    def _follow_run(self, snapshot: Snapshot) -> None:
        """While stepping: the ball may hang away from its slice until the step is over, then the next slice is cut."""
        if snapshot.ball is None or not (self._automatic or self._hushed):
            return
        if self._automatic:
            self._keep_in_picture(snapshot.ball)
        if self._session.playing:
            return
        is_old = self._drawn_at not in (snapshot.iteration, _moment(snapshot)) and snapshot.ball.off_plane > 0
        if is_old or self._hushed:
            self._calm.start()

    def _keep_in_picture(self, ball: BallView) -> None:
        """A range that nobody typed grows when the ball rolls out of it, but not after one that explodes."""
        axes = self._axes
        if axes is None or axes.choice.ranges is not None or self._since_growth.elapsed() < GROWTH_MS:
            return
        spans = [_reaching(span, at) for span, at in zip(axes.ranges, (ball.x, ball.y), strict=True)]
        if axes.is_valley:
            spans[1] = axes.ranges[1]
        if None not in spans and (spans[0], spans[1]) != axes.ranges:
            self._since_growth.restart()
            grown = axes.within((spans[0] or axes.ranges[0], spans[1] or axes.ranges[1]))
            self._axes = replace(grown, choice=axes.choice)
            self._tell_axes()
            self.draw()

    @Slot(object)
    def _show(self, surface: SurfaceView) -> None:
        """The newest of this network only: where the window is slower than the landscape, it leaves pictures out.

        One that is late for a step waits too: the slice is drawn anew once the step is seen.
        """
        late = self._hushed and surface.number != self._landscape.newest
        if late or surface is not self._landscape.latest or surface.revision != self._session.revision:
            return
        self._painted.start()
        if self._landscape.newest > 0 and self._axes is not None and surface.axes == (self._axes.x, self._axes.y):
            self._surface = surface
            self.changed.emit(surface)


def _moment(snapshot: Snapshot) -> int:
    """How many updates have been made."""
    return snapshot.iteration + (snapshot.cursor == len(snapshot.network.events))


def _reaching(span: Span, at: float) -> Span | None:
    """The span, or a larger one that takes in `at`; None where that is out of all proportion."""
    low, high = span
    if low <= at <= high:
        return span
    away = max(low - at, at - high)
    if not away < FARTHEST * (high - low):
        return None
    room = 0.25 * (high - low + away)
    return (at - room, high) if at < low else (low, at + room)


def _ordered(span: tuple[float, float]) -> tuple[float, float]:
    low, high = min(span), max(span)
    return low, max(high, low + NARROWEST)
