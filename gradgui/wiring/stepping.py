"""Step, step back, play, pause, reset: from the tool bar and the debugger to the session and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.gui.debugger.announcement import announcement
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text
from gradgui.wiring.desk import Desk

TRAINING = Text(en="Training. Space pauses.", zh="正在训练。按空格键暂停。")
START = Text(en="Ready. Step (F10) runs the first event.", zh="准备就绪。按步进（F10）执行第一个事件。")


class Stepping(QObject):
    """Moves through the run."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, session = desk, desk.session
        wires = {
            "step": session.step,
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

    @Slot(object)
    def _show(self, snapshot: Snapshot) -> None:
        """The newest moment, in every view that can be seen."""
        views, window = self._desk.views, self._desk.window
        views.network.show_snapshot(snapshot)
        views.debugger.show_snapshot(snapshot)
        for pane in (views.data, views.curves):
            if pane.isVisible():
                pane.show_snapshot(snapshot)
        views.network_corner.say(views.network.summary())
        if snapshot.running:
            window.say(TRAINING)
        else:
            window.say(announcement(snapshot) if snapshot.cursor or snapshot.iteration else START)

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
