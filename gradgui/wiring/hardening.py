"""Nothing breaks silently and nothing breaks the work: one hook for every error, in every thread."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal, Slot

from gradgui.document.file import write
from gradgui.errors import UserError
from gradgui.gui.crash import FAILED_START, NOT_RESCUED, RESCUED, CrashReport
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.session.crashes import BlackBox, Trouble, surroundings
from gradgui.text import Text
from gradgui.wiring.desk import Desk

RESCUED_NAME = "rescued.gradgui"
LAST_TIME = Text(
    en="Last time the program ended by itself. What is known about it lies in {path}.",
    zh="上次程序意外退出了。有关记录在 {path}。",
)


class Hardening(QObject):
    """Catches what nobody expected, saves the work, says so once, and lets the program go on."""

    _happened = Signal(object)
    """A Trouble, from whatever thread."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.box = BlackBox(desk.settings.folder)
        self.rescue: Callable[[], Path | None] = self._save_a_copy
        """Puts the work somewhere safe and says where."""
        self._report: CrashReport | None = None
        self._told: set[str] = set()
        self._hooks = sys.excepthook, threading.excepthook
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def report(self) -> CrashReport | None:
        """The report, once there was anything to report."""
        return self._report

    def begin(self) -> None:
        """From now on."""
        last = self.box.take_last()
        self.box.begin()
        sys.excepthook, threading.excepthook = self._hear, self._hear_thread
        self._bell = _Bell(self._desk.window.close, self)
        if last is not None:
            self._desk.window.notices.tell(LAST_TIME, path=last)

    def end(self) -> None:
        """The program ends as it should."""
        sys.excepthook, threading.excepthook = self._hooks
        self._bell.silence()
        self.box.end()

    # --- inside

    def _hear(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        """In the thread where it happened, perhaps in the middle of painting: only write it down and pass it on."""
        self._hooks[0](kind, error, where)
        if issubclass(kind, KeyboardInterrupt):
            return
        trouble = Trouble.of(error, where)
        self.box.write(trouble)
        self._happened.emit(trouble)
        _let_go_of_the_last_error()

    def _hear_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self._hear(happened.exc_type, happened.exc_value, happened.exc_traceback)

    @Slot(object)
    def _tell(self, trouble: Trouble) -> None:
        count = self.box.count(trouble)
        if trouble.key in self._told:
            if self._report is not None and self._report.isVisible():
                self._report.count()
            return
        self._told.add(trouble.key)
        if count == 1 and self._desk.session.playing:
            self._desk.session.pause()
        path = self._safely_rescued()
        if self._report is None:
            self._report = CrashReport(self._desk.speech, self._desk.theme, self._desk.icons, self._desk.window)
        words = NOT_RESCUED if path is None else RESCUED.filled(path=path)
        self._report.tell(words, surroundings() + trouble.details)

    def _safely_rescued(self) -> Path | None:
        try:
            return self.rescue()
        except Exception as error:  # noqa: BLE001 - whatever else breaks, the report must come
            self.box.write(Trouble.of(error, error.__traceback__))
            return None

    def _save_a_copy(self) -> Path | None:
        session = self._desk.session
        drawn = session.experiment
        if drawn is None:
            return None
        try:
            now = session.editing.to_save() or drawn
        except UserError:
            now = drawn
        place = (session.folder or self.box.folder) if _needs_its_folder(now.data) else self.box.folder
        path = place / RESCUED_NAME
        write(path, now)
        return path


def tell_failed_start(error: Exception, box: BlackBox, speech: Speech, theme: Theme) -> CrashReport:
    """The window could not even be built: write it down and show what can be shown."""
    trouble = Trouble.of(error, error.__traceback__)
    box.write(trouble)
    report = CrashReport(speech, theme, Icons(theme))
    report.tell(FAILED_START, surroundings() + trouble.details)
    return report


def _needs_its_folder(data: object) -> bool:
    """A CSV file is named from where the experiment lies."""
    return hasattr(data, "path")


class _Bell(QObject):
    """Ctrl+C in the terminal and a request to end close the window as its button does."""

    def __init__(self, close: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._close = close
        self._before: dict[int, object] = {}
        if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            return
        self._out, self._in = os.pipe()
        os.set_blocking(self._in, False)
        self._wakeup = signal.set_wakeup_fd(self._in, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, _let_the_loop_hear)
        self._listener = QSocketNotifier(self._out, QSocketNotifier.Type.Read, self)
        self._listener.activated.connect(self._ring)

    @Slot()
    def _ring(self) -> None:
        os.read(self._out, 64)
        self._close()

    def silence(self) -> None:
        """As it was before."""
        if not self._before:
            return
        self._listener.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        os.close(self._in)
        os.close(self._out)
        self._before = {}


def _let_go_of_the_last_error() -> None:
    """Python keeps it for a debugger, and with it every widget that was in reach."""
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)


def _let_the_loop_hear(_number: int, _frame: FrameType | None) -> None:
    """Only that Python does not end the process; the byte in the pipe does the rest."""
