"""A dressed window with empty panes, for the tests of the frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

from gradgui.gui.actions import Actions
from gradgui.gui.fonts import load_fonts
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.main_window import MainWindow, Panes
from gradgui.gui.stylesheet import Look
from gradgui.gui.theme import Theme
from gradgui.text import Language


@dataclass
class Frame:
    """What every part of the frame is given."""

    speech: Speech
    theme: Theme
    icons: Icons
    actions: Actions
    look: Look

    def window(self, lesson: bool = False) -> MainWindow:
        panes = Panes(QWidget(), QWidget(), QWidget(), QWidget(), QWidget(), QWidget() if lesson else None)
        return MainWindow(self.speech, self.theme, self.icons, self.actions, panes)


def show_active(qtbot: QtBot, widget: QWidget) -> None:
    """Show a window that has the keyboard, which a bare virtual screen gives to nobody."""
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    try:
        qtbot.waitUntil(widget.isActiveWindow, timeout=500)
    except NotInTime:
        pytest.skip("keys need the offscreen platform or a window manager")


@contextmanager
def dressed(application: QApplication) -> Iterator[Frame]:
    """The application in our letters and colours, and as it was before afterwards."""
    font, sheet, palette = application.font(), application.styleSheet(), application.palette()
    load_fonts(application)
    theme = Theme()
    look = Look(application, theme)
    speech, icons = Speech(Language.ENGLISH), Icons(theme)
    yield Frame(speech, theme, icons, Actions(speech, theme, icons), look)
    application.setStyleSheet(sheet)
    application.setPalette(palette)
    application.setFont(font)
