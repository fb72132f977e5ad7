"""Digits, flowers and typed tables hold the numbers that were published or typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gradgui import resources
from gradgui.catalog.datasets.digits import DigitsSpec
from gradgui.catalog.datasets.iris import IrisSpec
from gradgui.catalog.datasets.table import TableSpec
from gradgui.errors import UserError

ZERO = """
0 0 5 13 9 1 0 0
0 0 13 15 10 15 5 0
0 3 15 2 0 11 8 0
0 4 12 0 0 8 8 0
0 5 8 0 0 9 8 0
0 4 11 0 1 12 7 0
0 2 14 5 10 12 0 0
0 0 6 13 10 0 0 0
"""
"""The first picture, as published."""


def test_there_are_1797_digits_as_published() -> None:
    digits = DigitsSpec().whole()
    assert digits.x.shape == (1797, 64)
    assert digits.shape == (1, 8, 8)
    assert digits.labels is not None
    assert np.bincount(digits.labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (digits.x * 16).sum() == 561718
    assert (digits.x[0] * 16).tolist() == [float(pixel) for pixel in ZERO.split()]
    assert digits.labels[0] == 0


def test_pixels_go_from_white_to_black() -> None:
    digits = DigitsSpec().load(None)
    assert digits.x.min() == 0
    assert digits.x.max() == 1
    assert [name.zh for name in digits.class_names] == list("0123456789")


def test_there_are_150_flowers_as_published() -> None:
    iris = IrisSpec().whole()
    assert iris.x.shape == (150, 4)
    assert np.allclose(iris.x.sum(axis=0), [876.5, 458.6, 563.7, 179.9])
    assert iris.x[0].tolist() == [5.1, 3.5, 1.4, 0.2]
    assert iris.x[149].tolist() == [5.9, 3.0, 5.1, 1.8]
    assert iris.labels is not None
    assert np.array_equal(iris.labels, np.repeat([0, 1, 2], 50))
    assert iris.names == ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")


def test_the_flowers_have_names_in_both_languages() -> None:
    names = IrisSpec().load(None).class_names
    assert [name.en for name in names] == ["setosa", "versicolor", "virginica"]
    assert [name.zh for name in names] == ["山鸢尾", "变色鸢尾", "维吉尼亚鸢尾"]


@pytest.mark.parametrize(("spec", "count"), [(DigitsSpec, 1797), (IrisSpec, 150)])
def test_a_fifth_is_kept_for_testing(spec: type, count: int) -> None:
    examples = spec().load(None)
    assert len(examples.x) == count
    assert examples.test == round(count / 5)
    assert spec(test_fraction=0.0).load(None).test == 0


@pytest.mark.parametrize("spec", [DigitsSpec, IrisSpec])
def test_the_split_follows_from_the_seed(spec: type) -> None:
    assert np.array_equal(spec(seed=5).load(None).x, spec(seed=5).load(None).x)
    assert not np.array_equal(spec(seed=5).load(None).x, spec(seed=6).load(None).x)


@pytest.mark.parametrize("spec", [DigitsSpec, IrisSpec])
def test_fewer_points_are_the_first_of_the_shuffled_ones(spec: type) -> None:
    few, all_of_them = spec(points=100).load(None), spec().load(None)
    assert few.test == 20
    assert np.array_equal(few.x, all_of_them.x[:100])
    assert np.array_equal(few.labels, all_of_them.labels[:100])
    assert len(spec(points=5000).load(None).x) == len(all_of_them.x)


def test_shuffling_moves_no_picture_away_from_its_digit() -> None:
    whole, shuffled = DigitsSpec().whole(), DigitsSpec().load(None)
    assert whole.labels is not None
    assert shuffled.labels is not None
    known = {picture.tobytes(): label for picture, label in zip(whole.x, whole.labels, strict=True)}
    assert all(known[x.tobytes()] == label for x, label in zip(shuffled.x, shuffled.labels, strict=True))


def test_the_sources_are_named_beside_the_files() -> None:
    sources = resources.path("datasets", "SOURCES.md").read_text(encoding="utf-8")
    for file in resources.path("datasets").glob("*.[nc][ps][zv]"):
        assert file.name in sources
    assert "CC BY 4.0" in sources


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def test_a_table_stands_as_it_was_typed() -> None:
    table = TableSpec(x=((1.0, 2.0), (3.0, 4.0)), y=((5.0,), (6.0,)), test_x=((7.0, 8.0),), test_y=((9.0,),))
    examples = table.load(Path("anywhere"))
    assert examples.x.tolist() == [[1, 2], [3, 4], [7, 8]]
    assert examples.y is not None
    assert examples.y.tolist() == [[5], [6], [9]]
    assert examples.test == 1
    assert examples.names == ("x1", "x2")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TableSpec(x=(), y=()), "data.x: there is no row."),
        (TableSpec(x=((),), y=((1.0,),)), "data.x: there is no row."),
        (TableSpec(x=(), y=(), test_x=((1.0,),), test_y=((1.0,),)), "data.x: there is no row."),
        (TableSpec(x=((1.0,),), y=()), "data.y: there is no row."),
        (TableSpec(x=((1.0,), (1.0, 2.0)), y=((1.0,), (1.0,))), "data.x[1]: expected 1 numbers as in the first row"),
        (TableSpec(x=((1.0,),), y=((1.0,),), test_x=((1.0, 2.0),), test_y=((1.0,),)), "data.test_x[0]: expected 1"),
        (TableSpec(x=((1.0,), (2.0,)), y=((1.0,),)), "data.y: 1 rows, but data.x has 2."),
        (TableSpec(x=((1.0,),), y=((1.0,),), test_x=((1.0,),)), "data.test_y: 0 rows, but data.test_x has 1."),
    ],
)
def test_rows_that_do_not_fit_together_are_refused(table: TableSpec, said: str) -> None:
    with pytest.raises(UserError) as caught:
        table.load(None)
    assert caught.value.text.en.startswith(said)
    assert caught.value.text.zh.startswith(said[:6])
