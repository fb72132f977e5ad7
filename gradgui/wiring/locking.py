"""Commands that a teacher takes out of the window before the class begins."""

from __future__ import annotations

from collections.abc import Iterable

from gradgui.errors import UserError
from gradgui.gui.actions import Actions
from gradgui.text import Text

KIOSK = ("new", "open", "recent", "save", "save_as", "quit", "class_votes")
"""What a machine that stands in the open does not offer."""
UNKNOWN = Text(
    en="--lock: expected names of commands such as play_pause, reset, open; got {name}.",
    zh="--lock：应为命令名，如 play_pause、reset、open；实际为 {name}。",
)


def lock(actions: Actions, names: Iterable[str]) -> None:
    """Hide these commands and take their keys away; raises UserError for one that does not exist."""
    wanted = list(names)
    for name in wanted:
        if name not in actions.ids():
            raise UserError(UNKNOWN, name=name)
    for name in wanted:
        action = actions.action(name)
        action.setShortcuts([])
        action.setVisible(False)
        action.setEnabled(False)
