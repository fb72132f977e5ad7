"""Stories of the gallery: a set, its options and its features, chosen with the mouse and the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.catalog.datasets.circle import CircleSpec
from gradgui.catalog.datasets.function import FunctionSpec
from gradgui.catalog.datasets.spiral import SpiralSpec
from gradgui.catalog.layers.dense import DenseSpec
from gradgui.gui.data.formula_row import FormulaRow
from gradgui.gui.data.slider_row import SliderRow
from gradgui.gui.data.small_rows import SeedRow
from gradgui.text import Language
from tests.stories.datasheet import data_of, opened, slid, undo_count, wires
from tests.stories.fingers import LEFT, typed, undone
from tests.stories.network_hand import NetworkHand

Open = Callable[..., Program]


def test_a_click_on_a_card_changes_the_data_and_undo_brings_the_old_ones_back(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    before = data_of(program)
    assert isinstance(before, CircleSpec)
    qtbot.mouseClick(sheet.gallery.card("spiral"), LEFT)
    after = data_of(program)
    assert isinstance(after, SpiralSpec)
    assert after.noise == before.noise
    assert sheet.gallery.card("spiral").isChecked()
    assert not sheet.gallery.card("circle").isChecked()
    assert wires(program).button.text() == "Spiral"
    undone(program)
    assert data_of(program) == before
    assert wires(program).button.text() == "Circle"
    assert sheet.gallery.card("circle").isChecked()


def test_the_end_of_the_network_suits_the_chosen_set(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    hand = NetworkHand(program, qtbot)
    for kind, outputs in (("rings", 3), ("digits", 10), ("iris", 3), ("sine", 1), ("moons", 1)):
        qtbot.mouseClick(sheet.gallery.card(kind), LEFT)
        assert program.session.compiled is not None
        assert program.session.compiled.network.outputs == outputs
        assert program.desk.window.notices.text is None
        hand.wait(lambda outputs=outputs: hand.drawn[-1] == outputs)


def test_an_output_that_cannot_reach_the_numbers_of_the_chosen_set_becomes_one_that_can(
    open_window: Open, qtbot: QtBot
) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)

    def output() -> str | None:
        assert program.session.experiment is not None
        last = program.session.experiment.network.layers[-1]
        assert isinstance(last, DenseSpec)
        return last.activation

    assert output() == "tanh"
    qtbot.mouseClick(sheet.gallery.card("spiral"), LEFT)
    assert output() == "tanh", "classes −1 and 1 are within its reach"
    qtbot.mouseClick(sheet.gallery.card("function"), LEFT)
    assert output() == "identity", "sin x1 + x2 / 5 goes up to 2"
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: "identity" in hand.written)


def test_dragging_the_noise_moves_the_points_live_and_is_one_step_of_undo(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    told: list[object] = []
    program.session.data_changed.connect(told.append)
    plane = program.desk.views.data._plane
    calm = plane._places[False].copy()
    steps = undo_count(program)
    row = sheet.gallery.form.row("noise")
    assert isinstance(row, SliderRow)
    slid(qtbot, row, 0.8)
    data = data_of(program)
    assert isinstance(data, CircleSpec)
    assert data.noise == pytest.approx(0.8, abs=0.05)
    assert row.field.value == pytest.approx(100 * data.noise)
    assert len(told) >= 2
    assert undo_count(program) == steps + 1
    assert np.abs(plane._places[False] - calm).max() > 1
    undone(program)
    assert data_of(program).noise == 0.1  # type: ignore[attr-defined]
    assert np.array_equal(plane._places[False], calm)
    assert row.field.text() == "10"


def test_a_typed_number_of_points_is_what_the_pane_shows(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    row = sheet.gallery.form.row("points")
    assert isinstance(row, SliderRow)
    typed(qtbot, row.field, "64")
    assert data_of(program).points == 64  # type: ignore[attr-defined]
    assert "32 training, 32 test" in program.desk.views.data._count.text()


def test_the_split_is_slid_and_points_for_testing_become_points_to_learn_from(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    row = sheet.gallery.form.row("test_fraction")
    assert isinstance(row, SliderRow)
    slid(qtbot, row, 0.1)
    data = data_of(program)
    assert isinstance(data, CircleSpec)
    assert 0 < data.test_fraction < 0.2
    train = round(data.points * (1 - data.test_fraction))
    assert f"{train} training, {data.points - train} test" in program.desk.views.data._count.text()
    plane = program.desk.views.data._plane
    assert (len(plane._places[False]), len(plane._places[True])) == (train, data.points - train)


def test_draw_again_takes_the_next_seed(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    row = sheet.gallery.form.row("seed")
    assert isinstance(row, SeedRow)
    assert program.session.compiled is not None
    before = program.session.compiled.examples.x
    qtbot.mouseClick(row.again, LEFT)
    assert data_of(program).seed == 2  # type: ignore[attr-defined]
    assert not np.array_equal(program.session.compiled.examples.x, before)
    plane = program.desk.views.data._plane
    assert np.array_equal(plane._places[False], program.session.compiled.train.x[:, :2])


def test_weights_stay_with_their_features(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)

    def first_layer() -> np.ndarray:
        assert program.session.experiment is not None
        spec = program.session.experiment.network.layers[0]
        assert isinstance(spec, DenseSpec)
        assert spec.W is not None
        return np.array(spec.W)

    qtbot.mouseClick(sheet.gallery.features.chip("x1^2"), LEFT)
    three = first_layer()
    assert program.session.experiment is not None
    assert program.session.experiment.features == ("x1", "x2", "x1^2")
    qtbot.waitUntil(lambda: program.session.snapshot is not None and program.session.snapshot.x.shape[1] == 3)
    qtbot.mouseClick(sheet.gallery.features.chip("x1"), LEFT)
    assert np.array_equal(first_layer(), three[:, 1:])
    assert program.session.experiment.features == ("x2", "x1^2")
    chips = sheet.gallery.features
    assert [chips.chip(name).isChecked() for name in ("x1", "x2", "x1^2")] == [False, True, True]
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: hand.parts.columns[0].column.units == 2)


def test_the_last_feature_stays_and_the_sheet_says_why(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("sine")
    sheet = opened(program, qtbot)
    qtbot.mouseClick(sheet.gallery.features.chip("x1"), LEFT)
    assert program.session.compiled is not None
    assert program.session.compiled.network.inputs == 1
    assert "at least one feature" in sheet.gallery.refusal
    assert sheet.gallery.features.chip("x1").isChecked()


def test_a_wrong_formula_is_explained_below_it_and_the_old_one_stays(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", Language.CHINESE)
    sheet = opened(program, qtbot)
    qtbot.mouseClick(sheet.gallery.card("function"), LEFT)
    row = sheet.gallery.form.row("expression")
    assert isinstance(row, FormulaRow)
    typed(qtbot, row.line, "sin(x1")
    assert "不像一个公式" in row.said
    assert row.line.property("refused") is True
    data = data_of(program)
    assert isinstance(data, FunctionSpec)
    assert data.expression == FunctionSpec.first().expression
    qtbot.keyClicks(row.line, ") * x2")
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    after = data_of(program)
    assert isinstance(after, FunctionSpec)
    assert after.expression == "sin(x1) * x2"
    assert row.line.property("refused") is False


def test_the_keyboard_walks_through_the_gallery(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    card = sheet.gallery.card("circle")
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Right)
    assert sheet.gallery.card("gauss").hasFocus()
    qtbot.keyClick(sheet.gallery.card("gauss"), Qt.Key.Key_Space)
    assert type(data_of(program)).__name__ == "GaussSpec"
    assert sheet.gallery.card("gauss").isChecked()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_card_in_force_has_a_frame_and_the_others_have_none(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    sheet = opened(program, qtbot)
    ink = QColor(program.desk.theme.palette.ink)
    for kind, framed in (("circle", True), ("xor", False)):
        picture = sheet.gallery.card(kind).grab().toImage()
        edge = picture.pixelColor(picture.width() // 2, 1)
        assert (abs(edge.lightness() - ink.lightness()) < 90) is framed


def test_in_a_low_window_the_chosen_data_come_to_the_front(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    program.window.resize(1100, 660)
    sheet = opened(program, qtbot)
    program.window.bring_forward("curves")
    qtbot.waitUntil(lambda: not program.desk.views.data.isVisible())
    qtbot.mouseClick(sheet.gallery.card("moons"), LEFT)
    assert type(data_of(program)).__name__ == "MoonsSpec"
    assert program.desk.views.data.isVisible()
