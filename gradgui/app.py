"""Puts the pieces together: the one place that knows everyone."""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np  # noqa: F401 - before Qt, whose import hook slows what follows
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer, SignalInstance, Slot
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication

from gradgui.gui.actions import Actions
from gradgui.gui.application import Application
from gradgui.gui.curves.pane import CurvesPane
from gradgui.gui.data.pane import DataPane
from gradgui.gui.debugger.pane import DebuggerPane
from gradgui.gui.editor.pane import NetworkPane
from gradgui.gui.fonts import load_fonts
from gradgui.gui.garbage import Garbage
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.main_window import MainWindow, Panes
from gradgui.gui.stylesheet import Look
from gradgui.gui.surface.pane import SurfacePane
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.badge import Badge
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.lessons.lesson import lesson_of
from gradgui.session.crashes import BlackBox
from gradgui.session.examples import example_path
from gradgui.session.notebook import Notebook
from gradgui.session.session import Session
from gradgui.session.settings import Settings
from gradgui.text import Language
from gradgui.wiring.blow_up import BlowUp
from gradgui.wiring.canary import CanaryWires
from gradgui.wiring.captions import Captions
from gradgui.wiring.classroom import Classroom
from gradgui.wiring.curves import CurvesWires
from gradgui.wiring.data import DataWires
from gradgui.wiring.debugging import Debugging
from gradgui.wiring.desk import Desk, Views
from gradgui.wiring.documents import Documents
from gradgui.wiring.dropping import Dropping
from gradgui.wiring.editing import EditingWires
from gradgui.wiring.editing_network import EditingNetwork
from gradgui.wiring.features import FeatureWires
from gradgui.wiring.finding import Finding
from gradgui.wiring.first_paint import FirstPaint
from gradgui.wiring.handing_in import HandingIn
from gradgui.wiring.hardening import Hardening, tell_failed_start
from gradgui.wiring.leaving import Leaving
from gradgui.wiring.lesson_highlights import LessonHighlights
from gradgui.wiring.lessons import Lessons
from gradgui.wiring.locking import KIOSK, hide, known
from gradgui.wiring.looks import Looks
from gradgui.wiring.placement import Placement
from gradgui.wiring.presenting import Presenting
from gradgui.wiring.recovering import Recovering
from gradgui.wiring.remote import Remote
from gradgui.wiring.scenery import SceneryWires
from gradgui.wiring.sharing import Sharing
from gradgui.wiring.sounding import Sounding
from gradgui.wiring.stepping import Stepping
from gradgui.wiring.training import TrainingWires

FIRST_EXAMPLE = "toy-car"
SETTLED_MS = 3000


class Program(QObject):
    """One window, one session, and the wires between them."""

    def __init__(self, application: QApplication, settings: Settings, language: Language, use_opengl: bool) -> None:
        super().__init__()
        self.desk = desk = _desk(application, settings, language, use_opengl, self)
        self.session, self.window, self.actions = desk.session, desk.window, desk.actions
        self.documents = Documents(desk, self)
        self.leaving = leaving = Leaving(desk, self.documents, self)
        self.lessons = Lessons(desk, leaving, self)
        dropping = Dropping(desk, leaving, self)
        dropping.lesson_dropped.connect(self.lessons.teach_file)
        data = DataWires(desk, self)
        dropping.table_dropped.connect(data.files.look_into)
        classroom = Classroom(desk, self.lessons, self)
        remote = Remote(desk, self.lessons, classroom, self)
        self._wires = [
            leaving,
            Captions(desk, self.documents, leaving, self),
            dropping,
            Recovering(desk, self.documents, leaving, self),
            Placement(desk, self),
            Debugging(desk, self),
            Stepping(desk, self),
            EditingWires(desk, self),
            EditingNetwork(desk, self),
            FeatureWires(desk, self),
            TrainingWires(desk, self),
            BlowUp(desk, self),
            CurvesWires(desk, self),
            SceneryWires(desk, self),
            FirstPaint(desk, self),
            data,
            CanaryWires(desk, self),
            Looks(application, desk, self),
            Sounding(desk, self),
            Finding(desk, self),
            LessonHighlights(desk, self.lessons.run, self),
            classroom,
            remote,
            Sharing(desk, self.documents, self),
            HandingIn(desk, self.lessons.progress, self),
            Presenting(desk, self.lessons.run, remote, self),
        ]
        desk.window.closing.connect(self._close)

    @Slot()
    def _close(self) -> None:
        self.session.close()
        self.desk.settings.save()


