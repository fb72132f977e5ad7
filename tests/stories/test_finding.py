"""Stories of the list of all commands: what the panes can do is found there too, and comes into sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.command_finder import CommandFinder
from tests.stories.conftest import Open


def finder(program: Program) -> CommandFinder:
    found = program.window.findChild(CommandFinder)
    assert isinstance(found, CommandFinder)
    return found


def ask(program: Program, qtbot: QtBot, words: str) -> None:
    """Open the list, type, and take the first row."""
    program.actions.action("commands").trigger()
    field = finder(program).findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.insert(words)  # as an input method does
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("words", ["race of", "赛跑"])
def test_a_race_is_found_in_either_language_even_where_another_pane_stands_alone(
    open_window: Open, qtbot: QtBot, words: str
) -> None:
    program = open_window()
    program.window.focus_pane("debugger")
    ask(program, qtbot, words)
    surface = program.desk.views.surface
    assert surface.race_panel.isVisible()
    assert surface.isVisible()


@pytest.mark.parametrize("words", ["which arrows", "export a picture"])
def test_the_menus_of_the_landscape_are_opened(open_window: Open, qtbot: QtBot, words: str) -> None:
    program = open_window()
    ask(program, qtbot, words)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    controls = program.desk.views.surface.controls
    assert menu is (controls.show_menu if words == "which arrows" else controls.export_menu)
    menu.close()


def test_everything_that_the_list_offers_of_the_landscape_can_be_done(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("spiral", safe_mode=True)
    controls = program.desk.views.surface.controls
    offered = [name for name, _ in controls.errands()]
    assert "map" not in offered  # there is nothing but the map
    assert "test" in offered
    for name in offered:
        controls.carry_out(name)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
    assert program.desk.views.surface.race_panel.isVisible()
    assert controls.axes.isChecked()


def test_an_example_opens(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    ask(program, qtbot, "egg carton")
    qtbot.waitUntil(lambda: "Rastrigin" in program.window.windowTitle())
