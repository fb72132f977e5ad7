"""Language and colours are switched from the window and remembered for the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.fonts import load_fonts
from gradgui.session.settings import Settings
from gradgui.text import Language


def test_what_was_chosen_is_remembered(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    load_fonts(qapp)
    program = Program(qapp, Settings(tmp_path), Language.ENGLISH, use_opengl=False)
    dark = program.desk.theme.palette.dark
    program.actions.action("language").trigger()
    program.actions.action("theme").trigger()
    program.window.close()
    again = Settings(tmp_path)
    assert again.language is Language.CHINESE
    assert again.dark is not dark
    program.window.deleteLater()
    program.deleteLater()
    del program
