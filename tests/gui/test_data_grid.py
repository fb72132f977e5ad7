"""Rows typed by hand, without a window: what is whole, what is pasted, what is kept."""

from __future__ import annotations

import pytest

from gradgui.gui.data.grid import Grid, block_of, read
from tests.gui.datapoints import rings, sides


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1\t2\n3\t4", [["1", "2"], ["3", "4"]]),
        ("a;b\n1;2,5\n", [["1", "2,5"]]),
        ("1, 2, 3", [["1", "2", "3"]]),
        ("1 2 3\r\n4 5 6", [["1", "2", "3"], ["4", "5", "6"]]),
        ("1,5\n2,5", [["1,5"], ["2,5"]]),
        ("x\n", [["x"]]),
    ],
)
def test_a_clipboard_is_read_as_people_mean_it(text: str, block: list[list[str]]) -> None:
    assert block_of(text) == block


@pytest.mark.parametrize(("typed", "cell"), [("1.5", 1.5), ("１．５", 1.5), ("−2", -2.0), ("abc", "abc"), ("  ", "")])
def test_a_cell_is_a_number_or_its_words(typed: str, cell: float | str) -> None:
    assert read(typed) == cell


def test_points_become_rows_and_rows_become_the_same_points(monkeypatch: pytest.MonkeyPatch) -> None:
    data, _ = sides()
    grid = Grid.of(data)
    assert grid is not None
    spec = grid.spec()
    assert spec is not None
    assert [list(row) for row in spec.x] == data.inputs.tolist()
    assert [list(row) for row in spec.test_y] == data.test_targets.tolist()


def test_several_classes_have_an_answer_column_each() -> None:
    data, _ = rings()
    grid = Grid.of(data)
    assert grid is not None
    assert [grid.heading(column) for column in range(grid.width)] == ["x1", "x2", "y1", "y2", "y3"]


def test_a_row_that_is_not_whole_is_not_learnt_from() -> None:
    grid = Grid(("x1",), 1, ((1.0, 2.0), (3.0, ""), (4.0, "abc")), (False,) * 3)
    spec = grid.spec()
    assert spec is not None
    assert spec.x == ((1.0,),)
    assert grid.without_rows({0}).spec() is None


def test_the_last_input_and_the_last_answer_stay() -> None:
    grid = Grid(("x1",), 1, ((1.0, 2.0),), (False,))
    assert grid.without_column(0) is grid
    assert grid.without_column(1) is grid
    assert grid.with_input().without_column(0).names == ("x2",)
