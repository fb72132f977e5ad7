"""The loss is heard only when it is asked for, and only while it changes."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.sound import LossSound
from gradgui.wiring.sounding import NO_PLAYER, Sounding
from tests.stories.conftest import Open, moment


def train(program: Program, qtbot: QtBot) -> None:
    """One whole step, with its update."""
    before = moment(program).train_loss
    program.actions.action("next_iteration").trigger()
    qtbot.waitUntil(lambda: moment(program).train_loss != before)


def test_the_loss_sounds_while_it_trains_and_is_silent_at_rest(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[float] = []
    monkeypatch.setattr(LossSound, "begin", lambda _sound: True)
    monkeypatch.setattr(LossSound, "play", lambda _sound, loss: heard.append(loss))
    program = open_window("toy-car", safe_mode=True)
    train(program, qtbot)
    assert heard == []
    program.actions.action("sound").trigger()
    assert program.desk.settings.sound
    train(program, qtbot)
    assert heard[-1] == moment(program).train_loss
    silent, here = list(heard), (moment(program).iteration, moment(program).cursor)
    program.actions.action("step").trigger()
    qtbot.waitUntil(lambda: (moment(program).iteration, moment(program).cursor) != here)
    assert heard == silent
    program.actions.action("sound").trigger()
    assert not program.desk.settings.sound


def test_without_a_player_one_calm_sentence_says_so(open_window: Open) -> None:
    program = open_window("toy-car", safe_mode=True)
    sounding = program.findChild(Sounding)
    assert isinstance(sounding, Sounding)
    sounding.sound._find = lambda: None
    program.actions.action("sound").trigger()
    assert not program.actions.action("sound").isChecked()
    assert not program.desk.settings.sound
    assert program.window.notices.text is NO_PLAYER
