"""The running averages of a normalising layer stand in the file, and follow the layer's size."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.document import edits
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.file import decode, encode
from gradgui.document.fitting import fitted
from gradgui.errors import UserError
from tests.document.samples import SPIRAL, changed, written


def normalised(**averages: object) -> Experiment:
    layers = [{"kind": "dense", "units": 3}, {"kind": "batch_norm", **averages}, {"kind": "dense", "units": 1}]
    return decode(written(changed(SPIRAL, ("network", "layers"), layers)))


def state(experiment: Experiment) -> list[float]:
    numbers: list[float] = compile_experiment(experiment).network.state.tolist()
    return numbers


def test_they_begin_at_what_the_file_says() -> None:
    assert state(normalised()) == [0, 0, 0, 1, 1, 1]
    assert state(normalised(mean=[1, 2, 3], var=[4, 5, 6])) == [1, 2, 3, 4, 5, 6]


def test_they_are_written_down_and_come_back() -> None:
    compiled = compile_experiment(normalised())
    compiled.trainer().run(9)
    kept = decode(encode(edits.with_averages(compiled.experiment, compiled.network)))
    assert np.array_equal(state(kept), compiled.network.state)
    assert state(kept) != state(normalised())
    assert state(edits.forget_parameters(kept)) == state(normalised())


@pytest.mark.parametrize(
    ("averages", "sentence"),
    [
        ({"mean": [1, 2]}, r"network\.layers\[1\]\.mean: expected 3 numbers, got 2"),
        ({"var": [1, -2, 3]}, r"network\.layers\[1\]\.var\[1\]: a variance is never negative, got -2"),
    ],
)
def test_those_that_cannot_be_are_refused(averages: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        compile_experiment(normalised(**averages))


def test_they_follow_the_number_of_units() -> None:
    more = edits.set_units(normalised(mean=[1, 2, 3], var=[4, 5, 6]), 0, 4)
    assert state(fitted(more, (2,))) == [1, 2, 3, 0, 4, 5, 6, 1]
    fewer = edits.set_units(normalised(mean=[1, 2, 3], var=[4, 5, 6]), 0, 2)
    assert state(fitted(fewer, (2,))) == [1, 2, 4, 5]
