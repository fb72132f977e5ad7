"""What the program remembers between two starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QStandardPaths

from gradgui.text import Language

LANGUAGE, DARK = "look/language", "look/dark"
MEMORY = "run/memory_mb"
MEMORY_MB = (16, 8192)
"""The least and the most megabytes for the past of a run."""


class Settings:
    """One ini file; a folder of its own for tests and kiosks."""

    def __init__(self, folder: Path | None = None) -> None:
        place = folder or Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
        self._store = QSettings(str(place / "gradgui.ini"), QSettings.Format.IniFormat)

    @property
    def folder(self) -> Path:
        """Where the file lies."""
        return Path(self._store.fileName()).parent

    @property
    def language(self) -> Language:
        """The language last chosen; at the first start that of the system."""
        system = "zh" if QLocale.system().language() is QLocale.Language.Chinese else "en"
        name = str(self._store.value(LANGUAGE, system))
        return Language.CHINESE if name == Language.CHINESE.value else Language.ENGLISH

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue(LANGUAGE, language.value)

    @property
    def dark(self) -> bool | None:
        """Dark or light as last chosen; None to follow the system."""
        value = self._store.value(DARK)
        return None if value is None else str(value) == "true"

    @dark.setter
    def dark(self, dark: bool) -> None:
        self._store.setValue(DARK, "true" if dark else "false")

    @property
    def memory_mb(self) -> int:
        """How many megabytes the past of a run may take."""
        value = str(self._store.value(MEMORY, 256))
        return min(max(int(value), MEMORY_MB[0]), MEMORY_MB[1]) if value.isdecimal() else 256

    @memory_mb.setter
    def memory_mb(self, megabytes: int) -> None:
        self._store.setValue(MEMORY, megabytes)

    def save(self) -> None:
        """Write the file now."""
        self._store.sync()
