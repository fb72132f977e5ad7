"""Stories of the pad and the pictures: draw one, read what the network says, choose one to be traced."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.catalog.datasets.digits import DigitsSpec
from gradgui.engine.streams import shuffled
from gradgui.gui.data.pictures_page import PicturesPage
from gradgui.text import Language
from tests.stories.conftest import moment
from tests.stories.datasheet import data_of, dragged, opened
from tests.stories.fingers import LEFT, RIGHT, chosen

Open = Callable[..., Program]


def page_of(program: Program, qtbot: QtBot) -> PicturesPage:
    page = opened(program, qtbot, "pictures").pictures
    qtbot.waitUntil(lambda: page.grid.width() > 300)
    return page


def said_by_hand(program: Program, x: np.ndarray) -> np.ndarray:
    """The dense network's answer, worked out here: ReLU, ReLU, softmax."""
    for layer in moment(program).layers:
        assert layer.W is not None
        assert layer.b is not None
        z = layer.W @ x + layer.b
        x = np.maximum(z, 0)
    powers = np.exp(z - z.max())
    return np.asarray(powers / powers.sum())


def test_the_network_reads_a_drawing_at_once(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    assert page.bars.shares is None
    dragged(qtbot, page.pad, QPoint(60, 40), QPoint(130, 40), QPoint(90, 160))
    qtbot.waitUntil(lambda: page.bars.shares is not None)
    expected = said_by_hand(program, page.seen.picture.ravel())
    qtbot.waitUntil(lambda: np.allclose(page.bars.shares, expected, atol=1e-9))
    assert f"says {expected.argmax()}" in page.bars.accessibleName()
    before = page.bars.grab().toImage()
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not np.allclose(page.bars.shares, expected, atol=1e-3), timeout=20_000)
    qtbot.keyClick(program.window, Qt.Key.Key_F6)
    assert page.bars.grab().toImage() != before


