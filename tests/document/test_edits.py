"""Edits: what they change, what they keep, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gradgui.catalog.datasets.rings import RingsSpec
from gradgui.catalog.layers.dense import DenseSpec
from gradgui.document import edits
from gradgui.document.compile import compile_experiment
from gradgui.document.edits.layers import new_layer
from gradgui.document.experiment import Experiment
from gradgui.document.file import decode, encode, from_data
from gradgui.document.fitting import fitted
from gradgui.document.suiting import suited
from gradgui.errors import UserError
from gradgui.text import Text
from tests.document.samples import changed, everything, spiral

PLANE = (2,)


def trained(experiment: Experiment, epochs: int = 2) -> Experiment:
    """After some training, with its parameters written down."""
    compiled = compile_experiment(experiment)
    compiled.trainer().run(epochs * 3)
    return edits.with_parameters(experiment, compiled.network)


def weights(experiment: Experiment, index: int) -> np.ndarray:
    return np.array(experiment.network.layers[index].W)  # type: ignore[attr-defined]


def linked() -> Experiment:
    """2 → 4 → 4 → 1 with x → L3 side by side and L1 → L3."""
    experiment = edits.add_link(spiral(), -1, 2, "concat")
    return edits.add_link(experiment, 0, 2, "concat")


# ── Layers ───────────────────────────────────────────────────────────────────────────────────────


def test_an_edit_leaves_the_old_experiment_as_it_was() -> None:
    old = spiral()
    before = encode(old)
    new = edits.set_units(old, 0, 7)
    assert encode(old) == before
    assert new.network.layers[0] == DenseSpec(units=7, activation="tanh")


def test_an_edit_that_changes_nothing_gives_the_same_experiment() -> None:
    old = spiral()
    assert edits.set_units(old, 0, 4) is old


def test_every_edit_has_a_name_in_both_languages() -> None:
    found = [value for value in vars(edits).values() if isinstance(value, edits.Edit)]
    assert len(found) > 20
    assert all(edit.name.en and edit.name.zh for edit in found)
    assert edits.insert_layer.name == Text(en="add layer", zh="添加层")


def test_more_units_keep_the_old_ones_and_draw_the_rest() -> None:
    old = trained(spiral())
    new = fitted(edits.set_units(old, 0, 6), PLANE)
    assert np.array_equal(weights(new, 0)[:4], weights(old, 0))
    assert np.array_equal(weights(new, 1)[:, :4], weights(old, 1))
    assert weights(new, 0).shape == (6, 2)
    assert weights(new, 1).shape == (4, 6)
    assert np.all(weights(new, 0)[4:] != 0)
    assert new.network.layers[2] is old.network.layers[2]
    compile_experiment(new)


def test_fewer_units_keep_the_first_ones() -> None:
    old = trained(spiral())
    new = fitted(edits.set_units(old, 1, 2), PLANE)
    assert np.array_equal(weights(new, 1), weights(old, 1)[:2])
    assert np.array_equal(weights(new, 2), weights(old, 2)[:, :2])
    compile_experiment(new)


def test_an_inserted_layer_leaves_all_others_alone() -> None:
    old = trained(spiral())
    new = fitted(edits.insert_layer(old, 1, DenseSpec(units=4)), PLANE)
    assert [np.array_equal(weights(new, i), weights(old, j)) for i, j in ((0, 0), (2, 1), (3, 2))] == [True] * 3
    compile_experiment(new)


def test_columns_stay_with_their_source_where_outputs_stand_side_by_side() -> None:
    old = trained(linked())
    new = fitted(edits.set_units(old, 1, 5), PLANE, (old, PLANE))
    before, after = weights(old, 2), weights(new, 2)
    assert np.array_equal(after[:, :4], before[:, :4])
    assert np.array_equal(after[:, 5:], before[:, 4:])
    compile_experiment(new)


def test_other_data_with_more_inputs_keep_the_old_columns() -> None:
    old = trained(spiral())
    new = fitted(edits.set_features(old, ("x1", "x2", "x1^2")), (3,))
    assert np.array_equal(weights(new, 0)[:, :2], weights(old, 0))
    compile_experiment(new)


def test_frozen_parameters_that_are_gone_are_forgotten() -> None:
    old = edits.set_frozen(trained(spiral()), 0, ("b", "W[3,1]", "W[0,1]"))
    new = fitted(edits.set_units(old, 0, 2), PLANE)
    assert new.network.layers[0].frozen == ("b", "W[0,1]")  # type: ignore[attr-defined]


def test_weights_left_to_the_seed_stay_left_to_it() -> None:
    new = fitted(edits.set_units(spiral(), 0, 6), PLANE)
    assert new.network.layers[0].W is None  # type: ignore[attr-defined]


def test_links_follow_their_layers() -> None:
    ends = lambda e: [(link.source, link.target) for link in e.network.links]  # noqa: E731
    experiment = linked()
    assert ends(experiment) == [("x", "L3"), ("L1", "L3")]
    assert ends(edits.insert_layer(experiment, 0, DenseSpec(units=2))) == [("x", "L4"), ("L2", "L4")]
    assert ends(edits.insert_layer(experiment, 3, DenseSpec(units=1))) == [("x", "L3"), ("L1", "L3")]
    assert ends(edits.remove_layer(experiment, 1)) == [("x", "L2")]
    assert ends(edits.remove_layer(experiment, 2)) == []
    assert ends(edits.duplicate_layer(experiment, 0)) == [("x", "L4"), ("L1", "L4")]
    assert ends(edits.move_layer(experiment, 2, 0)) == []
    assert ends(edits.move_layer(experiment, 0, 1)) == [("x", "L3")]


def test_a_layer_moves_with_its_weights() -> None:
    old = trained(spiral())
    new = edits.move_layer(old, 0, 1)
    assert new.network.layers == (old.network.layers[1], old.network.layers[0], old.network.layers[2])


def test_another_kind_keeps_what_both_know() -> None:
    old = edits.set_layer_name(spiral(), 1, Text(en="Body", zh="车身"))
    new = edits.set_kind(edits.set_units(old, 1, 9), 1, "conv2d")
    layer = new.network.layers[1]
    assert layer.filters == 9  # type: ignore[attr-defined]
    assert layer.activation == "relu"  # type: ignore[attr-defined]
    assert layer.name == Text(en="Body", zh="车身")


def test_every_kind_can_be_made_with_the_usual_options() -> None:
    from gradgui.catalog.registry import layer_kinds

    for kind in layer_kinds():
        assert type(new_layer(kind)).__struct_config__.tag == kind


def test_the_window_takes_twelve_hidden_layers() -> None:
    experiment = spiral()
    while len(experiment.network.layers) < 13:
        experiment = edits.duplicate_layer(experiment, 0)
    with pytest.raises(UserError, match="12 hidden layers"):
        edits.insert_layer(experiment, 0, DenseSpec(units=2))


# ── Parameters and settings ──────────────────────────────────────────────────────────────────────


def test_a_weight_and_a_bias_can_be_typed() -> None:
    experiment = edits.set_bias(edits.set_weight(trained(spiral()), 1, 2, 3, 0.25), 1, 2, -1)
    network = compile_experiment(experiment).network
    assert network.weights(1)[2, 3] == 0.25  # type: ignore[index]
    assert network.biases(1)[2] == -1  # type: ignore[index]


def test_training_goes_on_from_written_parameters_bit_for_bit() -> None:
    compiled = compile_experiment(spiral())
    compiled.trainer().run(10)
    again = compile_experiment(decode(encode(edits.with_parameters(spiral(), compiled.network))))
    assert np.array_equal(again.network.theta, compiled.network.theta)


def test_freezing_holds_a_parameter_and_unfreezing_lets_it_go() -> None:
    experiment = edits.freeze(edits.freeze(spiral(), 0, "W"), 0, "b[1]")
    compiled = compile_experiment(experiment)
    before = compiled.network.theta.copy()
    compiled.trainer().run(5)
    still = compiled.network.weights(0, compiled.network.theta == before)
    assert still is not None
    assert still.all()
    assert edits.unfreeze(edits.unfreeze(experiment, 0, "W"), 0, "b[1]") == spiral()


def test_settings_change_one_thing_and_keep_the_rest() -> None:
    experiment = edits.set_optimizer(spiral(), "momentum", momentum=0.5)
    assert experiment.optimizer.learning_rate == 0.02
    experiment = edits.set_loss(edits.set_loss(experiment, "huber", reduction="sum"), "mse")
    assert experiment.loss.reduction == "sum"
    experiment = edits.set_schedule(edits.set_training(experiment, l2=0.1), kind="step", every=3)
    assert (experiment.training.batch_size, experiment.training.l2, experiment.training.schedule.every) == (7, 0.1, 3)
    assert edits.set_seed(experiment, 5).training.seed == 5
    assert edits.set_title(experiment, None).title is None


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda e: edits.set_units(e, 0, 65), "network.layers[0].units: expected a whole number from 1 to 64, got 65"),
        (lambda e: edits.set_units(e, 9, 2), "There is no layer 10."),
        (lambda e: edits.set_units(edits.set_kind(e, 1, "dropout"), 1, 2), "no number of units"),
        (lambda e: edits.set_activation(e, 0, "nope"), "network.layers[0].activation: expected one of elu"),
        (lambda e: edits.set_options(e, 0, colour="red"), "network.layers[0].colour: there is no such key here"),
        (lambda e: edits.set_options(e, 0, init=3), "network.layers[0].init: expected text, got 3"),
        (lambda e: edits.set_kind(e, 0, "lstm"), "network.layers[0].kind: expected one of add, "),
        (lambda e: edits.set_learning_rate(e, float("nan")), "optimizer.learning_rate: expected a number from 0"),
        (lambda e: edits.set_optimizer(e, "adam", beta1=2), "optimizer.beta1: expected a number from 0 to 0.999999"),
        (lambda e: edits.set_loss(e, "rmse"), "loss.kind: expected one of bce, "),
        (lambda e: edits.set_training(e, batch_size=-1), "training.batch_size: expected a whole number"),
        (lambda e: edits.set_data(e, RingsSpec(points=3)), "data.points: expected a whole number from 10 to 5000"),
        (lambda e: edits.set_weight(e, 0, 0, 0, 1.0), "Layer 1 has no such parameter written down."),
        (lambda e: edits.set_weight(trained(e), 0, 0, 0, float("inf")), "A weight must be a finite number."),
        (lambda e: edits.add_link(e, 0, 1), '"L1" cannot feed L2'),
        (lambda e: edits.add_link(edits.add_link(e, 0, 2), 0, 2), "L1 already feeds L3"),
        (lambda e: edits.remove_layer(edits.remove_layer(edits.remove_layer(e, 0), 0), 0), "The last layer cannot"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(attempt: object, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        attempt(spiral())  # type: ignore[operator]
    assert sentence in refused.value.text.en


# ── Other data ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "units", "activation", "loss"),
    [
        ({"kind": "circle"}, 1, "sigmoid", "bce"),
        ({"kind": "rings"}, 3, "softmax", "cross_entropy"),
        ({"kind": "plane"}, 1, "identity", "half_mse"),
        ({"kind": "table", "x": [[1, 2]], "y": [[1, 2, 3]]}, 3, "identity", "half_mse"),
    ],
)
def test_the_end_of_the_network_suits_other_data(
    data: dict[str, object], units: int, activation: str, loss: str
) -> None:
    experiment = from_data(changed(everything(), ("data",), data))
    experiment = edits.set_features(edits.set_activation(experiment, 3, "softmax"), ("x9",))
    experiment = edits.set_loss(edits.set_units(experiment, 3, 2), "hinge")
    experiment = edits.forget_parameters(edits.remove_link(experiment, 0, 3))
    experiment = suited(experiment, experiment.data.load(Path()))
    last = experiment.network.layers[3]
    assert (last.units, last.activation) == (units, activation)  # type: ignore[attr-defined]
    assert type(experiment.loss).__struct_config__.tag == loss
    compile_experiment(experiment)


def test_what_suits_already_is_left_alone() -> None:
    experiment = spiral()
    assert suited(experiment, experiment.data.load(None)) is experiment
