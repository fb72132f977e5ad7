"""What a network may be, with its data."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.file import from_data
from gradgui.errors import UserError
from tests.document.samples import SPIRAL, Place, Raw, changed

LINK = {"from": "x", "to": "L3"}


def dense(units: int, **more: object) -> Raw:
    return {"kind": "dense", "units": units, **more}


def refusal(raw: Raw) -> str:
    with pytest.raises(UserError) as refused:
        compile_experiment(from_data(raw))
    return refused.value.text.en


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("network", "links"), [LINK], "network.layers[2]: what comes in cannot be joined: 4, 2; to add,"),
        (("network", "layers", 1), {"kind": "conv2d", "filters": 2}, "network.layers[1]: This layer needs a picture"),
        (("network", "layers", 0, "W"), [[1, 2]] * 3, "network.layers[0].W: expected 4 × 2 numbers, got 3 × 2."),
        (("network", "layers", 0, "W"), [[1, 2], [1]], "network.layers[0].W: expected 4 × 2 numbers, got 2 × ?."),
        (("network", "layers", 0, "W"), [], "network.layers[0].W: expected 4 × 2 numbers, got 0."),
        (("network", "layers", 0, "b"), [1], "network.layers[0].b: expected 4 numbers, got 1."),
        (("network", "layers", 0, "frozen"), ["W[4,0]"], 'network.layers[0].frozen[0]: "W[4,0]" is no parameter'),
        (("network", "layers", 0, "frozen"), ["W[0,0]x"], 'network.layers[0].frozen[0]: "W[0,0]x" is no parameter'),
        (("network", "layers", 2, "units"), 3, "The data has 2 classes, but the last layer has 3 units"),
        (("features",), ["x1", "x7"], "features[1]: expected one of x1, x2, x1^2, "),
        (("features",), [], "features: there is no feature"),
    ],
)
def test_what_cannot_work_is_refused_at_its_place(place: Place, value: object, sentence: str) -> None:
    assert sentence in refusal(changed(SPIRAL, place, value))


def test_a_network_of_a_million_parameters_is_the_largest() -> None:
    row = [0.0] * 15_700
    data = {"kind": "table", "x": [row], "y": [[0.0]]}
    raw = changed(changed(SPIRAL, ("data",), data), ("loss",), {"kind": "mse"})
    raw = changed(raw, ("network", "layers"), [dense(64), dense(1)])
    assert refusal(raw).startswith("network.layers[0]: with this layer there are 1,004,864 parameters; 1,000,000 is")
    compile_experiment(from_data(changed(raw, ("network", "layers", 0, "units"), 60)))


def test_the_engine_takes_more_layers_than_the_window_shows() -> None:
    compile_experiment(from_data(changed(SPIRAL, ("network", "layers"), [dense(2)] * 100 + [dense(1)])))
    many = changed(SPIRAL, ("network", "layers"), [dense(1)] * 257)
    assert refusal(many) == "network.layers: expected at most 256 layers, got 257"


def test_outputs_that_stand_side_by_side_need_not_be_alike() -> None:
    raw = changed(SPIRAL, ("network", "links"), [LINK | {"how": "concat"}])
    network = compile_experiment(from_data(raw)).network
    assert network.places[2].inputs == 6


def test_missing_weights_come_from_the_seed_and_given_ones_stay() -> None:
    raw = changed(SPIRAL, ("network", "layers", 1, "b"), [1, 2, 3, 4])
    one, same = (compile_experiment(from_data(raw)).network for _ in range(2))
    other = compile_experiment(from_data(changed(raw, ("training", "seed"), 2))).network
    assert np.array_equal(one.theta, same.theta)
    assert not np.array_equal(one.theta, other.theta)
    assert np.array_equal(other.biases(1), [1, 2, 3, 4])  # type: ignore[arg-type]


def test_inputs_that_overflow_in_a_feature_are_refused() -> None:
    data = {"kind": "table", "x": [[1e200, 1.0]], "y": [[0.0]]}
    raw = changed(changed(SPIRAL, ("data",), data), ("features",), ["x1^2"])
    assert refusal(raw) == "features: the inputs are so large that their features overflow"
