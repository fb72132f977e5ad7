"""Puts the pieces together: the one place that knows everyone."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np  # noqa: F401 - before Qt, whose import hook slows what follows
from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Slot
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication, QFileDialog

from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.gui.actions import Actions
from gradgui.gui.curves.pane import CurvesPane
from gradgui.gui.data.pane import DataPane
from gradgui.gui.debugger.announcement import announcement
from gradgui.gui.debugger.pane import DebuggerPane
from gradgui.gui.editor.pane import NetworkPane
from gradgui.gui.fonts import load_fonts
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.main_window import MainWindow, Panes
from gradgui.gui.stylesheet import Look
from gradgui.gui.surface.pane import SurfacePane
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.badge import Badge
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.examples import example_path, examples
from gradgui.session.session import Session
from gradgui.session.settings import Settings
from gradgui.session.snapshot import DataView, Snapshot, SurfaceView
from gradgui.text import Language, Text

PROJECTOR = 1.6
FIRST_EXAMPLE = "toy-car"
TRAINING = Text(en="Training. Space pauses.", zh="正在训练。按空格键暂停。")
START = Text(en="Ready. Step (F10) runs the first event.", zh="准备就绪。步进（F10）执行第一个事件。")
FILES = Text(en="Experiments (*.gradgui)", zh="实验 (*.gradgui)")


class Program(QObject):
    """One window and one session, and every wire between them."""

    def __init__(
        self, application: QApplication, settings: Settings, language: Language, factor: float, use_opengl: bool
    ) -> None:
        super().__init__()
        self._application = application
        self._settings = settings
        dark = settings.dark
        if dark is None:
            dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.speech = Speech(language, self)
        self.theme = Theme(dark, factor, self)
        self._look = Look(application, self.theme, self)
        self._icons = Icons(self.theme)
        self.actions = Actions(self.speech, self.theme, self._icons, self)
        self.session = Session(self)
        self._translator = QTranslator(self)
        self._make_panes(use_opengl)
        self.window = MainWindow(self.speech, self.theme, self._icons, self.actions, self._hang())
        self.window.set_examples(examples())
        self._wire_session()
        self._wire_views()
        self._wire_actions()
        self._translate_qt()

    def open(self, path: Path) -> bool:
        """Open a file; what is wrong with it is said in the window, and what was open stays."""
        try:
            self.session.open(read(path), path.parent)
        except UserError as error:
            self.window.notices.show_error(error)
            return False
        return True

    # --- building

    def _make_panes(self, use_opengl: bool) -> None:
        speech, theme = self.speech, self.theme
        self.network = NetworkPane(speech, theme)
        self.surface = SurfacePane(speech, theme, use_opengl=use_opengl)
        self.data = DataPane(speech, theme)
        self.curves = CurvesPane(speech, theme)
        self.debugger = DebuggerPane(speech, theme)
        self._summary = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED)
        self._badge = Badge(speech, theme)

    def _hang(self) -> Panes:
        return Panes(
            self.network,
            self.surface,
            self.data,
            self.curves,
            self.debugger,
            network_corner=self._summary,
            surface_corner=self._badge,
        )

    def _wire_session(self) -> None:
        session = self.session
        session.shown.connect(self._show)
        session.data_changed.connect(self._show_data)
        session.surface_changed.connect(self._show_surface)
        session.document_changed.connect(self._show_document)
        session.playing_changed.connect(self._show_playing)

    def _wire_views(self) -> None:
        self.debugger.event_chosen.connect(self._go_to_event)
        self.debugger.iteration_chosen.connect(self._go_to_iteration)
        self.curves.moment_chosen.connect(self._go_to_iteration)
        self.surface.badge_changed.connect(self._badge.set_text)
        self.window.rate_committed.connect(self.session.set_learning_rate)
        self.window.example_chosen.connect(self._open_example)
        self.window.closing.connect(self._close)

    def _wire_actions(self) -> None:
        wires = {
            "step": self.session.step,
            "step_back": self.session.step_back,
            "play_pause": self._play_or_pause,
            "pause": self.session.pause,
            "reset": self.session.reset,
            "next_iteration": self.session.next_iteration,
            "previous_iteration": self.session.previous_iteration,
            "language": self._toggle_language,
            "theme": self._toggle_theme,
            "presenter": self._toggle_presenter,
            "open": self._ask_for_file,
            "quit": self.window.close,
        }
        for command, slot in wires.items():
            self.actions.action(command).triggered.connect(slot)

    # --- hearing the session

    @Slot(object)
    def _show(self, snapshot: Snapshot) -> None:
        self.network.show_snapshot(snapshot)
        self.surface.show_ball(snapshot.ball)
        if self.data.isVisible():
            self.data.show_snapshot(snapshot)
        if self.curves.isVisible():
            self.curves.show_snapshot(snapshot)
        self.debugger.show_snapshot(snapshot)
        self._summary.say(self.network.summary())
        if snapshot.running:
            self.window.say(TRAINING)
        else:
            self.window.say(announcement(snapshot) if snapshot.cursor or snapshot.iteration else START)

    @Slot(object)
    def _show_data(self, data: DataView) -> None:
        self.data.show_data(data)
        self.window.show_training_panes(len(data.inputs) > 1)

    @Slot(object)
    def _show_surface(self, surface: SurfaceView | None) -> None:
        self.surface.show_surface(surface)

    @Slot(object)
    def _show_document(self, _: object) -> None:
        experiment = self.session.experiment
        if experiment is not None:
            self.window.set_title(experiment.title or Text(en="Untitled", zh="未命名"))
            self.window.set_rate(experiment.optimizer.learning_rate)

    @Slot(object)
    def _show_playing(self, playing: bool) -> None:
        self.actions.show_playing(playing)

    # --- hearing the window

    @Slot()
    def _play_or_pause(self) -> None:
        if self.session.playing:
            self.session.pause()
        else:
            self.session.play()

    @Slot(object)
    def _go_to_event(self, cursor: int) -> None:
        if self.session.snapshot is not None:
            self.session.go_to(self.session.snapshot.iteration, cursor)

    @Slot(object)
    def _go_to_iteration(self, iteration: int) -> None:
        self.session.go_to_start_of(iteration)

    @Slot(object)
    def _open_example(self, name: str) -> None:
        self.open(example_path(name))

    @Slot()
    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self.window)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.speech.say(FILES))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._open_named)
        dialog.open()

    @Slot(str)
    def _open_named(self, name: str) -> None:
        self.open(Path(name))

    @Slot()
    def _toggle_language(self) -> None:
        self.speech.toggle()
        self._settings.language = self.speech.language
        self._translate_qt()

    @Slot()
    def _toggle_theme(self) -> None:
        self.theme.use_dark(not self.theme.palette.dark)
        self._settings.dark = self.theme.palette.dark

    @Slot(bool)
    def _toggle_presenter(self, on: bool) -> None:
        self.theme.use_factor(PROJECTOR if on else 1.0)

    @Slot()
    def _close(self) -> None:
        self.session.close()
        self._settings.save()

    def _translate_qt(self) -> None:
        """Qt's own buttons and menus."""
        self._application.removeTranslator(self._translator)
        if self.speech.language is Language.CHINESE and self._translator.load(
            "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        ):
            self._application.installTranslator(self._translator)


def run_window(
    file: Path | None,
    *,
    language: Language | None = None,
    projector: bool = False,
    safe_mode: bool = False,
    temp_profile: bool = False,
) -> int:
    """Open the window and stay until it is closed."""
    profile = Path(tempfile.mkdtemp(prefix="gradgui-")) if temp_profile else None
    application = make_application()
    settings = Settings(profile)
    if language is not None:
        settings.language = language
    factor = PROJECTOR if projector else 1.0
    program = Program(application, settings, settings.language, factor, can_use_opengl(safe_mode))
    if file is None or not program.open(file):
        program.open(example_path(FIRST_EXAMPLE))
    program.window.show()
    code = application.exec()
    if profile is not None:
        shutil.rmtree(profile, ignore_errors=True)
    return code


def make_application() -> QApplication:
    """The one QApplication, with shared OpenGL contexts, smooth lines and our letters."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    smooth = QSurfaceFormat.defaultFormat()
    smooth.setSamples(4)
    QSurfaceFormat.setDefaultFormat(smooth)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("gradgui")
    load_fonts(application)
    return application


def can_use_opengl(safe_mode: bool) -> bool:
    """Whether a 3-D picture may be tried: not in safe mode, and not where the platform has no OpenGL at all."""
    return not safe_mode and QApplication.platformName() not in ("offscreen", "minimal")
