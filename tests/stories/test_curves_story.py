"""The curves under a hand: scale, reading, going back to a moment, layers, classes, runs beside each other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.gui.curves.pane import loss_words
from gradgui.gui.widgets.naming import compact
from gradgui.gui.widgets.segmented import Segmented
from tests.stories.conftest import Open, moment
from tests.stories.fingers import CTRL, LEFT, seen


def pressed(qtbot: QtBot, group: Segmented, number: int) -> None:
    qtbot.mouseClick(group.button(number), LEFT)


def make_steps(program: Program, qtbot: QtBot, count: int) -> None:
    """Whole steps by keys from the start, each seen to its end."""
    for step in range(count):
        qtbot.keyClick(program.window, Qt.Key.Key_Right, CTRL)
        qtbot.waitUntil(lambda step=step: moment(program).iteration == step and moment(program).cursor > 20)


def test_the_mouse_turns_reads_and_follows_the_curves(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", safe_mode=True)
    qtbot.keyClick(program.window, Qt.Key.Key_5, CTRL)
    pane = program.desk.views.curves
    make_steps(program, qtbot, 6)
    curves, plots = moment(program).curves, pane._plots
    qtbot.waitUntil(lambda: np.array_equal(plots._train.getData()[1], curves.train_loss))
    assert curves.iterations.size >= 6

    linear = seen(plots)
    pressed(qtbot, pane._scale, 1)
    assert np.allclose(plots._train.getData()[1], np.log10(curves.train_loss))
    assert seen(plots) != linear
    pressed(qtbot, pane._scale, 0)
    assert np.array_equal(plots._train.getData()[1], curves.train_loss)
    assert seen(plots) == linear

    place = plots.place_of(2).toPoint()
    qtbot.mouseMove(plots.viewport(), place + QPoint(3, 3))
    qtbot.mouseMove(plots.viewport(), place)
    qtbot.waitUntil(pane._balloon.isVisible)
    assert f"<b>{loss_words(curves.train_loss[2])}</b>" in pane._balloon.text()

    qtbot.mouseClick(plots.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: moment(program).iteration == int(curves.iterations[2]) - 1)
    assert moment(program).cursor == len(moment(program).network.events), "all is done that made this point"
    qtbot.waitUntil(lambda: plots._nows[0].value() == curves.iterations[2])

    pressed(qtbot, pane.tabs, 1)
    assert pane._layers.isVisible()
    assert not plots.isVisible()
    pressed(qtbot, pane.tabs, 3)
    assert pane._matrix.isVisible()
    pressed(qtbot, pane.tabs, 0)
    assert plots.isVisible()


def test_the_pages_of_the_curves_are_whole_in_the_title_of_a_narrow_pane(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", safe_mode=True)
    program.window.resize(1280, 720)
    program.window.bring_forward("curves")
    tabs = program.desk.views.curves.tabs
    qtbot.waitUntil(tabs.isVisible)
    buttons = [tabs.button(number) for number in range(4)]

    def whole() -> bool:
        ends = [(b.x(), b.x() + b.width()) for b in buttons]
        inside = tabs.mapTo(program.window.pane("curves"), tabs.rect().topRight()).x()
        parted = all(end <= start for (_, end), (start, _) in pairwise(ends))
        roomy = all(b.fontMetrics().horizontalAdvance(b.text()) < b.width() for b in buttons)
        return parted and roomy and ends[-1][1] <= tabs.width() and inside < program.window.pane("curves").width()

    qtbot.waitUntil(whole)


def test_ten_classes_are_counted_for_both_sets_and_a_cell_says_what_it_means(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense", safe_mode=True)
    qtbot.keyClick(program.window, Qt.Key.Key_5, CTRL)
    pane = program.desk.views.curves
    matrix = pane._matrix
    pressed(qtbot, pane.tabs, 3)
    qtbot.waitUntil(lambda: matrix.isVisible() and matrix.table.shape == (10, 10))
    trained, picture = matrix.table.sum(), seen(matrix)
    pressed(qtbot, matrix.sets, 1)
    assert matrix.table.sum() == 1797 - trained
    assert seen(matrix) != picture
    row, column = np.unravel_index(int(matrix.table.argmax()), matrix.table.shape)
    place = matrix.cell(int(row), int(column)).center().toPoint()
    qtbot.mouseMove(matrix, place + QPoint(1, 1))
    qtbot.mouseMove(matrix, place)
    assert f"{matrix.table.max():.0f}" in matrix.toolTip()
    assert f"{row}" in matrix.toolTip()


def test_gradients_and_steps_of_every_layer_are_read_off_and_a_click_goes_to_their_moment(
    open_window: Open, qtbot: QtBot
) -> None:
    program = open_window("spiral", safe_mode=True)
    qtbot.keyClick(program.window, Qt.Key.Key_5, CTRL)
    pane = program.desk.views.curves
    make_steps(program, qtbot, 5)
    curves, layers = moment(program).curves, pane._layers
    pictures = []
    for page, values in ((1, curves.gradient_norms), (2, curves.update_ratios)):
        pressed(qtbot, pane.tabs, page)
        qtbot.waitUntil(lambda: layers.isVisible() and layers.width() > 200)
        place = layers.place_of(3).toPoint()
        qtbot.mouseMove(layers.viewport(), place + QPoint(3, 3))
        qtbot.mouseMove(layers.viewport(), place)
        qtbot.waitUntil(pane._layer_balloon.isVisible)
        assert all(f"<b>{compact(float(value))}</b>" in pane._layer_balloon.text() for value in values[3])
        ends = [line[1][-1] for line in layers.lines()]
        assert ends == pytest.approx(np.log10(values[-1]))
        pictures.append(seen(layers))
    assert pictures[0] != pictures[1]
    qtbot.mouseClick(layers.viewport(), LEFT, pos=layers.place_of(3).toPoint())
    qtbot.waitUntil(lambda: moment(program).iteration == int(curves.iterations[3]) - 1)
    qtbot.waitUntil(lambda: layers._now.value() == curves.iterations[3])
