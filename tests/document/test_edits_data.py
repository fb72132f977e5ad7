"""Edits of the examples: another set keeps what it can, features keep their weights, ends suit their data."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradgui.catalog.datasets.circle import CircleSpec
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.catalog.datasets.digits import DigitsSpec
from gradgui.catalog.datasets.points import PointsSpec
from gradgui.catalog.datasets.spiral import SpiralSpec
from gradgui.catalog.datasets.table import TableSpec
from gradgui.catalog.layers.dense import DenseSpec
from gradgui.document.edits import choose_set, set_data, set_data_option, set_feature
from gradgui.document.experiment import Experiment
from gradgui.document.file import decode, encode, read
from gradgui.document.suiting import suited
from gradgui.errors import UserError
from gradgui.session.examples import example_path


@pytest.fixture
def circle() -> Experiment:
    return read(example_path("circle"))


def test_another_drawn_set_keeps_noise_points_split_and_seed(circle: Experiment) -> None:
    changed = set_data_option(set_data_option(circle, "noise", 0.3), "seed", 7)
    after = choose_set(changed, "spiral").data
    assert after == SpiralSpec(points=500, noise=0.3, test_fraction=0.5, seed=7)
    assert choose_set(changed, "digits").data == DigitsSpec()


def test_a_title_that_is_only_the_set_s_name_follows_the_set(circle: Experiment) -> None:
    spiral = choose_set(circle, "spiral")
    assert spiral.title is not None
    assert (spiral.title.en, spiral.title.zh) == ("Spiral", "螺旋")
    table = set_data(circle, CsvSpec(path="class 7/prices.csv"))
    assert table.title is not None
    assert table.title.zh == "prices"
    assert choose_set(table, "circle").title == circle.title
    own = circle.with_(title=read(example_path("toy-car")).title)
    assert choose_set(own, "spiral").title == own.title


def test_choosing_the_set_in_force_changes_nothing(circle: Experiment) -> None:
    assert choose_set(circle, "circle") is circle
    assert choose_set(circle, "csv") is circle
    with pytest.raises(UserError, match="data\\.kind"):
        choose_set(circle, "square")


def test_an_option_out_of_range_is_refused_with_its_place(circle: Experiment) -> None:
    with pytest.raises(UserError, match="data\\.noise"):
        set_data_option(circle, "noise", 1.5)


def test_columns_of_weights_follow_their_features(circle: Experiment) -> None:
    layers = list(circle.network.layers)
    layers[0] = DenseSpec(units=1, W=((10.0, 20.0),), b=(0.0,))
    start = circle.with_(network=type(circle.network)(layers=(layers[0], DenseSpec(units=1))))
    wider = set_feature(start, "x1*x2", True, ("x1", "x2"))
    first = wider.network.layers[0]
    assert isinstance(first, DenseSpec)
    assert first.W is not None
    assert first.W[0][:2] == (10.0, 20.0)
    narrower = set_feature(wider, "x1", False, ("x1", "x2"))
    assert narrower.features == ("x2", "x1*x2")
    last = narrower.network.layers[0]
    assert isinstance(last, DenseSpec)
    assert ((20.0, first.W[0][2]),) == last.W


def test_all_raw_inputs_need_no_list(circle: Experiment) -> None:
    wider = set_feature(circle, "x1^2", True, ("x1", "x2"))
    assert set_feature(wider, "x1^2", False, ("x1", "x2")).features is None


def test_points_survive_a_file_and_say_what_is_wrong(circle: Experiment) -> None:
    drawn = set_data(circle, PointsSpec(x=((1.0, 2.0), (3.0, 4.0)), labels=(0, 2), test_x=((0.0, 0.0),),
                                        test_labels=(1,), classes=3))  # fmt: skip
    assert decode(encode(drawn)) == drawn
    examples = drawn.data.load(None)
    assert examples.labels is not None
    assert (examples.labels.tolist(), examples.test, examples.classes) == ([0, 2, 1], 1, 3)
    for spec, place in (
        (PointsSpec(x=(), labels=()), "data.x"),
        (PointsSpec(x=((0.0, 0.0),), labels=()), "data.labels"),
        (PointsSpec(x=((0.0, 0.0),), labels=(2,)), r"data.labels\[0\]"),
    ):
        with pytest.raises(UserError, match=place):
            spec.load(None)


def test_inputs_of_a_table_have_the_names_they_were_given() -> None:
    table = TableSpec(x=((1.0, 2.0),), y=((3.0,),), names=("hours", "sleep"))
    assert table.load(None).names == ("hours", "sleep")
    for names in (("hours",), ("hours", "hours"), ("hours", " ")):
        with pytest.raises(UserError, match=r"data\.names"):
            TableSpec(x=((1.0, 2.0),), y=((3.0,),), names=names).load(None)


def test_answers_of_0_and_1_may_keep_their_yes_or_no_end() -> None:
    cat = read(example_path("cat"))
    two = cat.with_(data=TableSpec(x=((1.0,), (2.0,)), y=((1.0,), (0.0,))))
    ends = [(spec.units, spec.activation) for spec in (cat.network.layers[-1],) if isinstance(spec, DenseSpec)]
    after = suited(two, two.data.load(Path()))
    last = after.network.layers[-1]
    assert isinstance(last, DenseSpec)
    assert [(last.units, last.activation)] == ends
    assert after.loss == cat.loss


def test_a_circle_is_still_a_circle() -> None:
    assert CircleSpec.first() == CircleSpec()
