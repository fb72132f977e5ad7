"""Commands that a teacher takes out of the window before the class begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QKeySequence

from gradgui.errors import UserError
from gradgui.gui.actions import COMMANDS, Actions
from gradgui.text import Text

KIOSK = (
    "new",
    "open",
    "save",
    "save_as",
    "quit",
    "class_votes",
    "share",
    "handout",
    "hand_in",
    "class_progress",
)
"""What a machine that stands in the open does not offer."""
UNKNOWN = Text(
    en="--lock: expected names of commands such as play_pause, reset, open; got {name}.",
    zh="--lock：应为命令名，如 play_pause、reset、open；实际为 {name}。",
)


def known(names: Iterable[str]) -> tuple[str, ...]:
    """The same names; raises UserError for one that is no command. Asked before there is a window to close again."""
    wanted = tuple(names)
    there = {command.id for command in COMMANDS}
    for name in wanted:
        if name not in there:
            raise UserError(UNKNOWN, name=name)
    return wanted


def hide(actions: Actions, names: Iterable[str]) -> Callable[[], None]:
    """Take these commands out of the window; what is returned brings back those that were there."""
    hidden: list[tuple[QAction, list[QKeySequence], bool]] = []
    for name in dict.fromkeys(names):
        action = actions.action(name)
        if action.isVisible():
            hidden.append((action, action.shortcuts(), action.isEnabled()))
            action.setShortcuts([])
            action.setVisible(False)
            action.setEnabled(False)

    def show_again() -> None:
        for action, keys, enabled in hidden:
            action.setShortcuts(keys)
            action.setVisible(True)
            action.setEnabled(enabled)

    return show_again
