"""Data reached by keys, rows and small fields: points read one by one, rows of a batch, whole rows deleted, seeds."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradgui.catalog.datasets.table import TableSpec
from gradgui.gui.data.slider_row import SliderRow
from gradgui.gui.data.small_rows import SeedRow
from tests.stories.conftest import Open, moment
from tests.stories.datasheet import at, data_of, opened
from tests.stories.fingers import CTRL, LEFT, around, seen, typed, undone


def test_arrows_read_one_point_after_the_other_and_enter_traces_it(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("xor")
    pane = program.desk.views.data
    plane = pane._plane
    qtbot.waitUntil(lambda: plane._maps is not None and plane.width() > 100)
    plane.setFocus(Qt.FocusReason.TabFocusReason)
    read = []
    for _ in range(2):
        qtbot.keyClick(plane, Qt.Key.Key_Right)
        assert plane._cursor.isVisible()
        x, y = plane._places[False][plane._read]
        assert (plane._cursor.data["x"][0], plane._cursor.data["y"][0]) == (x, y)
        read.append(pane._foot.text())
    assert read[0] != read[1]
    wanted = plane._read
    for _ in range(2):  # it is in a later batch: the second time leads there
        qtbot.keyClick(plane, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: moment(program).batch[moment(program).sample] == wanted)
    assert (plane._ring.data["x"][0], plane._ring.data["y"][0]) == tuple(plane._places[False][wanted])


def test_a_click_on_a_row_of_the_batch_traces_its_sample(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("iris")
    table = program.desk.views.data._table
    qtbot.waitUntil(lambda: table.isVisible() and table.model().rowCount() > 3)
    places = [table.visualRect(table.model().index(row, 0)) for row in (0, 2)]
    tints = [seen(table.viewport(), place) for place in places]
    qtbot.mouseClick(table.viewport(), LEFT, pos=places[1].center())
    qtbot.waitUntil(lambda: moment(program).sample == 2)
    assert table.model().chosen_row == 2
    qtbot.mouseMove(table.viewport(), QPoint(table.viewport().width() - 4, table.viewport().height() - 4))
    assert all(seen(table.viewport(), place) != tint for place, tint in zip(places, tints, strict=True)), (
        "the tint moved"
    )


def test_delete_empties_a_cell_and_takes_whole_rows_away(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = opened(program, qtbot, "table").table
    view = page.view
    qtbot.waitUntil(lambda: view.width() > 300)
    QApplication.clipboard().setText("1\t2\n3\t4\n5\t6\n")
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.grid_model.index(0, 0)).center())
    qtbot.keyClick(view, Qt.Key.Key_V, CTRL)
    data = data_of(program)
    assert isinstance(data, TableSpec)
    assert data.x == ((1.0,), (3.0,), (5.0,))
    header = view.verticalHeader()
    side = QPoint(header.width() // 2, header.sectionViewportPosition(1) + 8)
    qtbot.mouseClick(header.viewport(), LEFT, pos=side)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    data = data_of(program)
    assert isinstance(data, TableSpec)
    assert data.x == ((1.0,), (5.0,))
    assert [view.grid_model.index(row, 0).data() for row in (0, 1)] == ["1", "5"]
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.grid_model.index(1, 1)).center())
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert view.grid_model.is_missing(view.grid_model.index(1, 1))
    assert not view.grid_model.index(1, 1).data()


def test_noise_and_seed_are_typed_and_a_field_with_the_keys_is_turned_by_the_wheel(
    open_window: Open, qtbot: QtBot
) -> None:
    program = open_window("circle")
    form = opened(program, qtbot).gallery.form
    noise, seed = form.row("noise"), form.row("seed")
    plane = program.desk.views.data._plane
    assert isinstance(noise, SliderRow)
    assert isinstance(seed, SeedRow)
    drawn = [plane._places[False].copy()]
    typed(qtbot, noise.field, "35")
    assert data_of(program).noise == 0.35  # type: ignore[attr-defined]
    drawn.append(plane._places[False].copy())
    field = noise.field
    place = QPointF(field.rect().center())
    far, none = QPointF(field.mapToGlobal(field.rect().center())), Qt.MouseButton.NoButton
    up = QWheelEvent(place, far, QPoint(), QPoint(0, 120), none, Qt.KeyboardModifier.NoModifier,
                     Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(field, up)
    assert data_of(program).noise == 0.36  # type: ignore[attr-defined]
    assert field.text() == "36"
    typed(qtbot, seed.field, "5")
    assert data_of(program).seed == 5  # type: ignore[attr-defined]
    drawn.append(plane._places[False].copy())
    assert not np.allclose(drawn[0], drawn[1])
    assert not np.allclose(drawn[1], drawn[2])
    undone(program, 3)
    assert np.array_equal(plane._places[False], drawn[0])
    assert (field.text(), seed.field.text()) == ("10", "1")


def test_a_point_of_a_curve_is_chosen_by_a_click_on_it(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("sine")
    line = program.desk.views.data._line
    qtbot.waitUntil(lambda: line.isVisible() and line._maps is not None and line.width() > 100)
    qtbot.waitUntil(line._ring.isVisible)
    before = moment(program).sample
    sample = int(moment(program).batch[(before + 3) % len(moment(program).batch)])
    place = at(line, *line._places[False][sample])
    plain = seen(line, around(place))
    qtbot.mouseClick(line.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: moment(program).sample != before)
    traced = int(moment(program).batch[moment(program).sample])
    assert traced == sample
    assert line._ring.data["x"][0] == line._places[False][traced][0]
    assert seen(line, around(place)) != plain
