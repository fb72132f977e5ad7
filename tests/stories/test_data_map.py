"""The map of the data under a hand: what its switches show and hide, and what it says where one points."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from tests.stories.conftest import Open
from tests.stories.datasheet import at
from tests.stories.fingers import seen, ticked


def test_each_switch_beside_the_map_changes_what_is_seen_and_back(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    pane = program.desk.views.data
    plane = pane._plane
    qtbot.waitUntil(lambda: plane._maps is not None and plane.width() > 100)
    shown = {
        pane._train: lambda: plane._points[False].item.isVisible(),
        pane._test: lambda: plane._points[True].item.isVisible(),
        pane._mistakes: lambda: plane._wrong.isVisible(),
    }
    document = program.session.experiment
    for toggle, is_shown in shown.items():
        before, was = seen(plane), is_shown()
        ticked(qtbot, toggle)
        assert is_shown() is not was
        assert seen(plane) != before
        ticked(qtbot, toggle)
        assert is_shown() is was
    before = seen(plane)
    ticked(qtbot, pane._discrete)
    assert seen(plane) != before, "only two colours, and a border between them"
    ticked(qtbot, pane._discrete)
    assert seen(plane) == before
    assert program.session.experiment is document, "to look is no edit"


def test_the_map_says_what_the_network_answers_where_one_points(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    pane = program.desk.views.data
    plane = pane._plane
    qtbot.waitUntil(lambda: plane._maps is not None and plane.width() > 100)
    qtbot.mouseMove(plane.viewport(), at(plane, 0.3, 4.7) + QPoint(2, 2))
    qtbot.mouseMove(plane.viewport(), at(plane, 0.3, 4.7))
    qtbot.waitUntil(pane._foot.isVisible)
    assert "x1 = " in pane._foot.text()
    assert "answer" in pane._foot.text()