def test_the_drawing_fills_the_frame_unless_told_otherwise(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    dragged(qtbot, page.pad, QPoint(90, 90), QPoint(100, 110))
    assert page.seen.picture[0].any()
    assert page.seen.picture[7].any()
    qtbot.mouseClick(page._fit, LEFT)
    assert not page.seen.picture[0].any()


def test_pixels_are_filled_and_emptied_one_by_one(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    qtbot.mouseClick(page.pens.button(1), LEFT)
    side = page.pad.width() / 8
    for column in (2, 5):
        qtbot.mouseClick(page.pad, LEFT, pos=QPoint(round((column + 0.5) * side), round(0.5 * side)))
    assert page.seen.picture.sum() == 2
    assert page.seen.picture[0, [2, 5]].tolist() == [1, 1]
    qtbot.mouseClick(page.pad, RIGHT, pos=QPoint(round(2.5 * side), round(0.5 * side)))
    assert page.seen.picture.sum() == 1
    qtbot.mouseClick(page.clear_button, LEFT)
    assert not page.seen.picture.any()
    qtbot.waitUntil(lambda: page.bars.shares is None)


def test_a_quick_hand_leaves_no_gap_between_its_pixels(open_window: Open, qtbot: QtBot) -> None:
    page = page_of(open_window("digits-dense"), qtbot)
    qtbot.mouseClick(page.pens.button(1), LEFT)
    side = page.pad.width() / 8
    top, bottom = (QPoint(round(4.5 * side), round((row + 0.5) * side)) for row in (0, 7))
    qtbot.mousePress(page.pad, LEFT, pos=top)
    qtbot.mouseMove(page.pad, bottom)  # so fast that nothing is heard of the way between
    qtbot.mouseRelease(page.pad, LEFT, pos=bottom)
    assert page.seen.picture[:, 4].tolist() == [1.0] * 8
    assert page.seen.picture.sum() == 8


def test_a_click_on_a_picture_of_the_batch_traces_it(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    sample = int(moment(program).batch[5])
    page._scroll.ensureVisible(0, page.grid.place_of(sample).center().y())
    qtbot.mouseClick(page.grid, LEFT, pos=page.grid.place_of(sample).center())
    assert moment(program).sample == 5
    assert page.grid.traced == sample


def test_a_picture_of_a_later_batch_is_reached_with_a_second_click(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    experiment = program.session.experiment
    assert experiment is not None
    sample = int(shuffled(experiment.training.seed, 0, len(page.grid.samples))[experiment.training.batch_size * 2 + 3])
    spot = page.grid.place_of(sample).center()
    qtbot.mouseClick(page.grid, LEFT, pos=spot)
    assert moment(program).iteration == 0
    assert "step 3" in program.desk.window._status.text()
    qtbot.mouseClick(page.grid, LEFT, pos=spot)
    qtbot.waitUntil(lambda: moment(program).iteration == 2)
    assert moment(program).batch[moment(program).sample] == sample
    assert page.grid.traced == sample


def test_one_class_or_only_mistakes_can_be_looked_at(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    assert program.session.compiled is not None
    labels = program.session.compiled.examples.labels
    assert labels is not None
    chosen(qtbot, page.classes, "3")
    assert set(labels[page.grid.samples]) == {3}
    qtbot.waitUntil(lambda: page._given is not None)
    qtbot.mouseClick(page.wrong, LEFT)
    given = page._given
    assert given is not None
    assert (given[page.grid.samples] != 3).all()
    assert len(page.grid.samples) == int((given[labels[: len(given)] == 3] != 3).sum())


def test_where_there_are_no_pictures_one_click_brings_the_digits(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", Language.CHINESE)
    page = opened(program, qtbot, "pictures").pictures
    assert "手写数字" in page.digits_button.text()
    qtbot.mouseClick(page.digits_button, LEFT)
    assert isinstance(data_of(program), DigitsSpec)
    assert len(page.grid.samples) == 1438
    qtbot.waitUntil(lambda: page.pad.width() > 100)
    dragged(qtbot, page.pad, QPoint(60, 40), QPoint(90, 120))
    qtbot.waitUntil(lambda: page.bars.shares is not None)


def test_the_keyboard_chooses_a_picture(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    page.grid.setFocus()
    with qtbot.waitSignal(page.sample_chosen) as picked:
        qtbot.keyClick(page.grid, Qt.Key.Key_Right)
        qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert picked.args == [1]
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)  # it is in a later batch: the second time leads there
    qtbot.waitUntil(lambda: moment(program).batch[moment(program).sample] == 1)
    qtbot.waitUntil(lambda: page.grid.traced == 1)


def test_a_click_on_a_point_of_the_map_traces_it(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    plot = program.desk.views.data._plane
    qtbot.waitUntil(lambda: plot._maps is not None and plot.width() > 100)
    sample = int(moment(program).batch[3])
    qtbot.mouseClick(plot.viewport(), LEFT, pos=plot.place_of(sample).toPoint())
    traced = moment(program)
    x, y = plot._places[False][int(traced.batch[traced.sample])]
    assert (x, y) == pytest.approx(tuple(plot._places[False][sample]), abs=0.6)
    assert plot._ring.isVisible()
    assert (plot._ring.data["x"][0], plot._ring.data["y"][0]) == (x, y)


def test_pixels_are_not_offered_to_be_fitted_and_nothing_jumps(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("digits-dense")
    page = page_of(program, qtbot)
    place = page.seen.pos()
    qtbot.mouseClick(page.pens.button(1), LEFT)
    assert not page._fit.isVisible()
    qtbot.wait(20)
    assert page.seen.pos() == place
    qtbot.mouseClick(page.pens.button(0), LEFT)
    assert page._fit.isVisible()


@pytest.mark.parametrize("height", [720, 733, 900])
def test_the_pictures_end_with_a_whole_row_wherever_they_are_scrolled(
    open_window: Open, qtbot: QtBot, height: int
) -> None:
    program = open_window("digits-dense")
    program.window.resize(1280, height)
    page = page_of(program, qtbot)
    bar, port, step = page._scroll.verticalScrollBar(), page._scroll.viewport(), page.grid.step
    side = page.grid.place_of(int(page.grid.samples[0])).height()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and port.height() % step == side)
    assert bar.maximum() % step == 0
    assert bar.singleStep() == step, "the wheel goes from row to row"
