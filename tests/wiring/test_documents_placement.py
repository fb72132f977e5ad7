"""The window comes back as it was left, and a profile of its own keeps out of the user's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QSplitter
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.session.examples import example_path
from gradgui.session.settings import Settings
from gradgui.text import Language

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def opened(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Program]:
    program = Program(qapp, Settings(folder), Language.ENGLISH, use_opengl=False)
    assert program.documents.open(example_path("toy-car"))
    with qtbot.waitExposed(program.window):
        program.window.show()
    try:
        yield program
    finally:
        program.window.close()
        program.window.deleteLater()
        program.deleteLater()


def test_size_and_splitters_are_remembered(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with opened(qtbot, qapp, tmp_path) as first:
        first.window.resize(1100, 700)
        wall = first.window.findChild(QSplitter)
        assert wall is not None
        wall.moveSplitter(330, 1)
        sizes = first.window.splitter_sizes
    with opened(qtbot, qapp, tmp_path) as second:
        assert second.window.height() == 700  # the width is cut to what this small screen has
        assert second.window.splitter_sizes == sizes


def test_a_settings_file_full_of_nonsense_does_no_harm(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "gradgui.ini").write_text(
        "[files]\nrecent=oops\nfolder=relative\n[window]\ngeometry=xx\nsplitters=[1,2]\n[run]\nmemory_mb=-4\n"
    )
    with opened(qtbot, qapp, tmp_path) as program:
        assert program.documents.recent.files() == ()
        assert program.desk.settings.documents_folder.is_absolute()


def test_a_temporary_profile_leaves_the_home_folder_as_it_was(tmp_path: Path) -> None:
    script = (
        "import sys; from PySide6.QtCore import QTimer; from gradgui import app\n"
        "made = app.make_application()\n"
        "app.make_application = lambda: made\n"
        "QTimer.singleShot(1500, made.closeAllWindows)\n"
        "sys.exit(app.run_window(None, temp_profile=True))"
    )
    home = tmp_path / "home"
    home.mkdir()
    names = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    environment = {"HOME": str(home), "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment | names, check=False, capture_output=True, timeout=50
    )
    assert done.returncode == 0, done.stderr
    assert [path for path in home.rglob("*gradgui*") if "cache" not in str(path).lower()] == []
    assert list(tmp_path.glob("gradgui-*")) == []
