"""Stories of the homework table: numbers typed, pasted, refused at their cell, and learnt from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.catalog.datasets.table import TableSpec
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.grid_view import GridView
from gradgui.gui.data.table_page import TablePage
from gradgui.text import Language
from tests.stories.datasheet import data_of, opened, undo_count
from tests.stories.fingers import LEFT, undone
from tests.stories.fingers import typed as rewritten
from tests.stories.network_hand import NetworkHand

Open = Callable[..., Program]


def table_of(program: Program) -> TableSpec:
    data = data_of(program)
    assert isinstance(data, TableSpec)
    return data


def place(view: GridView, row: int, column: int) -> QPoint:
    return view.visualRect(view.grid_model.index(row, column)).center()


def typed(qtbot: QtBot, view: GridView, row: int, column: int, text: str) -> None:
    """Click a cell, type, press Enter."""
    qtbot.mouseClick(view.viewport(), LEFT, pos=place(view, row, column))
    qtbot.keyClick(view, text[0])
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.state() is not GridView.State.EditingState)


def cells(view: GridView) -> list[list[str]]:
    """What stands in the table, without the empty row for more."""
    model = view.grid_model
    rows = [[str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())]  # fmt: skip
    return [row for row in rows if any(row)]


def page_of(program: Program, qtbot: QtBot) -> TablePage:
    page = opened(program, qtbot, "table").table
    qtbot.waitUntil(lambda: page.view.width() > 300)
    return page


def test_a_typed_number_is_learnt_from_and_can_be_undone(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    steps = undo_count(program)
    typed(qtbot, page.view, 0, 1, "2.5")
    assert table_of(program).y == ((2.5,),)
    assert page.view.currentIndex().row() == 1
    assert undo_count(program) == steps + 1
    qtbot.waitUntil(lambda: program.session.snapshot is not None and program.session.snapshot.y[0, 0] == 2.5)
    undone(program)
    assert table_of(program).y == ((1.0,),)
    assert page.view.grid_model.index(0, 1).data() == "1"


def test_a_new_row_counts_once_all_its_cells_are_numbers(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    typed(qtbot, page.view, 1, 0, "3")
    assert table_of(program).x == ((1.0,),)
    assert page.view.grid_model.is_missing(page.view.grid_model.index(1, 1))
    typed(qtbot, page.view, 1, 1, "7")
    assert table_of(program).x == ((1.0,), (3.0,))
    assert table_of(program).y == ((1.0,), (7.0,))
    assert not page.view.grid_model.is_missing(page.view.grid_model.index(1, 1))
    assert [row[:2] for row in cells(page.view)] == [["1", "1"], ["3", "7"]]


def test_nonsense_is_refused_at_its_cell_and_the_old_number_stays_in_force(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("house-prices", Language.CHINESE)
    page = opened(program, qtbot, "table").table
    assert page.view.grid_model.grid is not None
    before = data_of(program)
    typed(qtbot, page.view, 1, 0, "abc")
    assert data_of(program) == before
    assert "第 2 行" in page.said
    assert "“abc”还不是一个数" in page.said
    assert page.view.grid_model.is_wrong(page.view.grid_model.index(1, 0))
    assert page.view.grid_model.index(1, 0).data() == "abc"


def test_a_block_from_a_spreadsheet_is_pasted_with_new_rows_and_columns(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    QGuiApplication.clipboard().setText("a\tb\tc\n1\t2\t3\n4,5\t−5\t6\n7\t8\t9\n")
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=place(page.view, 0, 0))
    qtbot.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert table_of(program).x == ((1.0, 2.0), (4.5, -5.0), (7.0, 8.0))
    assert table_of(program).y == ((3.0,), (6.0,), (9.0,))
    assert program.session.compiled is not None
    assert program.session.compiled.network.inputs == 2
    assert [row[:3] for row in cells(page.view)] == [["1", "2", "3"], ["4.500", "−5", "6"], ["7", "8", "9"]]


def test_what_is_copied_can_be_pasted_elsewhere(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    typed(qtbot, page.view, 0, 0, "-1.25")
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=place(page.view, 0, 0))
    qtbot.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "-1.25"
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=place(page.view, 0, 1))
    qtbot.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert table_of(program).y == ((-1.25,),)
    assert cells(page.view)[0][:2] == ["−1.250", "−1.250"]


def test_rows_are_deleted_and_the_last_one_stays(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    typed(qtbot, page.view, 1, 0, "3")
    typed(qtbot, page.view, 1, 1, "7")
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=place(page.view, 0, 0))
    qtbot.mouseClick(page.button(words.DROP_ROW), LEFT)
    assert table_of(program).x == ((3.0,),)
    assert [row[:2] for row in cells(page.view)] == [["3", "7"]]
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=place(page.view, 0, 0))
    qtbot.mouseClick(page.button(words.DROP_ROW), LEFT)
    assert table_of(program).x == ((3.0,),)
    assert "at least one training point" in page.said


def test_columns_come_and_go_and_the_network_follows(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    qtbot.mouseClick(page.button(words.ADD_INPUT), LEFT)
    qtbot.mouseClick(page.button(words.ADD_ANSWER), LEFT)
    assert table_of(program).x == ((1.0, 0.0),)
    assert table_of(program).y == ((1.0, 0.0),)
    assert program.session.compiled is not None
    assert (program.session.compiled.network.inputs, program.session.compiled.network.outputs) == (2, 2)
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: hand.drawn[-1] == 2 and hand.parts.columns[0].column.units == 2)
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=place(page.view, 0, 3))
    qtbot.mouseClick(page.button(words.DROP_COLUMN), LEFT)
    assert table_of(program).y == ((1.0,),)


def test_a_tick_keeps_a_row_for_testing(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    typed(qtbot, page.view, 1, 0, "3")
    typed(qtbot, page.view, 1, 1, "7")
    box = page.view.visualRect(page.view.grid_model.index(1, 2))
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=QPoint(box.left() + 14, box.center().y()))
    assert table_of(program).x == ((1.0,),)
    assert table_of(program).test_x == ((3.0,),)
    ticks = [page.view.grid_model.index(row, 2).data(Qt.ItemDataRole.CheckStateRole) for row in (0, 1)]
    assert [Qt.CheckState(tick) for tick in ticks] == [Qt.CheckState.Unchecked, Qt.CheckState.Checked]


def test_names_of_columns_stand_above_their_numbers_and_ticks(open_window: Open, qtbot: QtBot) -> None:
    model = page_of(open_window("toy-car"), qtbot).view.grid_model
    role, across = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    sides = [Qt.AlignmentFlag(model.headerData(column, across, role)) & (left | right) for column in range(3)]
    assert sides == [right, right, left]
    assert Qt.AlignmentFlag(model.index(0, 0).data(role)) & right


def test_an_input_gets_a_name_of_its_own(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("toy-car")
    page = page_of(program, qtbot)
    header = page.view.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=spot)
    qtbot.mouseDClick(header.viewport(), LEFT, pos=spot)
    dialog = page.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    rewritten(qtbot, line, "hours")
    assert table_of(program).names == ("hours",)
    assert header.model().headerData(0, Qt.Orientation.Horizontal) == "hours"
    qtbot.waitUntil(
        lambda: program.session.snapshot is not None and program.session.snapshot.network.inputs == ("hours",)
    )


@pytest.mark.parametrize("example", ["digits-dense"])
def test_what_is_too_large_to_be_typed_offers_a_small_table(open_window: Open, qtbot: QtBot, example: str) -> None:
    program = open_window(example)
    page = opened(program, qtbot, "table").table
    assert page.start_button.isVisible()
    qtbot.mouseClick(page.start_button, LEFT)
    assert table_of(program) == TableSpec.first()
    assert page.view.isVisible()


def test_the_table_ends_with_a_whole_row_in_every_window(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("circle")
    page = page_of(program, qtbot)
    view, row = page.view, page.view.verticalHeader().defaultSectionSize()
    for height in (720, 731, 900, 1080):
        program.window.resize(1280, height)
        qtbot.waitUntil(lambda: view.viewport().height() % row == 0)
        assert page._stack.height() - view.height() < row, "no more is given away than a part of a row"
