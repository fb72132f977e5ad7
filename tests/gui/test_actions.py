"""Commands: each one once, live in language and ink, with keys that do not quarrel."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from gradgui.gui.actions import COMMANDS, Command, keys_said
from gradgui.text import Language
from tests.gui.frame import Frame, show_active


def test_no_two_commands_share_an_id_or_a_key() -> None:
    ids = Counter(command.id for command in COMMANDS)
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS for key in command.shortcuts)
    assert max(ids.values()) == 1
    assert max(keys.values()) == 1
    assert "" not in keys


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_says_its_name_and_keys_in_both_languages(frame: Frame, command: Command) -> None:
    action = frame.actions.action(command.id)
    for language in Language:
        frame.speech.speak(language)
        assert action.text() == command.text.in_language(language)
        assert command.tip.in_language(language) in action.toolTip()
        assert keys_said(action.shortcuts()[0]) in action.toolTip()
    assert not action.icon().isNull()


@pytest.mark.parametrize(
    ("keys", "said"), [("Ctrl+Right", "Ctrl+→"), ("Up", "↑"), ("Ctrl++", "Ctrl++"), ("F10", "F10")]
)
def test_arrows_are_said_as_they_stand_on_the_keyboard(keys: str, said: str) -> None:
    assert keys_said(QKeySequence(keys)) == said


def test_play_reads_pause_while_the_network_trains(frame: Frame) -> None:
    action = frame.actions.action("play_pause")
    still = action.icon().cacheKey()
    frame.actions.show_playing(True)
    assert action.text() == "Pause"
    assert action.icon().cacheKey() != still
    frame.speech.toggle()
    assert action.text() == "暂停"
    frame.actions.show_playing(False)
    assert action.text() == "播放"


@pytest.mark.parametrize(
    ("key", "modifier", "command_id"),
    [
        (Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier, "step"),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "step"),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "step"),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "step"),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, "step_back"),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier, "step_back"),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "play_pause"),
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier, "pause"),
        (Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier, "reset"),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, "next_iteration"),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, "language"),
    ],
)
def test_a_key_reaches_its_command(
    qtbot: QtBot, frame: Frame, key: Qt.Key, modifier: Qt.KeyboardModifier, command_id: str
) -> None:
    window = frame.window()
    qtbot.addWidget(window)
    show_active(qtbot, window)
    with qtbot.waitSignal(frame.actions.action(command_id).triggered):
        qtbot.keyClick(window, key, modifier)


def test_keys_of_commands_work_in_the_window_whether_or_not_a_button_shows_them(qtbot: QtBot, frame: Frame) -> None:
    window = frame.window()
    qtbot.addWidget(window)
    offered = {action.objectName() for action in window.actions()}
    assert {"step", "pause", "open", "save"} <= offered
