"""The list of all commands, and the keys that show one pane alone."""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtCore import QObject, Slot

from gradgui.gui.command_finder import CommandFinder, Errand
from gradgui.session.examples import examples
from gradgui.text import Text
from gradgui.wiring.desk import Desk

OPEN_EXAMPLE = Text(en="Open example: {title}", zh="打开示例：{title}")
PANES = ("network", "surface", "debugger", "data", "curves")
KEYS = ("commands", "contrast", "motion", "zoom_in", "zoom_out", "zoom_reset")


class Finding(QObject):
    """Opens the list, and does what is chosen in it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, window, actions = desk, desk.window, desk.actions
        actions.action("commands").triggered.connect(self._open)
        for pane in PANES:
            actions.action(f"show_{pane}").triggered.connect(partial(window.focus_pane, pane))
        window.addActions([actions.action(name) for name in (*KEYS, *(f"show_{pane}" for pane in PANES))])

    @cached_property
    def finder(self) -> CommandFinder:
        """The list; made when it is first asked for."""
        desk = self._desk
        finder = CommandFinder(desk.speech, desk.theme, desk.icons, desk.actions, desk.window)
        finder.set_errands(Errand(name, OPEN_EXAMPLE.filled(title=title), "open") for name, title in examples())
        finder.errand_chosen.connect(desk.window.example_chosen)
        return finder

    @Slot()
    def _open(self) -> None:
        if self.finder.isVisible():
            self.finder.close_finder()
        else:
            self.finder.open()
