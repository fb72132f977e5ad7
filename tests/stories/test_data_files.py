"""Stories of data from files: looked into, columns given their roles, refused by name, learnt from, saved and found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gradgui.app import Program
from gradgui.catalog.datasets.circle import CircleSpec
from gradgui.catalog.datasets.csv import CsvSpec, _remembered
from gradgui.catalog.datasets.digits import DigitsSpec
from gradgui.document.change import made_to_fit
from gradgui.document.file import read, write
from gradgui.gui.data.csv_dialog import CsvDialog
from gradgui.text import Language
from gradgui.wiring import documents
from gradgui.wiring.locking import KIOSK, hide
from tests.stories.conftest import moment
from tests.stories.datasheet import data_of, opened, undo_count, wires
from tests.stories.fingers import LEFT, chosen, typed, undone
from tests.stories.network_hand import NetworkHand
from tests.stories.test_documents import drop

Open = Callable[..., Program]

SCORES = "姓名;小时;睡眠;成绩\n张三;3,5;8;70\n李四;2,0;;60\n王五;5,5;6;88\n赵六;4,0;7;75\n"


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    """Written by a Chinese spreadsheet: GB 18030, semicolons, decimal commas, and one value missing."""
    path = tmp_path / "scores.csv"
    path.write_bytes(SCORES.encode("gb18030"))
    return path


def picked(program: Program, qtbot: QtBot, path: Path) -> CsvDialog:
    """Press the card, choose the file, and see the dialog."""
    sheet = opened(program, qtbot)
    qtbot.mouseClick(sheet.gallery.card("csv"), LEFT)
    chooser = program.window.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.close()
    dialog = wires(program).files.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview.names != ())
    return dialog


def test_a_file_is_shown_before_it_is_taken_over_with_everything_found_out(
    open_window: Open, qtbot: QtBot, scores: Path
) -> None:
    program = open_window("circle", Language.CHINESE)
    dialog = picked(program, qtbot, scores)
    assert dialog.preview.names == ("姓名", "小时", "睡眠", "成绩")
    roles = [dialog.preview.choice(k).choice for k in range(4)]
    assert roles == ["ignore", "input", "input", "answer"], "names of students are nothing to learn from"
    found = [dialog.option(name).currentText() for name in ("encoding", "delimiter", "header", "decimal")]
    assert found == ["自动：GB 18030", "自动：分号 ;", "自动：是", "自动：逗号 ,"]
    assert dialog.preview.item(1, 1).text() == "3,5"
    qtbot.mouseClick(dialog._cancel, LEFT)
    assert isinstance(data_of(program), CircleSpec)


def test_a_missing_value_is_named_by_row_and_column_and_ignoring_the_column_mends_it(
    open_window: Open, qtbot: QtBot, scores: Path
) -> None:
    program = open_window("circle", Language.CHINESE)
    dialog = picked(program, qtbot, scores)
    qtbot.waitUntil(lambda: "第 3 行“睡眠”列：缺少数值" in dialog.said.text())
    assert not dialog.use.isEnabled()
    chosen(qtbot, dialog.preview.choice(2), "ignore")
    qtbot.waitUntil(dialog.use.isEnabled)
    assert "1 个输入" in dialog.said.text()
    steps = undo_count(program)
    qtbot.mouseClick(dialog.use, LEFT)
    data = data_of(program)
    assert isinstance(data, CsvSpec)
    assert (data.targets, data.ignored) == (("成绩",), ("姓名", "睡眠"))
    assert undo_count(program) == steps + 1
    assert program.session.compiled is not None
    assert program.session.compiled.examples.names == ("小时",)
    assert wires(program).files.dialog is None
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: hand.parts.columns[0].column.units == 1)
    undone(program)
    assert isinstance(data_of(program), CircleSpec)
    hand.wait(lambda: hand.parts.columns[0].column.units == 2)


def test_without_an_answer_or_an_input_nothing_can_be_taken(open_window: Open, qtbot: QtBot, scores: Path) -> None:
    program = open_window("circle")
    dialog = picked(program, qtbot, scores)
    chosen(qtbot, dialog.preview.choice(3), "ignore")
    assert dialog.said.text() == "Choose a column as the answer."
    for column in range(3):
        chosen(qtbot, dialog.preview.choice(column), "ignore")
    chosen(qtbot, dialog.preview.choice(3), "answer")
    assert dialog.said.text() == "Choose at least one column as an input."
    assert not dialog.use.isEnabled()
    dialog.reject()


def test_what_was_found_can_be_overruled(open_window: Open, qtbot: QtBot, scores: Path) -> None:
    program = open_window("circle")
    dialog = picked(program, qtbot, scores)
    chosen(qtbot, dialog.option("delimiter"), "|")
    qtbot.waitUntil(lambda: len(dialog.preview.names) == 1)
    assert dialog.preview.columnCount() == 1
    assert dialog.preview.horizontalHeaderItem(0).text().startswith("姓名;小时;睡眠;成绩")
    assert dialog.spec.delimiter == "|"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert isinstance(data_of(program), CircleSpec), "Escape takes nothing over"


def test_words_as_the_answer_become_classes(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "pets.csv"
    path.write_text("weight,legs,pet\n4,4,cat\n30,4,dog\n0.1,2,bird\n5,4,cat\n25,4,dog\n", encoding="utf-8")
    program = open_window("circle")
    dialog = picked(program, qtbot, path)
    qtbot.waitUntil(lambda: "one of 3 classes" in dialog.said.text())
    qtbot.mouseClick(dialog.use, LEFT)
    assert program.session.compiled is not None
    assert program.session.compiled.network.outputs == 3
    assert [name.en for name in program.session.compiled.examples.class_names] == ["bird", "cat", "dog"]
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: hand.drawn[-1] == 3)


def test_a_file_that_is_no_table_is_refused_in_a_sentence(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "cat.csv"
    path.write_bytes(b"\0\1\2\3")
    program = open_window("circle")
    assert drop(program, path, program.window.rect().center())
    dialog = wires(program).files.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "null characters" in dialog.said.text())
    assert not dialog.use.isEnabled()
    qtbot.mouseClick(dialog.use, LEFT)
    assert isinstance(data_of(program), CircleSpec)
    dialog.reject()


def test_what_is_learnt_is_told_in_the_units_of_the_file(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("house-prices")
    sheet = opened(program, qtbot)
    qtbot.keyClick(program.window, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: "price 价格 =" in sheet.gallery.units)
    compiled = program.session.compiled
    assert compiled is not None
    scaling = compiled.examples.scaling
    assert scaling is not None
    last = moment(program).layers[0]
    assert last.W is not None
    assert last.b is not None
    raw = np.array([[100.0, 3, 10, 5, 1, 0, 0]])
    z = (raw - scaling.x_mean) / scaling.x_scale @ last.W.T + last.b
    by_hand = float((z * scaling.y_scale + scaling.y_mean)[0, 0])
    words = sheet.gallery.units.split("=", 1)[1].replace("−", "-").replace("+ ", "+").replace("- ", "-")
    shown = [float(word) for word in words.replace("·", " ").split() if _is_number(word)]
    assert shown[0] + np.dot(shown[1:8], raw[0]) == pytest.approx(by_hand, rel=0.01)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def test_a_saved_experiment_brings_its_file_along_and_opens_again(
    open_window: Open, qtbot: QtBot, scores: Path, tmp_path: Path
) -> None:
    program = open_window("circle")
    dialog = picked(program, qtbot, scores)
    chosen(qtbot, dialog.preview.choice(2), "ignore")
    qtbot.waitUntil(dialog.use.isEnabled)
    qtbot.mouseClick(dialog.use, LEFT)
    folder = tmp_path / "homework"
    folder.mkdir()
    assert program.documents._write(folder / "mine.gradgui")
    assert (folder / "scores.csv").read_bytes() == scores.read_bytes()
    saved = read(folder / "mine.gradgui").data
    assert isinstance(saved, CsvSpec)
    assert saved.path == "scores.csv"
    scores.unlink()
    assert program.documents.open(folder / "mine.gradgui")


def test_the_columns_of_the_file_in_force_can_be_changed(open_window: Open, qtbot: QtBot) -> None:
    program = open_window("house-prices")
    sheet = opened(program, qtbot)
    qtbot.mouseClick(sheet.gallery.elsewhere, LEFT)
    dialog = wires(program).files.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.use.isEnabled)
    assert dialog.preview.choice(5).choice == "answer"
    chosen(qtbot, dialog.preview.choice(4), "ignore")
    qtbot.waitUntil(dialog.use.isEnabled)
    qtbot.mouseClick(dialog.use, LEFT)
    data = data_of(program)
    assert isinstance(data, CsvSpec)
    assert data.path == "house-prices.csv"
    assert data.ignored == ("district 城区",)
    assert program.session.compiled is not None
    assert program.session.compiled.network.inputs == 4
    hand = NetworkHand(program, qtbot)
    hand.wait(lambda: hand.parts.columns[0].column.units == 4)


def test_what_the_answer_is_and_how_it_is_measured_and_split_are_chosen_in_the_dialog(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "stars.csv"
    path.write_text("a,b,stars\n" + "".join(f"{k},{k * k % 7},{k % 3}\n" for k in range(20)), encoding="utf-8")
    program = open_window("circle")
    dialog = picked(program, qtbot, path)
    for number, said in ((2, "one of 3 classes"), (1, "the answer is a number")):
        qtbot.mouseClick(dialog.kind.choice.button(number), LEFT)
        qtbot.waitUntil(lambda said=said: said in dialog.said.text())
    qtbot.mouseClick(dialog.scale.choice.button(0), LEFT)
    typed(qtbot, dialog.test.field, "50")
    typed(qtbot, dialog.seed.field, "7")
    qtbot.waitUntil(lambda: "10 training and 10 test rows" in dialog.said.text())
    qtbot.mouseClick(dialog.use, LEFT)
    data = data_of(program)
    assert isinstance(data, CsvSpec)
    assert (data.target_type, data.standardise, data.test_fraction, data.seed) == ("number", "none", 0.5, 7)
    compiled = program.session.compiled
    assert compiled is not None
    assert (compiled.examples.scaling, len(compiled.train)) == (None, 10)
    qtbot.waitUntil(lambda: moment(program).y.shape[1] == 1)
    view = program.desk.views.data._stack.currentWidget()
    assert view is program.desk.views.data._plane, "two inputs and a number: they are seen as heights of a plane"
    assert (len(view._places[False]), len(view._places[True])) == (10, 10)


def test_a_table_dropped_on_the_window_is_looked_into(open_window: Open, qtbot: QtBot, scores: Path) -> None:
    program = open_window("circle")
    before = data_of(program)
    assert drop(program, scores, program.window.rect().center())
    dialog = wires(program).files.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.preview.names) == 4)
    assert data_of(program) == before
    dialog.reject()


def test_the_window_goes_on_while_the_large_table_of_an_opened_file_is_read(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = open_window("digits-dense")
    rows = np.random.default_rng(7).normal(size=(4000, 40)).round(4)
    np.savetxt(tmp_path / "large.csv", rows, "%.4f", ",", header=",".join(f"c{n}" for n in range(40)), comments="")
    now = program.session.experiment
    assert now is not None
    learnt = made_to_fit(now.with_(data=CsvSpec(path="large.csv")), now, (64,), tmp_path)
    write(tmp_path / "mine.gradgui", learnt)
    _remembered.cache_clear()
    read_so_far = list[Path]()
    monkeypatch.setattr(documents, "read", lambda path: (read_so_far.append(path), read(path))[1])
    program.leaving.open_file(tmp_path / "mine.gradgui")
    assert isinstance(data_of(program), DigitsSpec), "not yet"
    assert "large.csv" in program.window._status.text()
    qtbot.waitUntil(lambda: isinstance(data_of(program), CsvSpec))
    assert program.documents.path == tmp_path / "mine.gradgui"
    assert read_so_far == [tmp_path / "mine.gradgui"], "once is enough: an experiment may be large too"
    qtbot.waitUntil(lambda: moment(program).x.shape[1] == 39)


def test_a_machine_in_the_open_asks_for_no_file(open_window: Open, qtbot: QtBot) -> None:
    program = open_window()
    hide(program.actions, KIOSK)
    sheet = opened(program, qtbot)
    qtbot.mouseClick(sheet.gallery.card("csv"), LEFT)
    assert sheet.gallery.refusal == "No files are opened on this machine."
    assert program.window.findChild(QFileDialog) is None
    assert not sheet.gallery.card("csv").isChecked()


@pytest.mark.parametrize("size", [None, (860, 560), (860, 577), (700, 600)])
def test_the_preview_of_a_file_ends_with_a_whole_row(
    open_window: Open, qtbot: QtBot, tmp_path: Path, size: tuple[int, int] | None
) -> None:
    table = tmp_path / "long.csv"
    table.write_text("a,b,c,d,e,f,g\n" + "".join(f"{k},1,2,3,4,5,{k % 3}\n" for k in range(60)))
    program = open_window("circle")
    dialog = picked(program, qtbot, table)
    if size is not None:
        dialog.resize(*size)
    preview = dialog.preview

    def part_of_a_row() -> int:
        seen = preview.viewport().height()
        last = preview.rowAt(seen - 1)
        return preview.rowViewportPosition(last) + preview.rowHeight(last) - seen

    qtbot.waitUntil(lambda: preview.rowCount() > 20 and part_of_a_row() <= 1)
    dialog.reject()
