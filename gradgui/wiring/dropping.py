"""An experiment dropped anywhere on the window opens; a lesson is taught, a table of data looked into.

Nothing is taken where Open is hidden: on a machine that stands in the open, or by a file that locks it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent

from gradgui.text import Text
from gradgui.wiring.desk import Desk
from gradgui.wiring.documents import SUFFIX
from gradgui.wiring.leaving import Leaving

LESSON_SUFFIX = ".toml"
TABLE_SUFFIXES = (".csv", ".tsv")
DROP = Text(en="Let go to open {name}.", zh="松开鼠标即可打开 {name}。")


class Dropping(QObject):
    """Listens at the window's own door, before any field inside could take the file for a text."""

    lesson_dropped = Signal(object)
    """The path of a lesson that a teacher dropped."""

    table_dropped = Signal(object)
    """The path of a table of data."""

    def __init__(self, desk: Desk, leaving: Leaving, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._leaving = desk, leaving
        self._door: QObject | None = None
        desk.window.setAcceptDrops(True)
        desk.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the door once the window has one; then take what is ours and leave all else alone."""
        if watched is self._desk.window:
            handle = self._desk.window.windowHandle() if event.type() is QEvent.Type.Show else None
            if handle is not None and handle is not self._door:
                self._door = handle
                handle.installEventFilter(self)
            return False
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._desk.window.say_meanwhile(None)
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent):
            return False
        path = dropped(event.mimeData())
        if path is None or not self._desk.actions.action("open").isVisible():
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            if path.suffix.lower() == LESSON_SUFFIX:
                self.lesson_dropped.emit(path)
            elif path.suffix.lower() in TABLE_SUFFIXES:
                self.table_dropped.emit(path)
            else:
                self._leaving.open_file(path)
        elif event.type() is QEvent.Type.DragEnter:
            self._desk.window.say_meanwhile(DROP.filled(name=path.name))
        return True


_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def dropped(data: QMimeData) -> Path | None:
    """The first experiment, lesson or table among the files that are being dragged."""
    ours = (f".{SUFFIX}", LESSON_SUFFIX, *TABLE_SUFFIXES)
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() in ours), None)