def run_window(
    file: Path | None,
    *,
    language: Language | None = None,
    projector: bool = False,
    safe_mode: bool = False,
    temp_profile: bool = False,
    kiosk: bool = False,
    locked: Sequence[str] = (),
    lesson: str | None = None,
    watch: Callable[[Program], object] | None = None,
) -> int:
    """Open the window and stay until it is closed; `watch` is told before it is shown.

    `kiosk`: the whole screen, no files, nothing kept. Raises UserError for commands or a lesson that do not exist.
    """
    locked = known((*locked, *(KIOSK if kiosk else ())))
    taught = None if lesson is None else lesson_of(lesson)
    profile = Path(tempfile.mkdtemp(prefix="gradgui-")) if temp_profile or kiosk else None
    application = make_application()
    settings = Settings(profile)
    language = language or settings.language
    try:
        program = Program(application, settings, language, can_use_opengl(safe_mode))
    except Exception as error:  # noqa: BLE001 - a window that cannot open must still say why
        report = tell_failed_start(error, BlackBox(settings.folder), Speech(language), Theme(dark=False))
        report.finished.connect(application.quit)
        return application.exec() or 1
    hardening = Hardening(program.desk, program)
    hardening.begin()
    if isinstance(application, Application):
        application.file_arrived.connect(program.leaving.open_file)
    if file is None or not _opened(program, file):
        program.documents.open(example_path(FIRST_EXAMPLE))
    program.actions.action("presenter").setChecked(projector)
    hide(program.actions, locked)
    program.window.tool_bar.recent.menuAction().setVisible(not kiosk)
    if watch is not None:
        watch(program)
    if taught is not None:
        program.lessons.teach(taught)
    elif file is None:
        program.lessons.invite()
    program.window.showFullScreen() if kiosk else program.window.show()
    gc.freeze()  # what lives as long as the window need not be looked through again: now for the first picture's sake,
    QTimer.singleShot(SETTLED_MS, gc.freeze)  # then with what came after it
    code = application.exec()
    hardening.end()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if profile is not None:
        shutil.rmtree(profile, ignore_errors=True)
    return code


def _opened(program: Program, file: Path) -> bool:
    """An experiment, or a lesson that is taught on top of the first example."""
    if file.suffix.lower() != ".toml":
        return program.documents.open(file)
    program.documents.open(example_path(FIRST_EXAMPLE))
    return program.lessons.teach_file(file)


def make_application() -> QApplication:
    """The one QApplication, with shared OpenGL contexts, smooth lines, our letters and our collector of garbage."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    smooth = QSurfaceFormat.defaultFormat()
    smooth.setSamples(4)
    QSurfaceFormat.setDefaultFormat(smooth)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = Application(sys.argv[:1])
        Garbage(application)
    application.setStyle("Fusion")  # before there are widgets, each of which would be dressed anew
    load_fonts(application)
    return application


def run_for(milliseconds: float, until: SignalInstance | None = None) -> None:
    """Let the application go on for so long, or until then, as if somebody sat in front of it."""
    loop = QEventLoop()
    if until is not None:
        until.connect(loop.quit)
    QTimer.singleShot(round(milliseconds), loop.quit)
    loop.exec()


def can_use_opengl(safe_mode: bool) -> bool:
    """Whether a 3-D picture may be tried: not in safe mode, and not where the platform has no OpenGL at all."""
    return not safe_mode and QApplication.platformName() not in ("offscreen", "minimal")


def _desk(application: QApplication, settings: Settings, language: Language, use_opengl: bool, owner: QObject) -> Desk:
    dark = settings.dark
    if dark is None:
        dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    speech, theme = Speech(language, owner), Theme(dark, parent=owner)
    icons = Icons(theme)
    actions = Actions(speech, theme, icons, owner)
    views = Views(
        NetworkPane(speech, theme),
        SurfacePane(speech, theme, use_opengl=use_opengl),
        DataPane(speech, theme),
        CurvesPane(speech, theme, icons=icons),
        DebuggerPane(speech, theme, icons, Notebook(owner)),
        SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED),
        Badge(speech, theme),
    )
    panes = Panes(
        views.network,
        views.surface,
        views.data,
        views.curves,
        views.debugger,
        network_corner=views.network_corner,
        surface_corner=views.surface_corner,
    )
    window = MainWindow(speech, theme, icons, actions, panes)
    Look(application, theme, owner)  # last: Qt then dresses every widget once, and not again for each new parent
    return Desk(Session(owner), window, views, actions, speech, theme, icons, settings)
