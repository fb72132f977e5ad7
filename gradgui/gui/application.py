"""The one application object: it also hears of files that the desktop hands over while the program runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from gradgui import resources

IDENTIFIER = "org.gradgui.gradgui"
"""As in packaging/: the desktop finds the window's icon and name by it."""


class Application(QApplication):
    """Qt's, with our name and icon."""

    file_arrived = Signal(object)
    """The path of a file to open: macOS sends it on a double click."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.setApplicationName("gradgui")
        self.setDesktopFileName(IDENTIFIER)
        self.setWindowIcon(QIcon(str(resources.path("program", "gradgui.svg"))))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_arrived.emit(Path(event.file()))
            return True
        return super().event(event)
