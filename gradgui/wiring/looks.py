"""Language, colours and size of everything, switched live."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator, Slot
from PySide6.QtWidgets import QApplication

from gradgui.text import Language
from gradgui.wiring.desk import Desk

PROJECTOR = 1.6


class Looks(QObject):
    """Switches, and remembers what was chosen."""

    def __init__(self, application: QApplication, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._application, self._desk = application, desk
        self._translator = QTranslator(self)
        desk.actions.action("language").triggered.connect(self._toggle_language)
        desk.actions.action("theme").triggered.connect(self._toggle_theme)
        desk.actions.action("presenter").toggled.connect(self._enlarge)
        self._translate_qt()

    @Slot()
    def _toggle_language(self) -> None:
        self._desk.speech.toggle()
        self._desk.settings.language = self._desk.speech.language
        self._translate_qt()

    @Slot()
    def _toggle_theme(self) -> None:
        theme = self._desk.theme
        theme.use_dark(not theme.palette.dark)
        self._desk.settings.dark = theme.palette.dark

    @Slot(bool)
    def _enlarge(self, on: bool) -> None:
        self._desk.theme.use_factor(PROJECTOR if on else 1.0)

    def _translate_qt(self) -> None:
        """Qt's own buttons and menus."""
        self._application.removeTranslator(self._translator)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._desk.speech.language is Language.CHINESE and self._translator.load("qtbase_zh_CN", place):
            self._application.installTranslator(self._translator)
