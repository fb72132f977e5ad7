"""The first minutes of a student: the toy car opens, Step tells the story, nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.session.snapshot import Snapshot
from gradgui.text import Language
from tests.stories.conftest import Open, moment

Press = Callable[..., None]


def words(program: Program) -> set[str]:
    """Every word that can be read on a label or a button now."""
    window = program.window
    shown = [w for kind in (QLabel, QAbstractButton) for w in window.findChildren(kind) if w.isVisibleTo(window)]
    return {widget.text() for widget in shown if widget.text()}


def test_the_window_opens_paused_on_the_toy_car(open_window: Open) -> None:
    program = open_window()
    snapshot = moment(program)
    assert not program.session.playing
    assert (snapshot.iteration, snapshot.cursor) == (0, 0)
    assert snapshot.network.title.en in program.window.windowTitle()


def test_step_walks_the_blame_back_from_the_loss(open_window: Open, press: Press) -> None:
    program = open_window()
    found: dict[int, tuple[str, float]] = {}
    for _ in range(23):
        press(program, Qt.Key.Key_F10)
        snapshot = moment(program)
        current = snapshot.current
        assert current is not None
        layer = snapshot.layers[current.layer]
        if current.kind.value == "dL/db":
            assert layer.db is not None
            found[len(found)] = (f"b{current.layer + 1}", float(layer.db[0]))
        if current.kind.value == "dL/dW":
            assert layer.dW is not None
            found[len(found)] = (f"W{current.layer + 1}", float(layer.dW[0, 0]))
    assert list(found.values()) == [("W3", 5.0), ("b3", 5.0), ("W2", 2.0), ("b2", 2.0), ("W1", 1.0), ("b1", 1.0)]
    assert moment(program).train_loss == pytest.approx(8.185058, abs=1e-6)


def test_stepping_all_the_way_back_restores_the_start_bit_for_bit(open_window: Open, press: Press) -> None:
    program = open_window()
    start = moment(program).theta
    press(program, Qt.Key.Key_F10, 30)
    assert not np.array_equal(moment(program).theta, start)
    press(program, Qt.Key.Key_F8, 30)
    assert np.array_equal(moment(program).theta, start)
    assert moment(program).cursor == 0


def test_the_ball_moves_only_with_the_update(open_window: Open, press: Press) -> None:
    program = open_window()
    balls = []
    for _ in range(23):
        press(program, Qt.Key.Key_F10)
        ball = moment(program).ball
        assert ball is not None
        balls.append((ball.x, ball.y))
    assert balls[:20] == [(1.0, 0.5)] * 20
    assert balls[-1] == (pytest.approx(0.9), pytest.approx(0.3))


def test_the_language_switches_everywhere_and_loses_nothing(open_window: Open, press: Press, qtbot: QtBot) -> None:
    program = open_window()
    press(program, Qt.Key.Key_F10, 14)
    before, english = moment(program), words(program)
    qtbot.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    chinese = words(program)
    assert moment(program) is before
    assert "Step" in english
    assert "步进" in chinese
    common = {word for word in english & chinese if any(c.isalpha() and c.isascii() for c in word)}
    assert all(len(word) <= 12 or "_" in word or "L" in word for word in common), common
    qtbot.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert words(program) == english


def test_a_tip_that_is_open_goes_with_its_language(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    QToolTip.showText(program.window.mapToGlobal(QPoint(300, 300)), "Play", program.window)
    qtbot.waitUntil(QToolTip.isVisible)
    qtbot.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_play_trains_a_classifier_and_pause_stops_it_at_once(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    first = moment(program).train_loss
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: moment(program).train_loss < first / 4, timeout=20_000)
    seen: list[Snapshot] = []
    program.session.shown.connect(seen.append)
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(seen) and not seen[-1].running)
    assert not program.session.playing
    assert moment(program).maps is not None
    assert len(moment(program).curves.iterations) > 2


def test_safe_mode_shows_the_map_instead_of_three_dimensions(open_window: Open) -> None:
    program = open_window(safe_mode=True)
    assert program.desk.views.surface.is_flat


@pytest.mark.xvfb
def test_with_opengl_the_surface_stands_in_three_dimensions(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    qtbot.waitUntil(lambda: program.session.scenery.surface is not None and program.session.scenery.surface.final)
    assert not program.desk.views.surface.is_flat


def test_a_chinese_start_is_chinese_from_the_first_word(open_window: Open) -> None:
    program = open_window(language=Language.CHINESE)
    assert {"步进", "后退", "重置"} <= words(program)
