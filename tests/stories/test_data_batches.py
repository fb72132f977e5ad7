"""Stories of batches: which one is on show, which points are in it, and how another one is reached."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.engine.streams import shuffled
from gradgui.session.batches import next_step_with
from gradgui.text import Language
from tests.stories.conftest import moment
from tests.stories.datasheet import wires
from tests.stories.fingers import LEFT, typed

Open = Callable[..., Program]


def test_the_arrows_lead_to_the_next_batch_and_back_to_the_same_numbers(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle", Language.CHINESE)
    picker = wires(program).tracing.batches
    assert picker.number.text() == "批次 1/25"
    before = moment(program).batch.copy()
    qtbot.mouseClick(picker.on, LEFT)
    qtbot.waitUntil(lambda: moment(program).iteration == 1)
    assert picker.number.text() == "批次 2/25"
    assert set(moment(program).batch).isdisjoint(before)
    qtbot.mouseClick(picker.back, LEFT)
    qtbot.waitUntil(lambda: moment(program).iteration == 0)
    assert np.array_equal(moment(program).batch, before)


def test_presses_that_come_faster_than_the_pictures_each_turn_to_another_batch(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    picker = wires(program).tracing.batches
    for _ in range(5):  # nothing of it is shown before the next press
        qtbot.mouseClick(picker.on, LEFT)
    qtbot.waitUntil(lambda: picker.number.text() == "batch 6/25")
    for _ in range(7):
        qtbot.mouseClick(picker.back, LEFT)
    qtbot.waitUntil(lambda: picker.number.text() == "batch 1/25")
    assert (moment(program).iteration, moment(program).cursor) == (0, 0)


def test_a_batch_can_be_typed(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    picker = wires(program).tracing.batches
    qtbot.mouseClick(picker.number, LEFT)
    dialog = picker.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    field = dialog.findChild(QSpinBox)
    assert isinstance(field, QSpinBox)
    line = field.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    typed(qtbot, line, "4")
    qtbot.waitUntil(lambda: moment(program).iteration == 3)
    assert picker.number.text() == "batch 4/25"


def test_the_points_of_the_batch_are_ringed_while_nothing_runs(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    plot = program.desk.views.data._plane
    qtbot.waitUntil(lambda: plot._maps is not None)
    assert plot._batch.isVisible()
    ringed = np.column_stack([plot._batch.data["x"], plot._batch.data["y"]])
    assert np.allclose(ringed, plot._places[False][moment(program).batch])
    program.desk.theme.use_dark(True)
    assert plot._batch.opts["pen"].color().name() == program.desk.theme.palette.ink.lower()
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: moment(program).running)
    qtbot.waitUntil(lambda: not plot._batch.isVisible())
    qtbot.keyClick(program.window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: plot._batch.isVisible())


def test_where_all_samples_are_one_batch_there_is_nothing_to_choose(open_window: Open) -> None:
    program = open_window("toy-car")
    assert wires(program).tracing.batches.isHidden()


def test_the_step_of_a_sample_is_the_one_that_learns_from_it(open_window: Open) -> None:
    program = open_window("circle")
    compiled = program.session.compiled
    assert compiled is not None
    training = compiled.experiment.training
    for sample, since in ((0, 0), (17, 3), (249, 24), (5, 60)):
        step = next_step_with(compiled, sample, since)
        epoch, slot = divmod(step, 25)
        order = shuffled(training.seed, epoch, 250)
        assert sample in order[slot * 10 : slot * 10 + 10]
        assert since <= step < since + 50
