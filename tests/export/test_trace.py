"""A trace tells one training step event by event, in numbers that can be checked by hand."""

from __future__ import annotations

import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.export.trace import trace
from gradgui.session.examples import example_path


def rows() -> dict[tuple[str, str], object]:
    compiled = compile_experiment(read(example_path("toy-car")))
    return {(row.layer or "", row.kind): row.value for row in trace(compiled)}


def test_the_blame_of_the_toy_car_is_five_two_and_one() -> None:
    traced = rows()
    assert traced["L3", "dL/db"] == [5.0]
    assert traced["L2", "dL/dW"] == [[2.0]]
    assert traced["L1", "dL/dW"] == [[1.0]]


def test_the_loss_of_the_toy_car_is_twelve_and_a_half() -> None:
    assert 12.5 in rows().values()


def test_a_batch_that_does_not_exist_is_refused_in_a_sentence() -> None:
    with pytest.raises(UserError):
        list(trace(compile_experiment(read(example_path("toy-car"))), batch=7))
