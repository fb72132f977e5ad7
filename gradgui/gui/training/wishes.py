"""An edit of the settings that somebody asks for, ready to be tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gradgui.document.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Wish:
    """An edit with its arguments; wishes in a row with the same key are one step of undo."""

    edit: Callable[..., Experiment]
    args: tuple[object, ...] = ()
    options: dict[str, object] = field(default_factory=dict)
    key: object = None
