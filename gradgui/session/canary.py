"""A canary in the mine of graphics drivers: a file left behind only if the first 3-D picture ends the program."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

NAME = "opengl-tried"
TRYING, TOLD = "trying", "told"


class Canary:
    """One small file in the settings folder; where it cannot be written, nothing is remembered."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME

    @property
    def is_left(self) -> bool:
        """Whether an earlier start died while it drew its first 3-D picture."""
        return self._file.exists()

    def is_news(self) -> bool:
        """Whether the user has not been told yet; says so only once."""
        if not self.is_left:
            return False
        with suppress(OSError):
            told = self._file.read_text(encoding="utf-8") == TOLD
            self._file.write_text(TOLD, encoding="utf-8")
            return not told
        return True

    def begin(self) -> None:
        """The first 3-D picture is about to be drawn."""
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(TRYING, encoding="utf-8")

    def end(self) -> None:
        """It is on the screen."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
