"""An error that nobody expected is told once, costs no work, and the program goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gradgui.document.file import read
from gradgui.gui.crash import COPIED, CrashReport
from gradgui.session.crashes import MOST_PER_MINUTE, BlackBox, Trouble
from gradgui.session.worker import Worker
from gradgui.wiring.hardening import LAST_TIME, Hardening
from tests.hardening.conftest import Watched

pytestmark = pytest.mark.qt_no_exception_capture
ROOT = Path(__file__).resolve().parents[2]


def fail() -> None:
    raise ZeroDivisionError("a slot that nobody tested")


def reported(qtbot: QtBot, hardening: Hardening) -> CrashReport:
    qtbot.waitUntil(lambda: hardening.report is not None and hardening.report.isVisible())
    assert hardening.report is not None
    return hardening.report


def test_an_error_in_a_slot_is_told_and_the_work_is_safe(qtbot: QtBot, watched: Watched) -> None:
    program, hardening = watched.program, watched.hardening
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(fail)
    button.click()
    report = reported(qtbot, hardening)
    assert "a slot that nobody tested" in report.report
    assert "gradgui 0." in report.report
    rescued = hardening.box.folder / "rescued.gradgui"
    assert str(rescued) in report._words.text()
    assert read(rescued).network == program.session.experiment.network  # type: ignore[union-attr]
    assert "ZeroDivisionError" in hardening.box.log.read_text(encoding="utf-8")


def test_the_program_goes_on_after_an_error(qtbot: QtBot, watched: Watched) -> None:
    program, hardening = watched.program, watched.hardening
    QTimer.singleShot(0, fail)
    reported(qtbot, hardening).accept()
    with qtbot.waitSignal(program.session.shown):
        program.actions.action("step").trigger()
    assert program.session.snapshot is not None
    assert program.session.snapshot.cursor == 1


@dataclass(frozen=True)
class Broken:
    """A request that fails in the worker's thread."""

    def carry_out(self, _engine: Worker) -> None:
        raise RuntimeError("broken in the engine's thread")


def test_an_error_in_the_workers_thread_is_told_and_training_stops(qtbot: QtBot, watched: Watched) -> None:
    program, hardening = watched.program, watched.hardening
    program.session.play()
    program.session.ask(Broken())  # type: ignore[arg-type]
    assert "broken in the engine's thread" in reported(qtbot, hardening).report
    assert not program.session.playing


def test_an_error_in_a_thread_of_pythons_is_told(qtbot: QtBot, watched: Watched) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in reported(qtbot, watched.hardening).report


class Unpaintable(QWidget):
    """Fails whenever it is drawn."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        raise ValueError("cannot be painted")


def test_what_fails_at_every_paint_is_told_once(qtbot: QtBot, watched: Watched) -> None:
    hardening = watched.hardening
    picture = Unpaintable()
    qtbot.addWidget(picture)
    picture.show()
    report = reported(qtbot, hardening)
    for _ in range(3 * MOST_PER_MINUTE):
        picture.update()
        QGuiApplication.processEvents()
    assert picture.painted > 2 * MOST_PER_MINUTE
    qtbot.waitUntil(lambda: report._happened >= picture.painted - 1)
    assert report.report.count("Traceback") == 1
    assert hardening.box.log.read_text(encoding="utf-8").count("cannot be painted\n") <= MOST_PER_MINUTE + 1
    report.accept()
    picture.update()
    qtbot.wait(50)  # nothing comes: there is no sign to wait for
    assert not report.isVisible()


def test_the_report_speaks_both_languages_and_can_be_copied(qtbot: QtBot, watched: Watched) -> None:
    program, hardening = watched.program, watched.hardening
    QTimer.singleShot(0, fail)
    report = reported(qtbot, hardening)
    program.desk.speech.toggle()
    assert report.windowTitle() == "程序内部出了点问题"
    assert "副本保存在" in report._words.text()
    qtbot.mouseClick(report._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == report.report
    assert report._copy.text() == COPIED.zh


def test_even_a_rescue_that_fails_is_survived(qtbot: QtBot, watched: Watched) -> None:
    hardening = watched.hardening
    hardening.rescue = lambda: (_ for _ in ()).throw(OSError("the disk is gone"))
    QTimer.singleShot(0, fail)
    assert "save your experiment under a new name" in reported(qtbot, hardening)._words.text()
    assert "the disk is gone" in hardening.box.log.read_text(encoding="utf-8")


# ── The end of the whole process ─────────────────────────────────────────────────────────────────

DIES = """
import faulthandler, sys
from pathlib import Path
from gradgui.session.crashes import BlackBox
BlackBox(Path(sys.argv[1])).begin()
faulthandler._sigsegv()
"""


def test_a_crash_of_the_process_is_told_at_the_next_start_and_only_there(qtbot: QtBot, watched: Watched) -> None:
    program, hardening = watched.program, watched.hardening
    folder = hardening.box.folder
    subprocess.run([sys.executable, "-c", DIES, str(folder)], cwd=ROOT, check=False, stderr=subprocess.DEVNULL)
    hardening.end()
    again = Hardening(program.desk, program)
    again.begin()
    last = folder / "last-crash.log"
    assert "Segmentation fault" in last.read_text(encoding="utf-8")
    assert program.window.notices.text == LAST_TIME.filled(path=last)
    again.end()
    assert BlackBox(folder).take_last() is None
    hardening.begin()  # as before, for the end of the test


def test_a_start_that_ends_well_leaves_nothing_behind(tmp_path: Path) -> None:
    box = BlackBox(tmp_path)
    box.begin()
    assert list(tmp_path.iterdir())
    box.end()
    assert not list(tmp_path.iterdir())


def test_a_killed_process_without_a_report_is_no_news(tmp_path: Path) -> None:
    (tmp_path / "running-999999999.log").write_text("")
    assert BlackBox(tmp_path).take_last() is None
    assert not list(tmp_path.iterdir())


def test_a_log_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradgui.session.crashes.LARGEST_LOG", 2000)
    monkeypatch.setattr("gradgui.session.crashes.MOST_PER_MINUTE", 1000)
    box = BlackBox(tmp_path)
    for number in range(100):
        box.write(Trouble(str(number), "x" * 300))
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 6000


WITHOUT_A_WINDOW = """
from PySide6.QtCore import QTimer

from gradgui import app
from gradgui.gui.crash import CrashReport


def broken(*_):
    raise RuntimeError("no window today")


def look():
    for widget in application.topLevelWidgets():
        if isinstance(widget, CrashReport):
            print(widget.report)
            widget.accept()


app.Program = broken
application = app.make_application()
QTimer.singleShot(100, look)
raise SystemExit(app.run_window(None, temp_profile=True))
"""
"""In a process of its own: an application that has ended once does not serve the tests after it."""


def test_a_window_that_cannot_be_built_says_so(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", WITHOUT_A_WINDOW]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=50, check=False)
    assert ended.returncode == 1, ended.stderr
    assert "no window today" in ended.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_request_to_end_close_the_window(number: signal.Signals, tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "gradgui", "selftest", "--start", "--idle", "50"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    deadline = threading.Event()
    for _ in range(300):
        if list(tmp_path.rglob("running-*.log")) or process.poll() is not None:
            break
        deadline.wait(0.1)
    deadline.wait(0.5)
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0, said
    assert "Traceback" not in said
