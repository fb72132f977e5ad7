"""Networks: shapes, parameters in one vector, and what cannot be wired."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.errors import UserError
from tests.engine.nets import Case, conv, dense, layer

PICTURE = (2, 5, 6)


def test_all_parameters_lie_in_one_vector() -> None:
    network = Case([dense(3), layer("flatten"), dense(2)]).network
    assert (network.inputs, network.outputs, network.size) == (2, 2, 9 + 8)
    weights, biases = network.weights(2), network.biases(2)
    weights[...], biases[...] = 7.0, 8.0
    assert network.theta[9:].reshape(2, 4).tolist() == [[7.0, 7.0, 7.0, 8.0]] * 2
    assert network.weights(1) is None
    assert network.biases(1) is None
    assert network.weight_mask().tolist() == [True, True, False] * 3 + [True, True, True, False] * 2


def test_a_copy_in_another_precision_is_a_network_of_its_own() -> None:
    network = Case([dense(3), layer("batch_norm")]).network
    network.trainable[1] = False
    network.state[0] = 5.0
    twin = network.copy_as(np.float32)
    assert np.array_equal(twin.theta, network.theta.astype(np.float32))
    assert np.array_equal(twin.trainable, network.trainable)
    assert twin.state[0] == 5.0
    twin.theta[...] = 0
    assert network.theta.any()


@pytest.mark.parametrize(
    ("layers", "shape", "words"),
    [
        ([dense(3), (dense(2), (0, -1), "add")], (2,), "3 and 2 cannot be added"),
        (
            [conv(3, size=2), (conv(2, size=2), (0, -1), "concat")],
            PICTURE,
            "2 × 5 × 6 cannot be put beside",
        ),
        ([conv(3, size=2)], (4,), "needs a picture"),
        ([layer("max_pool")], (4,), "needs a picture"),
        ([layer("avg_pool", size=8)], PICTURE, "does not fit into a picture of 5 × 6"),
        ([conv(1, size=9, padding=1)], PICTURE, "A window of 9 × 9 does not fit"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(layers: list[object], shape: tuple[int, ...], words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        Case(layers, shape=shape)
    assert caught.value.text.zh != caught.value.text.en


def test_a_convolution_counts_its_windows_as_fan() -> None:
    place = Case([conv(4, size=3)], shape=PICTURE).network.places[0]
    assert place.layer.fan(place.input_shape) == (2 * 9, 4 * 9)
