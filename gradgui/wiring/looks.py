"""Language, colours and size of everything, switched live and remembered."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Slot
from PySide6.QtWidgets import QApplication, QToolTip

from gradgui.gui.halo import Halo
from gradgui.text import Language
from gradgui.wiring.desk import Desk

PROJECTOR = 1.6
ZOOMS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
"""Sizes of text and lines; a projector starts from 1.6 times the usual."""


class Looks(QObject):
    """Switches, and remembers what was chosen."""

    def __init__(self, application: QApplication, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._application, self._desk = application, desk
        self._translator = QTranslator(self)
        self._was_whole = False
        self._halo = Halo(desk.theme, desk.window)
        self._connect(desk)
        self._take_settings(desk)
        self._translate_qt()

    def _connect(self, desk: Desk) -> None:
        action = desk.actions.action
        desk.window.closing.connect(self._put_halo_away)
        action("language").triggered.connect(self._toggle_language)
        action("theme").triggered.connect(self._toggle_theme)
        action("contrast").toggled.connect(self._use_contrast)
        action("motion").toggled.connect(self._use_less_motion)
        action("presenter").toggled.connect(self._present)
        action("zoom_in").triggered.connect(self._enlarge)
        action("zoom_out").triggered.connect(self._shrink)
        action("zoom_reset").triggered.connect(self._use_usual_size)

    def _take_settings(self, desk: Desk) -> None:
        settings = desk.settings
        desk.actions.action("contrast").setChecked(settings.contrast)
        desk.actions.action("motion").setChecked(settings.less_motion)
        desk.theme.use_factor(settings.zoom)

    @Slot()
    def _toggle_language(self) -> None:
        QToolTip.hideText()  # it would go on in the language before
        self._desk.speech.toggle()
        self._desk.settings.language = self._desk.speech.language
        self._translate_qt()

    @Slot()
    def _toggle_theme(self) -> None:
        theme = self._desk.theme
        theme.use_dark(not theme.palette.dark)
        self._desk.settings.dark = theme.palette.dark

    @Slot(bool)
    def _use_contrast(self, on: bool) -> None:
        self._desk.theme.use_contrast(on)
        self._desk.settings.contrast = on

    @Slot(bool)
    def _use_less_motion(self, on: bool) -> None:
        self._desk.theme.motion = not on
        self._desk.settings.less_motion = on

    @Slot(bool)
    def _present(self, on: bool) -> None:
        """The whole screen, larger by much, a ring around the pointer; the desk's size is kept for afterwards."""
        window = self._desk.window
        window.tool_bar.set_clean(on)
        if on:
            self._was_whole = window.isFullScreen()
            window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        elif not self._was_whole:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._desk.theme.use_factor(PROJECTOR if on else self._desk.settings.zoom)
        self._halo.use(on)

    @Slot()
    def _put_halo_away(self) -> None:
        self._halo.use(False)

    @Slot()
    def _enlarge(self) -> None:
        self._zoom(next((zoom for zoom in ZOOMS if zoom > self._desk.theme.factor + 1e-6), ZOOMS[-1]))

    @Slot()
    def _shrink(self) -> None:
        self._zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < self._desk.theme.factor - 1e-6), ZOOMS[0]))

    @Slot()
    def _use_usual_size(self) -> None:
        self._zoom(PROJECTOR if self._is_presenting else 1.0)

    @property
    def _is_presenting(self) -> bool:
        return self._desk.actions.action("presenter").isChecked()

    def _zoom(self, factor: float) -> None:
        self._desk.theme.use_factor(factor)
        if not self._is_presenting:
            self._desk.settings.zoom = factor

    def _translate_qt(self) -> None:
        """Qt's own buttons and menus."""
        self._application.removeTranslator(self._translator)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._desk.speech.language is Language.CHINESE and self._translator.load("qtbase_zh_CN", place):
            self._application.installTranslator(self._translator)
