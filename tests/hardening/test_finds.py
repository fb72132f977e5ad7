"""What monkeys have broken once stays mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.gui.data import sheet_words
from gradgui.gui.data.point_plot import Reading
from gradgui.gui.data.table import BatchModel
from gradgui.gui.editor.details import EdgeHit, NodeHit, details
from gradgui.gui.editor.maps import coloured, weight_table
from gradgui.gui.editor.pane import NetworkPane
from gradgui.gui.fonts import load_fonts
from gradgui.gui.language import Speech
from gradgui.gui.surface import words
from gradgui.gui.surface.relief import build
from gradgui.gui.theme import LIGHT, Theme
from gradgui.gui.widgets import sentences
from gradgui.session.examples import example_path
from gradgui.session.snapshot import EventKind
from gradgui.text import Language
from tests.gui import datapoints, editor_networks
from tests.gui.surfaces import car_ball, surface
from tests.hardening.monkey import replay
from tests.hardening.watching import listening
from tests.hardening.window import opened
from tests.stories.datasheet import wires

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture(autouse=True)
def letters(qapp: QApplication) -> None:
    load_fonts(qapp)


def test_a_landscape_has_nothing_to_predict(qapp: QApplication, tmp_path: Path) -> None:
    script = [("key", ("Ctrl+Shift+K",)), ("key", ("F10",)), ("pause", (60,)), ("key", ("F10",)), ("pause", (60,))]
    assert replay(qapp, tmp_path, script, "surface-ravine") is None  # type: ignore[arg-type]


def test_a_card_closes_when_its_layer_goes(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path) as program:
        snapshot = program.session.snapshot
        assert snapshot is not None
        assert details(snapshot, NodeHit(2, 0)) is not None
        assert details(snapshot, NodeHit(3, 0)) is None
        assert details(snapshot, EdgeHit(3, 0, 0)) is None


def test_weights_after_a_blow_up_can_be_painted() -> None:
    pixels = coloured(np.array([[1e300, -1e300, 0.0]]), weight_table(LIGHT), 0.0, 1e-3)
    assert pixels[0, 0] != pixels[0, 1]


def test_a_pointer_over_a_curve_that_has_just_gone_reads_nothing(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path, "spiral") as program, listening() as heard:
        curves = program.desk.views.curves
        curves._plots.hovered.emit(10**6)
        assert not heard


def test_what_was_read_off_one_data_set_is_not_looked_for_in_the_next(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path, "spiral") as program, listening() as heard:
        program.desk.views.data._hear_pointed(Reading((0.0, 0.0), sample=53))
        program.documents.open(example_path("toy-car"))
        assert not heard


def test_scroll_bars_do_not_come_and_go_for_ever(qtbot: QtBot) -> None:
    pane = NetworkPane(Speech(Language.ENGLISH), Theme(), animated=False)
    qtbot.addWidget(pane)
    pane.show()
    moment = editor_networks.snapshot([4, 8, 8, 3], 0)
    pane.show_snapshot(replace(moment, network=replace(moment.network, inputs=("sepal length",) * 4)))
    resized: list[int] = []

    def count() -> None:
        resized.append(1)
        if len(resized) > 12:
            pane.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    pane.view.resized.connect(count)
    for width in range(430, 450):
        pane.resize(width, 230)
        QApplication.processEvents()
        assert len(resized) <= 4, width
        resized.clear()


def test_a_cell_that_is_open_or_missing_is_not_opened(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path) as program, listening() as heard:
        sheet = wires(program).sheet
        sheet.show_page(sheet.table)
        view = sheet.table.view
        view.setCurrentIndex(QModelIndex())
        QTest.keyClick(view, Qt.Key.Key_Return)
        for _ in range(2):
            sheet.table.button(sheet_words.ADD_ROW).click()
            view.write_in(view.currentIndex())
        assert not heard


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_a_sentence(kind: EventKind) -> None:
    assert kind in sentences._TELLERS or kind in sentences.PLAIN


def test_a_batch_of_other_data_is_not_called_by_the_names_of_these() -> None:
    (rings, _), (sides, _) = datapoints.rings(), datapoints.sides()
    batch = datapoints.snapshot(None)
    model = BatchModel(Speech(Language.ENGLISH))
    model.show_data(rings)
    model.show_snapshot(batch)
    assert model.rowCount() == len(batch.x)
    model.show_data(rings)
    assert model.rowCount() == len(batch.x)
    model.show_data(sides)
    assert model.rowCount() == 0


def test_a_batch_of_prices_is_not_read_as_classes() -> None:
    rings, _ = datapoints.rings()
    numbered = replace(rings, targets=np.arange(3.0)[:, None])
    batch = datapoints.snapshot(None)
    prices = replace(batch, y=np.full((len(batch.x), 1), -4.25))
    model = BatchModel(Speech(Language.ENGLISH))
    model.show_data(numbered)
    model.show_snapshot(prices)
    said = [str(model.data(model.index(0, column))) for column in range(model.columnCount())]
    assert "−4.250" in said


def test_a_picture_without_any_height_has_words_too() -> None:
    flat = replace(build(surface(lambda w1, w2: 0 * w1 * w2 + 3, 11)), top=3.0, low=3.0)
    assert words.caption(flat, car_ball((0.1, 0.2), whole=True)) == words.FLAT_HERE
