"""What the program remembers between two starts."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QLocale, QSettings, QStandardPaths

from gradgui.text import Language

LANGUAGE, DARK = "look/language", "look/dark"
CONTRAST, LESS_MOTION, ZOOM, SOUND = "look/contrast", "look/less_motion", "look/zoom", "look/sound"
ZOOMS = (0.8, 2.0)
"""The least and the largest size of text and lines."""
MEMORY = "run/memory_mb"
MARKS = "surface/marks"
DATA_FILES, MOST_DATA_FILES = "files/data", 50
RECENT, FOLDER = "files/recent", "files/folder"
GEOMETRY, SPLITTERS = "window/geometry", "window/splitters"
MEMORY_MB = (16, 8192)
"""The least and the most megabytes for the past of a run."""


class Settings:
    """One ini file; a folder of its own for tests and kiosks."""

    def __init__(self, folder: Path | None = None) -> None:
        where = QStandardPaths.StandardLocation
        place = folder or _standard(where.AppConfigLocation)
        self._store = QSettings(str(place / "gradgui.ini"), QSettings.Format.IniFormat)
        self.recovery_folder = (folder or _standard(where.AppLocalDataLocation)) / "recovery"
        """Where unsaved work waits in case the program ends too soon."""

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
    def contrast(self) -> bool:
        """Whether colours of high contrast were chosen."""
        return str(self._store.value(CONTRAST)) == "true"

    @contrast.setter
    def contrast(self, contrast: bool) -> None:
        self._store.setValue(CONTRAST, "true" if contrast else "false")

    @property
    def less_motion(self) -> bool:
        """Whether nothing is to glide or turn by itself."""
        return str(self._store.value(LESS_MOTION)) == "true"

    @less_motion.setter
    def less_motion(self, less: bool) -> None:
        self._store.setValue(LESS_MOTION, "true" if less else "false")

    @property
    def sound(self) -> bool:
        """Whether the loss is to be heard."""
        return str(self._store.value(SOUND)) == "true"

    @sound.setter
    def sound(self, heard: bool) -> None:
        self._store.setValue(SOUND, "true" if heard else "false")

    @property
    def zoom(self) -> float:
        """The size of text and lines on the desk, 1.0 as usual."""
        try:
            zoom = float(str(self._store.value(ZOOM, 1.0)))
        except ValueError:
            return 1.0
        return zoom if ZOOMS[0] <= zoom <= ZOOMS[1] else 1.0

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self._store.setValue(ZOOM, zoom)

    @property
    def memory_mb(self) -> int:
        """How many megabytes the past of a run may take."""
        value = str(self._store.value(MEMORY, 256))
        return min(max(int(value), MEMORY_MB[0]), MEMORY_MB[1]) if value.isdecimal() else 256

    @memory_mb.setter
    def memory_mb(self, megabytes: int) -> None:
        self._store.setValue(MEMORY, megabytes)

    @property
    def recent(self) -> str:
        """The files opened last, as JSON; what it means is up to RecentFiles."""
        return str(self._store.value(RECENT, "[]"))

    @recent.setter
    def recent(self, names: str) -> None:
        self._store.setValue(RECENT, names)

    @property
    def data_files(self) -> tuple[str, ...]:
        """Data files that were picked by hand and may lie anywhere; the newest first."""
        try:
            return msgspec.json.decode(str(self._store.value(DATA_FILES, "[]")), type=tuple[str, ...])
        except msgspec.DecodeError:
            return ()

    @data_files.setter
    def data_files(self, names: tuple[str, ...]) -> None:
        self._store.setValue(DATA_FILES, msgspec.json.encode(names[:MOST_DATA_FILES]).decode())

    @property
    def documents_folder(self) -> Path:
        """Where file dialogs begin: the folder used last, else the user's documents."""
        last = Path(str(self._store.value(FOLDER, "")))
        return last if last.is_absolute() and last.is_dir() else _standard(_DOCUMENTS)

    @documents_folder.setter
    def documents_folder(self, folder: Path) -> None:
        self._store.setValue(FOLDER, str(folder))

    @property
    def geometry(self) -> bytes:
        """Size and place of the window when it was closed; empty at the first start."""
        value = self._store.value(GEOMETRY)
        return bytes(value.data()) if isinstance(value, QByteArray) else b""

    @geometry.setter
    def geometry(self, geometry: bytes) -> None:
        self._store.setValue(GEOMETRY, QByteArray(geometry))

    @property
    def splitters(self) -> dict[str, list[int]]:
        """The sizes of the parts of each splitter, by its name."""
        try:
            return msgspec.json.decode(str(self._store.value(SPLITTERS, "{}")), type=dict[str, list[int]])
        except msgspec.DecodeError:
            return {}

    @splitters.setter
    def splitters(self, sizes: dict[str, list[int]]) -> None:
        self._store.setValue(SPLITTERS, msgspec.json.encode(sizes).decode())

    @property
    def marks(self) -> dict[str, list[str]]:
        """What is drawn on the loss surface, by what it belongs to; empty: as usual."""
        try:
            return msgspec.json.decode(str(self._store.value(MARKS, "{}")), type=dict[str, list[str]])
        except msgspec.DecodeError:
            return {}

    @marks.setter
    def marks(self, marks: dict[str, list[str]]) -> None:
        self._store.setValue(MARKS, msgspec.json.encode(marks).decode())

    def save(self) -> None:
        """Write the file now."""
        self._store.sync()


_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


def _standard(place: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(place))
