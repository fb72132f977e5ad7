"""Step, step back, play, pause, reset: from the tool bar and the debugger to the session and back."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, Slot

from gradgui.gui.curves.pane import CurvesPane
from gradgui.gui.data.pane import DataPane
from gradgui.gui.debugger.announcement import announcement
from gradgui.session.reins import Deed
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text
from gradgui.wiring.desk import CURVES_TURN, DATA_TURN, DEBUGGER_TURN, EDGES_TURN, SURFACE_TURN, TURNS, Desk

TRAINING = Text(en="Training. Space pauses.", zh="正在训练。按空格键暂停。")
START = Text(en="Ready. Step (F10) runs the first event.", zh="准备就绪。按步进（F10）执行第一个事件。")
STOPPED = Text(en="Stopped. {reason} F5 goes on, Shift+F8 goes back.", zh="已停下。{reason}按 F5 继续，Shift+F8 往回。")


class Stepping(QObject):
    """Moves through the run."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, session = desk, desk.session
        self._before: Snapshot | None = None
        self._shown_in: set[QObject] = set()
        wires = {
            "step": self._step,
            "step_back": session.step_back,
            "play_pause": self._play_or_pause,
            "pause": session.pause,
            "reset": session.reset,
            "next_iteration": session.next_iteration,
            "previous_iteration": session.previous_iteration,
        }
        for command, slot in wires.items():
            desk.actions.action(command).triggered.connect(slot)
        desk.window.rate_committed.connect(session.set_learning_rate)
        desk.views.debugger.event_chosen.connect(self._go_to_event)
        desk.views.debugger.iteration_chosen.connect(self._go_to_iteration)
        desk.views.curves.moment_chosen.connect(session.go_to_start_of)
        session.playing_changed.connect(desk.actions.show_playing)
        session.shown.connect(self._show)
        session.reins.changed.connect(self._say)
        for pane in (desk.views.data, desk.views.curves):
            pane.installEventFilter(self)

    def eventFilter(self, pane: QObject, event: QEvent) -> bool:
        """A view that was out of sight catches up as soon as it is seen, without waiting for the next step."""
        snapshot = self._desk.session.snapshot
        if event.type() is QEvent.Type.Show and snapshot is not None:
            self._catch_up(pane, snapshot)
        return False

    @Slot(object)
    def _show(self, snapshot: Snapshot) -> None:
        """The newest moment, in every view that can be seen."""
        views = self._desk.views
        frames, at_rest = self._desk.session.frames, not snapshot.running
        if at_rest or not (frames.large_waits and frames.turn(SURFACE_TURN, TURNS)):
            views.network.show_snapshot(snapshot, edges=at_rest or frames.turn(EDGES_TURN, TURNS))
        if at_rest or frames.turn(DEBUGGER_TURN, TURNS):
            views.debugger.show_snapshot(snapshot)
        self._note_movement(snapshot)
        for pane, turn in ((views.data, DATA_TURN), (views.curves, CURVES_TURN)):
            if pane.isVisible() and (at_rest or frames.turn(turn, TURNS)):
                self._catch_up(pane, snapshot)
        views.network_corner.say(views.network.summary())
        self._say()

    @Slot()
    def _say(self) -> None:
        """The status line: what just happened, and what comes next."""
        session, window = self._desk.session, self._desk.window
        snapshot = session.snapshot
        if snapshot is None:
            return
        held = session.reins.why_not(Deed.MOVE)
        stop = snapshot.history.stop if snapshot.history else None
        if snapshot.running:
            window.say(TRAINING)
        elif stop is not None:
            window.say(STOPPED.filled(reason=stop))
        else:
            begun = snapshot.cursor or snapshot.iteration
            window.say(announcement(snapshot, held) if begun else held or START)

    def _catch_up(self, pane: QObject, snapshot: Snapshot) -> None:
        if isinstance(pane, DataPane | CurvesPane) and pane not in self._shown_in:
            pane.show_snapshot(snapshot)
            self._shown_in.add(pane)

    def _note_movement(self, snapshot: Snapshot) -> None:
        """Whoever looks at the whole network looks anew when its parameters, its batch or its run have changed."""
        before, self._before = self._before, snapshot
        same = (
            before is not None
            and not snapshot.running
            and (before.revision, before.iteration, before.sample)
            == (snapshot.revision, snapshot.iteration, snapshot.sample)
            and before.curves.iterations.size == snapshot.curves.iterations.size
            and len(before.curves.ghosts) == len(snapshot.curves.ghosts)
            and np.array_equal(before.theta, snapshot.theta)
        )
        if not same:
            self._shown_in.clear()

    @Slot()
    def _step(self) -> None:
        """One step; while numbers are predicted first, the question comes before it."""
        if self._desk.session.playing or not self._desk.views.debugger.notebook.ask():
            self._desk.session.step()

    @Slot()
    def _play_or_pause(self) -> None:
        session = self._desk.session
        if session.playing:
            session.pause()
        else:
            session.play()

    @Slot(object)
    def _go_to_event(self, cursor: int) -> None:
        session = self._desk.session
        if session.snapshot is not None:
            session.go_to(session.snapshot.iteration, cursor)

    @Slot(object)
    def _go_to_iteration(self, iteration: int) -> None:
        session = self._desk.session
        if session.snapshot is not None:
            session.go_to(iteration, len(session.snapshot.network.events))
