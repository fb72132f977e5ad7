"""The list of all commands: found in either language, chosen by keys alone, gone when it is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gradgui.gui.actions import Actions
from gradgui.gui.command_finder import CommandFinder, Errand, matches
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.text import Language, Text


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLineEdit(window))
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def finder(window: QWidget) -> CommandFinder:
    speech, theme = Speech(Language.ENGLISH, window), Theme(parent=window)
    icons = Icons(theme)
    return CommandFinder(speech, theme, icons, Actions(speech, theme, icons, window), window)


def field(finder: CommandFinder) -> QLineEdit:
    found = finder.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


@pytest.mark.parametrize("typed", ["step back", "stepb", "\u540e\u9000"])
def test_a_command_is_found_in_either_language(finder: CommandFinder, typed: str) -> None:
    finder.open()
    field(finder).insert(typed)  # as an input method does
    assert finder.rows[0].startswith("Step back")


def test_enter_does_what_the_row_says_and_the_list_is_gone(finder: CommandFinder, qtbot: QtBot) -> None:
    finder.open()
    qtbot.keyClicks(field(finder), "bookmark")
    with qtbot.waitSignal(finder._actions.action("bookmark").triggered):
        qtbot.keyClick(field(finder), Qt.Key.Key_Return)
    assert not finder.isVisible()


def test_arrows_choose_another_row(finder: CommandFinder, qtbot: QtBot) -> None:
    finder.open()
    qtbot.keyClicks(field(finder), "step")
    wanted = finder.rows[1]
    qtbot.keyClick(field(finder), Qt.Key.Key_Down)
    assert finder._list.currentItem().text() == wanted


def test_escape_gives_the_keys_back(finder: CommandFinder, window: QWidget, qtbot: QtBot) -> None:
    typed_in = window.findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert isinstance(typed_in, QLineEdit)
    window.activateWindow()
    typed_in.setFocus()
    qtbot.waitUntil(typed_in.hasFocus)
    finder.open()
    assert field(finder).hasFocus()
    qtbot.keyClick(field(finder), Qt.Key.Key_Escape)
    assert not finder.isVisible()
    assert QApplication.focusWidget() is typed_in


def test_what_cannot_be_done_now_is_not_offered(finder: CommandFinder, qtbot: QtBot) -> None:
    finder._actions.action("undo").setEnabled(False)
    finder.open()
    qtbot.keyClicks(field(finder), "undo")
    assert not any(row.startswith("Undo") for row in finder.rows)


def test_errands_are_found_as_well(finder: CommandFinder, qtbot: QtBot) -> None:
    finder.set_errands([Errand("spiral", Text(en="Open example: two spirals", zh="\u6253\u5f00\u793a\u4f8b"), "open")])
    finder.open()
    qtbot.keyClicks(field(finder), "spirals")
    with qtbot.waitSignal(finder.errand_chosen) as chosen:
        qtbot.keyClick(field(finder), Qt.Key.Key_Return)
    assert chosen.args == ["spiral"]


def test_letters_in_a_row_come_before_letters_in_order() -> None:
    row, order = matches("sb", ("Grasberg",)), matches("sb", ("Step back",))
    assert row is not None
    assert order is not None
    assert row < order
    assert matches("xyz", ("Step back",)) is None
