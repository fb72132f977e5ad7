"""The loss surface and its ball: from the session to the pane and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.session.alike import alike
from gradgui.session.axes_view import AxesView
from gradgui.session.snapshot import BallView, Snapshot, SurfaceView
from gradgui.text import Text
from gradgui.wiring.desk import SURFACE_TURN, TURNS, Desk

MOMENT = Text(en="Step {step} of this run. Click to go there.", zh="本次训练的第 {step} 步。点击即可回到那里。")


class SceneryWires(QObject):
    """Shows the surface and where the run stands on it; puts the ball where the user wants it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._pane = desk, desk.views.surface
        self._labels: tuple[str, str] | None = None
        self._ball: BallView | None = None
        self._waiting: SurfaceView | None = None
        self._connect_session(desk)
        self._connect_pane(desk)

    def _connect_session(self, desk: Desk) -> None:
        pane, scenery, race = self._pane, desk.session.scenery, desk.session.race
        scenery.changed.connect(self._show_surface)
        scenery.axes_changed.connect(self._show_axes)
        scenery.refused.connect(pane.axes_panel.refuse)
        desk.session.shown.connect(self._show)
        desk.session.document_changed.connect(race.cancel)
        desk.session.opened.connect(self._put_race_away)
        race.changed.connect(pane.show_race)

    def _connect_pane(self, desk: Desk) -> None:
        pane, session, card = self._pane, desk.session, self._pane.axes_panel
        scenery = session.scenery
        pane.badge_changed.connect(desk.views.surface_corner.say)
        pane.point_chosen.connect(self._place)
        pane.placing_ended.connect(session.end_gesture)
        pane.moment_chosen.connect(session.go_to_start_of)
        pane.moment_hovered.connect(self._say_moment)
        pane.moment_hovered.connect(desk.views.debugger.head.scrubber.point_at)
        desk.views.debugger.head.scrubber.updates_pointed.connect(pane.highlight)
        pane.ranges_chosen.connect(scenery.set_ranges)
        pane.reslice_wanted.connect(scenery.reslice)
        pane.fit_wanted.connect(scenery.fit_to_path)
        pane.test_wanted.connect(scenery.show_test)
        pane.race_panel.race_asked.connect(session.race.start)
        pane.race_panel.closed.connect(session.race.cancel)
        pane.exporter.said.connect(desk.window.notices.tell)
        pane.exporter.refused.connect(desk.window.notices.show_error)
        desk.actions.action("save_as").changed.connect(self._offer_export)
        card.choice_made.connect(scenery.choose)
        card.ranges_typed.connect(scenery.set_ranges)
        card.automatic_set.connect(scenery.set_automatic)
        card.picking_asked.connect(scenery.pick_edges)
        desk.views.network.edge_clicked.connect(self._offer)
        pane.showing.use(desk.settings.marks)
        pane.showing.changed.connect(self._keep_marks)

    @Slot(object)
    def _show(self, snapshot: Snapshot) -> None:
        """Only where the ball looks otherwise than before: drawing three dimensions is what takes the longest."""
        if snapshot.running and not self._desk.session.frames.turn(SURFACE_TURN, TURNS):
            return
        before, self._ball = self._ball, snapshot.ball
        if self._waiting is not None:
            waiting, self._waiting, self._desk.session.frames.large_waits = self._waiting, None, False
            self._pane.show_surface(waiting, snapshot.ball)
            before = snapshot.ball
        if before is None or snapshot.ball is None or not alike(before, snapshot.ball):
            self._pane.show_ball(snapshot.ball)

    @Slot(object)
    def _show_surface(self, surface: SurfaceView | None) -> None:
        """At once; in a hurry in the next picture, so that training is not held up twice."""
        frames = self._desk.session.frames
        self._waiting = surface if frames.busy else None
        frames.large_waits = self._waiting is not None
        if self._waiting is None:
            self._pane.show_surface(surface)
            self._pane.offer_test(self._desk.session.scenery.has_test)

    @Slot(object)
    def _show_axes(self, axes: AxesView | None) -> None:
        """A race belongs to the directions in which it was run."""
        self._pane.show_axes(axes)
        labels = None if axes is None else axes.labels
        if labels != self._labels:
            self._labels = labels
            self._desk.session.race.cancel()

    @Slot(object)
    def _put_race_away(self, _notes: object) -> None:
        """Another experiment is open: its numbers come first."""
        self._pane.open_race(False)

    @Slot()
    def _offer_export(self) -> None:
        """Pictures are saved where experiments may be."""
        self._pane.exporter.offer(self._desk.actions.action("save_as").isVisible())

    @Slot(object)
    def _place(self, place: tuple[float, float]) -> None:
        self._desk.session.scenery.place(*place)

    @Slot(object)
    def _offer(self, edge: tuple[int, int, int]) -> None:
        self._desk.session.scenery.offer_edge(*edge)

    @Slot()
    def _keep_marks(self) -> None:
        self._desk.settings.marks = self._pane.showing.remembered

    @Slot(object)
    def _say_moment(self, step: int | None) -> None:
        if step is not None:
            self._desk.window.say(MOMENT, step=step)
