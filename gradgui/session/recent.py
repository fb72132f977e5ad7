"""The files opened or saved last, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from gradgui.session.settings import Settings

MOST = 10


@dataclass(frozen=True, slots=True)
class RecentFile:
    """One of them; it may have been moved or deleted since."""

    path: Path
    exists: bool


class RecentFiles:
    """Remembered between two starts."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def files(self) -> tuple[RecentFile, ...]:
        """At most ten, newest first, each with a look at whether it is still there."""
        return tuple(RecentFile(path, _is_file(path)) for path in self._paths())

    def add(self, path: Path) -> None:
        """This file was opened or saved just now."""
        newest = path.absolute()
        self._keep([newest, *(other for other in self._paths() if other != newest)])

    def clear(self) -> None:
        """Forget all of them."""
        self._keep([])

    def _paths(self) -> list[Path]:
        try:
            names = msgspec.json.decode(self._settings.recent, type=list[str])
        except msgspec.DecodeError:
            return []
        return [Path(name) for name in names if name][:MOST]

    def _keep(self, paths: list[Path]) -> None:
        self._settings.recent = msgspec.json.encode([str(path) for path in paths[:MOST]]).decode()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
