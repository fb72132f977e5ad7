"""One particular neuron is taken out, and everything else stays whose it was."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from gradgui.catalog.layers._base import WeightedSpec
from gradgui.document.compile import compile_experiment
from gradgui.document.edits import freeze, remove_unit, with_parameters
from gradgui.document.experiment import Experiment
from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.session.examples import example_path


@pytest.fixture
def written() -> Experiment:
    """XOR, 2-4-1, with its weights written down."""
    experiment = read(example_path("xor"))
    return with_parameters(experiment, compile_experiment(experiment).network)


def weights(experiment: Experiment, layer: int) -> WeightedSpec:
    spec = experiment.network.layers[layer]
    assert isinstance(spec, WeightedSpec)
    return spec


def test_its_row_and_its_column_in_the_next_layer_go(written: Experiment) -> None:
    after = remove_unit(written, 0, 1)
    assert np.array_equal(weights(after, 0).W, np.delete(weights(written, 0).W, 1, axis=0))
    assert np.array_equal(weights(after, 0).b, np.delete(weights(written, 0).b, 1))
    assert np.array_equal(weights(after, 1).W, np.delete(weights(written, 1).W, 1, axis=1))
    compile_experiment(after)


def test_a_neuron_that_says_nothing_can_go_without_any_change_of_the_answer(written: Experiment) -> None:
    layers = list(written.network.layers)
    W = np.array(weights(written, 1).W)
    W[:, 2] = 0
    layers[1] = msgspec.structs.replace(layers[1], W=tuple(tuple(row) for row in W.tolist()))
    silent = written.with_(network=msgspec.structs.replace(written.network, layers=tuple(layers)))
    before, after = compile_experiment(silent), compile_experiment(remove_unit(silent, 0, 2))
    assert after.trainer().evaluate() == pytest.approx(before.trainer().evaluate(), rel=1e-6)


def test_names_of_frozen_parameters_move_up(written: Experiment) -> None:
    for name in ("W[0,1]", "W[1,0]", "W[3,1]", "b[2]"):
        written = freeze(written, 0, name)
    written = freeze(written, 1, "W[0,3]")
    after = remove_unit(written, 0, 1)
    assert weights(after, 0).frozen == ("W[0,1]", "W[2,1]", "b[1]")
    assert weights(after, 1).frozen == ("W[0,2]",)


@pytest.mark.parametrize(("layer", "unit"), [(1, 0), (0, 9), (5, 0)])
def test_the_last_neuron_and_neurons_that_are_not_there_stay(written: Experiment, layer: int, unit: int) -> None:
    with pytest.raises(UserError):
        remove_unit(written, layer, unit)
