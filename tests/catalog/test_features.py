"""Features are computed and written as the blackboard has them."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.features import MAPS, mapped, shown
from gradgui.errors import UserError

X = np.array([[2.0, 3.0], [-0.5, 4.0]])


@pytest.mark.parametrize(
    ("feature", "values", "written"),
    [
        ("x1", [2, -0.5], "x1"),
        ("x2", [3, 4], "x2"),
        ("x1^2", [4, 0.25], "x1²"),
        ("x2^2", [9, 16], "x2²"),
        ("x1*x2", [6, -2], "x1·x2"),
        ("sin(x1)", [0.9092974268256817, -0.479425538604203], "sin x1"),
        ("sin(x2)", [0.1411200080598672, -0.7568024953079282], "sin x2"),
        ("cos(x1)", [-0.4161468365471424, 0.8775825618903728], "cos x1"),
        ("cos(x2)", [-0.9899924966004454, -0.6536436208636119], "cos x2"),
    ],
)
def test_a_feature_has_its_value_and_its_way_of_writing(feature: str, values: list[float], written: str) -> None:
    assert mapped(X, ("x1", "x2"), (feature,))[:, 0] == pytest.approx(values, rel=1e-15)
    assert shown(feature) == written


def test_features_stand_in_the_order_asked_for() -> None:
    assert mapped(X, ("x1", "x2"), ("x2", "x1^2", "x1")).tolist() == [[3, 4, 2], [4, 0.25, -0.5]]


def test_without_features_the_raw_inputs_go_in() -> None:
    assert mapped(X, ("x1", "x2"), None) is X


def test_one_input_gives_the_features_made_from_it() -> None:
    made_from_one = tuple(feature for feature in MAPS if "x2" not in feature)
    assert mapped(X[:, :1], ("x1",), made_from_one).shape == (2, 3)


@pytest.mark.parametrize("feature", ["x1*x2", "x2^2", "x2", "x3", "exp(x1)", ""])
def test_a_feature_that_one_input_cannot_give_is_refused(feature: str) -> None:
    with pytest.raises(UserError, match="cannot be made from the inputs x1"):
        mapped(X[:, :1], ("x1",), (feature,))


def test_columns_with_names_of_their_own_can_be_picked() -> None:
    assert mapped(X, ("面积", "age"), ("age",)).tolist() == [[3], [4]]
    with pytest.raises(UserError, match="面积, age"):
        mapped(X, ("面积", "age"), ("x1^2",))


def test_a_long_list_of_inputs_is_cut_short() -> None:
    names = tuple(f"c{i}" for i in range(64))
    with pytest.raises(UserError, match="c11, …"):
        mapped(np.zeros((1, 64)), names, ("x1",))


def test_no_feature_at_all_is_refused() -> None:
    with pytest.raises(UserError, match="keep at least one"):
        mapped(X, ("x1", "x2"), ())
