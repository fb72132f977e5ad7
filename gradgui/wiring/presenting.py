"""In front of a class: one pane at a time, the part that matters lit, and every command on a key that a remote has."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from gradgui.lessons.lesson import Highlight
from gradgui.session.lesson_run import LessonRun
from gradgui.session.lesson_state import LessonState
from gradgui.wiring.desk import Desk
from gradgui.wiring.remote import Remote

LENT = {
    "class_on": "PgDown", "class_back": "PgUp", "show_network": "F2", "show_surface": "F3", "show_debugger": "F4",
    "show_data": "F7", "show_curves": "Shift+F7", "poll": "F12", "spotlight": "Shift+F12",
}  # fmt: skip
"""Keys that these commands have while presenting, whoever has them on the desk."""


class Presenting(QObject):
    """Begins and ends with the command `presenter`; gives everything back as it was."""

    def __init__(self, desk: Desk, run: LessonRun, remote: Remote, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._run, self._remote = desk, run, remote
        self._on = False
        self._ours = self._before = ""
        self._keys: dict[str, list[QKeySequence]] = {}
        action = desk.actions.action
        action("presenter").toggled.connect(self._present)
        action("spotlight").toggled.connect(desk.views.network.use_spotlight)
        desk.window.addAction(action("spotlight"))
        run.step_begun.connect(self._turn_to)
        remote.changed.connect(self._say_key)

    @Slot(bool)
    def _present(self, on: bool) -> None:
        if on == self._on:
            return
        self._on = on
        window, actions = self._desk.window, self._desk.actions
        actions.action("spotlight").setChecked(on)
        if on:
            self._lend_keys()
            self._before = window.focused_pane
            self._show(self._wanted())
        else:
            for name, keys in self._keys.items():
                actions.action(name).setShortcuts(keys)
            self._show(self._before)
        actions.retranslate()
        self._say_key()

    def _lend_keys(self) -> None:
        """A lent key goes first in its command's list, so that it is the one people are told."""
        actions = self._desk.actions
        self._keys = {name: actions.action(name).shortcuts() for name in actions.ids()}
        lent = {name: QKeySequence(keys) for name, keys in LENT.items()}
        for name, keys in self._keys.items():
            left = [each for each in keys if each not in lent.values()]
            wanted = [lent[name], *left] if name in lent and keys else left
            if wanted != keys:
                actions.action(name).setShortcuts(wanted)

    @Slot(object)
    def _turn_to(self, state: LessonState) -> None:
        """The pane that a step is about, unless somebody has chosen another."""
        if self._on and self._desk.window.focused_pane == self._ours:
            self._show(pane_of(state.step.highlight))

    def _wanted(self) -> str:
        state = self._run.state
        return "network" if state is None else pane_of(state.step.highlight)

    def _show(self, name: str) -> None:
        window = self._desk.window
        self._ours = name
        if window.focused_pane != name:
            window.focus_pane(name)

    @Slot()
    def _say_key(self) -> None:
        self._desk.window.say_key(self._remote.next if self._on else None)


def pane_of(highlight: Highlight) -> str:
    """The one pane that shows most of what a step points at."""
    if highlight.network:
        return "network"
    if highlight.surface and "hidden" not in highlight.surface:
        return "surface"
    return "debugger" if highlight.debugger else "network"
