"""The list of all commands, and the keys that show one pane alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from PySide6.QtCore import QObject, Slot

from gradgui.gui.command_finder import CommandFinder, Errand
from gradgui.session.examples import examples
from gradgui.text import Text
from gradgui.wiring.desk import Desk

IN_THE_LANDSCAPE = Text(en="Loss surface: {what}", zh="损失曲面：{what}")
LANDSCAPE = "surface:"
"""Before the name of an errand there; examples have none."""
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
        finder.errand_chosen.connect(self._go)
        return finder

    @Slot()
    def _open(self) -> None:
        if self.finder.isVisible():
            self.finder.close_finder()
        else:
            self.finder.set_errands((*self._in_the_landscape(), *_examples()))
            self.finder.open()

    def _in_the_landscape(self) -> Iterator[Errand]:
        for name, what in self._desk.views.surface.controls.errands():
            yield Errand(LANDSCAPE + name, IN_THE_LANDSCAPE.filled(what=what), "surface")

    @Slot(object)
    def _go(self, errand: str) -> None:
        """Something on the landscape, which comes into sight, or an example."""
        if not errand.startswith(LANDSCAPE):
            self._desk.window.example_chosen.emit(errand)
            return
        window = self._desk.window
        if window.focused_pane not in ("", "surface"):
            window.focus_pane("surface")
        window.bring_forward("surface")
        self._desk.views.surface.controls.carry_out(errand.removeprefix(LANDSCAPE))


def _examples() -> Iterator[Errand]:
    for name, title in examples():
        yield Errand(name, OPEN_EXAMPLE.filled(title=title), "open")
