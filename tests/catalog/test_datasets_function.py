"""Typed functions: their values, their noise, and mistakes shown at their place."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.datasets.function import FunctionSpec
from gradgui.errors import UserError


def refusal(spec: FunctionSpec) -> str:
    with pytest.raises(UserError) as caught:
        spec.load(None)
    assert caught.value.text.zh != caught.value.text.en
    return caught.value.text.en


def test_a_formula_of_two_inputs_gives_its_values() -> None:
    examples = FunctionSpec(expression="sin(x1)*x2", low=-2, high=3).load(None)
    assert examples.y is not None
    assert np.allclose(examples.y[:, 0], np.sin(examples.x[:, 0]) * examples.x[:, 1])
    assert -2 <= examples.x.min() < -1.9
    assert 2.9 < examples.x.max() <= 3
    assert examples.names == ("x1", "x2")


@pytest.mark.parametrize("expression", ["x1**2 - 1", "x**2 - 1"])
def test_a_formula_of_one_input_may_call_it_x(expression: str) -> None:
    examples = FunctionSpec(expression=expression, inputs=1).load(None)
    assert examples.y is not None
    assert examples.x.shape == (500, 1)
    assert np.allclose(examples.y, examples.x**2 - 1)


def test_a_constant_is_a_function_too() -> None:
    examples = FunctionSpec(expression="2.5").load(None)
    assert examples.y is not None
    assert (examples.y == 2.5).all()
    noisy = FunctionSpec(expression="2.5", noise=1.0).load(None)
    assert noisy.y is not None
    assert 0.9 < np.abs(noisy.y - 2.5).max() <= 1


def test_noise_is_measured_by_the_range_of_the_values() -> None:
    calm = FunctionSpec(expression="100*x1").load(None)
    wild = FunctionSpec(expression="100*x1", noise=1.0).load(None)
    assert calm.y is not None
    assert wild.y is not None
    half = (calm.y.max() - calm.y.min()) / 2
    assert 0.9 * half < np.abs(wild.y - calm.y).max() <= half


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("sin(x1", "column"),
        ("x3 + 1", "x3"),
        ("x1 +", "column"),
        ("__import__('os')", "data.expression"),
        ("().__class__", "data.expression"),
        ("", "column 1"),
        ("'word'", "column"),
        ("x1 if x1 > 0", "column"),
    ],
)
def test_a_wrong_formula_is_refused_at_its_place(expression: str, said: str) -> None:
    sentence = refusal(FunctionSpec(expression=expression))
    assert sentence.startswith("data.expression: ")
    assert said in sentence


def test_the_second_input_does_not_exist_where_there_is_one() -> None:
    assert "x2" in refusal(FunctionSpec(expression="x1 + x2", inputs=1))
    assert "“x + x2”" in refusal(FunctionSpec(expression="x + x2"))


@pytest.mark.parametrize("expression", ["sqrt(x1)", "log(x1)", "exp(x1*100000)", "1/(x1-x1)", "x1*1e200"])
def test_a_hole_in_the_function_is_refused_with_the_point(expression: str) -> None:
    sentence = refusal(FunctionSpec(expression=expression))
    assert "has no value, or too large a one, at x1 = " in sentence
    assert ", x2 = " in sentence


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, -2.0)])
def test_a_range_without_room_is_refused(low: float, high: float) -> None:
    assert "there is no room" in refusal(FunctionSpec(expression="x1", low=low, high=high))
