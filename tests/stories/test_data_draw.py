"""Stories of the brush: points come, move and go under the mouse, one stroke one step of undo."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.catalog.datasets.circle import CircleSpec
from gradgui.catalog.datasets.points import PointsSpec
from gradgui.catalog.datasets.table import TableSpec
from gradgui.gui.data.draw_page import DrawPage
from gradgui.gui.data.point_plot import PointPlot
from gradgui.gui.theme import CLASSES
from gradgui.text import Language
from tests.stories.datasheet import at, data_of, dragged, opened, turned, undo_count
from tests.stories.fingers import LEFT, RIGHT, redone, typed, undone
from tests.stories.network_hand import NetworkHand

Open = Callable[..., Program]


def paper(program: Program, qtbot: QtBot) -> tuple[DrawPage, PointPlot]:
    """The drawing page with a picture of the network on it, laid out."""
    page = opened(program, qtbot, "draw").draw
    plot = page.plot
    assert plot is not None
    qtbot.waitUntil(lambda: plot.plotItem.getViewBox().sceneBoundingRect().width() > 250)
    qtbot.waitUntil(lambda: plot._maps is not None)
    return page, plot


def drawn(plot: PointPlot, test: bool = False) -> int:
    """How many points stand on the paper."""
    return len(plot._points[test].item.data)


def own(program: Program) -> PointsSpec:
    data = data_of(program)
    assert isinstance(data, PointsSpec)
    return data


def test_a_stroke_adds_points_of_the_chosen_class_and_is_one_step_of_undo(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    page, plot = paper(program, qtbot)
    steps = undo_count(program)
    qtbot.mouseClick(page.classes.button(1), LEFT)
    dragged(qtbot, plot.viewport(), at(plot, -4, 4), at(plot, 4, 4))
    drawn_points = own(program)
    new = np.array(drawn_points.x[250:])
    assert len(new) >= 4
    assert set(drawn_points.labels[250:]) == {1}
    assert new[0] == pytest.approx([-4, 4], abs=0.1)
    assert np.ptp(new[:, 1]) < 0.1
    assert len(drawn_points.test_x) == 250
    assert undo_count(program) == steps + 1
    assert program.session.editing.history is not None
    assert program.session.editing.history.names[-1].en == "draw points"
    assert drawn(plot) == len(drawn_points.x)
    undone(program)
    assert isinstance(data_of(program), CircleSpec)
    assert drawn(plot) == 250
    redone(program)
    assert own(program) == drawn_points
    assert drawn(plot) == len(drawn_points.x)


def test_a_single_click_draws_a_single_point_where_it_was(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("xor")
    page, plot = paper(program, qtbot)
    before = drawn(plot)
    qtbot.mouseClick(page.classes.button(0), LEFT)
    place = at(plot, 0, 0)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=place)
    assert len(own(program).x) == before + 1
    assert own(program).x[-1] == pytest.approx((0, 0), abs=0.05)
    qtbot.waitUntil(lambda: program.session.snapshot is not None and not plot._still)
    colour = plot.grab().toImage().pixelColor(at(plot, 0, 0))
    assert abs(colour.hue() - QColor(CLASSES[0]).hue()) < 15


def test_a_new_class_gives_the_network_another_output(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("gauss")
    page, plot = paper(program, qtbot)
    qtbot.mouseClick(page.classes.button(2), LEFT)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at(plot, -2, 2))
    assert own(program).classes == 3
    assert own(program).labels[-1] == 2
    assert program.session.compiled is not None
    assert program.session.compiled.network.outputs == 3
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: hand.drawn[-1] == 3)
    qtbot.waitUntil(lambda: not plot._still)
    colour = plot.grab().toImage().pixelColor(at(plot, -2, 2))
    assert abs(colour.hue() - QColor(CLASSES[2]).hue()) < 15


def test_a_point_is_dragged_elsewhere(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("gauss")
    sheet = opened(program, qtbot)
    qtbot.mouseClick(sheet.gallery.card("points"), LEFT)
    turned(sheet, sheet.draw, qtbot)
    page = sheet.draw
    plot = page.plot
    assert plot is not None
    qtbot.waitUntil(lambda: plot.plotItem.getViewBox().sceneBoundingRect().width() > 250)
    qtbot.waitUntil(lambda: plot._maps is not None and plot._maps.extent[0] == -6)
    qtbot.mouseClick(page.tools.button(1), LEFT)
    dragged(qtbot, plot.viewport(), at(plot, 2, -2), at(plot, -4, -4))
    assert own(program).x[3] == pytest.approx((-4, -4), abs=0.1)
    assert own(program).labels == (0, 0, 0, 1, 1, 1)
    assert program.session.editing.history is not None
    assert program.session.editing.history.names[-1].zh == "移动点"
    assert plot._places[False][3] == pytest.approx((-4, -4), abs=0.1)
    assert drawn(plot) == 6


@pytest.mark.parametrize("button", [LEFT, RIGHT])
def test_the_eraser_and_the_right_button_take_points_away(
    open_window: Open, qtbot: QtBot, button: Qt.MouseButton
) -> None:
    program = open_window("circle")
    page, plot = paper(program, qtbot)
    if button is LEFT:
        qtbot.mouseClick(page.tools.button(2), LEFT)
        assert page.said.startswith("Drag over points to erase them"), "the words below tell what this tool does"
    dragged(qtbot, plot.viewport(), at(plot, -2, 0), at(plot, 2, 0), button=button)
    left = np.array(own(program).x)
    assert 0 < len(left) < 250
    assert not (np.hypot(left[:, 0], left[:, 1]) < 0.2).any()
    assert drawn(plot) == len(left)
    undone(program)
    assert drawn(plot) == 250


def test_the_map_behind_the_points_stays_as_it_is_during_a_stroke(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    page, plot = paper(program, qtbot)
    qtbot.waitUntil(lambda: plot._maps is not None)
    far, before = at(plot, -5.5, 5.5), plot._answers
    colour = plot.grab().toImage().pixelColor(far)
    qtbot.mouseClick(page.tools.button(2), LEFT)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, -2, 0))
    qtbot.mouseMove(plot.viewport(), at(plot, 0, 0))
    qtbot.mouseMove(plot.viewport(), at(plot, 1, 0))
    assert drawn(plot) < 250
    assert plot._answers == before, "from −1 to +1, as the network was taught"
    assert plot.grab().toImage().pixelColor(far) == colour
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=at(plot, 1, 0))


def test_the_last_training_point_cannot_be_erased(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", Language.CHINESE)
    page, plot = paper(program, qtbot)
    qtbot.mouseClick(page.clear_button, LEFT)
    assert isinstance(data_of(program), CircleSpec)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at(plot, 1, 1))
    assert len(own(program).x) == 1
    qtbot.mouseClick(plot.viewport(), RIGHT, pos=at(plot, 1, 1))
    assert len(own(program).x) == 1
    assert "至少要留下一个训练点" in page.said
    assert drawn(plot) == 1


def test_points_for_testing_are_kept_apart(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    page, plot = paper(program, qtbot)
    qtbot.mouseClick(page._test, LEFT)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at(plot, 0, 0))
    assert len(own(program).test_x) == drawn(plot, test=True) == 251
    assert len(own(program).x) == drawn(plot) == 250


def test_escape_gives_a_stroke_up(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    page, plot = paper(program, qtbot)
    before = data_of(program)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0, 0))
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=at(plot, 0, 0))
    assert data_of(program) == before
    assert drawn(plot) == 250
    assert page.isVisible()


def test_points_of_a_curve_are_drawn_where_they_are_meant(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("sine")
    page, plot = paper(program, qtbot)
    assert page.classes.isHidden()
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at(plot, 2, -1))
    data = data_of(program)
    assert isinstance(data, TableSpec)
    assert (*data.x[-1], *data.y[-1]) == pytest.approx((2, -1), abs=0.05)
    assert plot._places[False][-1] == pytest.approx((2, -1), abs=0.05)
    assert drawn(plot) == len(data.x)


def test_heights_are_drawn_with_the_typed_value(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("plane")
    page, plot = paper(program, qtbot)
    typed(qtbot, page._value, "-0.5")
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at(plot, 1, 2))
    data = data_of(program)
    assert isinstance(data, TableSpec)
    assert data.x[-1] == pytest.approx((1, 2), abs=0.05)
    assert data.y[-1] == (-0.5,)
    assert plot._places[False][-1] == pytest.approx((1, 2), abs=0.05)
    assert drawn(plot) == len(data.x)


def test_where_nothing_can_be_drawn_one_click_begins_with_two_classes(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("iris")
    page = opened(program, qtbot, "draw").draw
    assert page.plot is None
    qtbot.mouseClick(page.start_button, LEFT)
    assert own(program) == PointsSpec.first()
    assert page.plot is not None
    assert drawn(page.plot) == len(PointsSpec.first().x)
