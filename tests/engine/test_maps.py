"""Neuron maps show what every neuron answers, with the parameters of now."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.layers._windows import Windows
from gradgui.catalog.layers.batch_norm import BatchNorm
from gradgui.catalog.layers.conv2d import Conv2d
from gradgui.catalog.layers.dense import Dense
from gradgui.catalog.layers.dropout import Dropout
from gradgui.catalog.registry import activation_kinds, loss_kinds
from gradgui.engine.maps import BLOCK, NeuronMaps
from gradgui.engine.network import How, Network
from gradgui.engine.parts import Layer

TANH, LOSS = activation_kinds()["tanh"], loss_kinds()["half_mse"]


def network(shape: tuple[int, ...], *layers: Layer) -> Network:
    made = Network(shape, [(layer, (index - 1,), How.ADD) for index, layer in enumerate(layers)], LOSS)
    made.theta[...] = np.random.default_rng(1).standard_normal(made.size)
    return made


def grid(width: int, height: int) -> np.ndarray:
    x, y = np.meshgrid(np.linspace(-2, 2, width), np.linspace(-1, 1, height))
    return np.stack([x.ravel(), y.ravel()], axis=1)


def test_a_map_shows_the_neurons_answer_at_every_point() -> None:
    net = network((2,), Dense(3, TANH), Dropout(0.5), Dense(2, TANH))
    points = grid(7, 5)
    first, silent, last = NeuronMaps(net, points, (5, 7), np.float64).layers()
    W, V = net.matrix(0, net.theta), net.matrix(2, net.theta)
    hidden = np.tanh(points @ W[:, :-1].T + W[:, -1])
    answers = np.tanh(hidden @ V[:, :-1].T + V[:, -1])
    np.testing.assert_allclose(first, hidden.T.reshape(3, 5, 7), rtol=1e-12)
    np.testing.assert_allclose(silent, first)
    np.testing.assert_allclose(last, answers.T.reshape(2, 5, 7), rtol=1e-12)


def test_maps_follow_the_parameters_and_leave_earlier_maps_alone() -> None:
    net = network((2,), Dense(3, TANH))
    maps = NeuronMaps(net, grid(4, 4), (4, 4))
    (before,) = maps.layers()
    kept = before.copy()
    net.theta *= 2
    (after,) = maps.layers()
    np.testing.assert_array_equal(before, kept)
    assert not np.allclose(before, after)
    assert after.dtype == np.float32


def test_one_input_gives_curves() -> None:
    net = network((1,), Dense(3, TANH), Dense(1, TANH))
    layers = NeuronMaps(net, np.linspace(-1, 1, 50)[:, None], (1, 50)).layers()
    assert [layer.shape for layer in layers] == [(3, 1, 50), (1, 1, 50)]


def test_many_points_are_taken_in_blocks() -> None:
    net = network((2,), Dense(2, TANH))
    side = int((2 * BLOCK) ** 0.5) + 1
    points = grid(side, side)
    (large,) = NeuronMaps(net, points, (side, side)).layers()
    (few,) = NeuronMaps(net, points[-5:], (1, 5)).layers()
    np.testing.assert_allclose(large.reshape(2, -1)[:, -5:], few[:, 0], rtol=1e-6)


def test_any_network_has_maps() -> None:
    net = network((1, 2, 2), Conv2d(2, Windows(2, 1), TANH), BatchNorm(1e-5, 0.1))
    points = np.random.default_rng(0).standard_normal((6, 4))
    conv, norm = NeuronMaps(net, points, (2, 3), np.float64).layers()
    assert conv.shape == (2, 2, 3)
    net.state[...] = 4.0
    maps = NeuronMaps(net, points, (2, 3), np.float64)
    net.state[...] = 1.0
    np.testing.assert_allclose(maps.layers()[1][0], norm[0] * 0 + _normed(net, conv[0], 0), rtol=1e-6)


def _normed(net: Network, a: np.ndarray, channel: int) -> np.ndarray:
    scale, shift = net.matrix(1, net.theta)[channel]
    return scale * (a - 1.0) / np.sqrt(1.0 + 1e-5) + shift


@pytest.mark.filterwarnings("error")
def test_overflow_is_no_noise() -> None:
    net = network((2,), Dense(2, activation_kinds()["sigmoid"]))
    net.theta[...] = 1e30
    (layer,) = NeuronMaps(net, grid(3, 3), (3, 3)).layers()
    assert np.isfinite(layer).all()
