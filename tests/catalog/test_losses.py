"""Losses where numbers get extreme."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.registry import loss_kinds
from tests.engine.nets import Case, dense, step_through

CLOSED = [("bce", "sigmoid"), ("cross_entropy", "softmax")]


@pytest.mark.parametrize(("loss", "output"), CLOSED)
@pytest.mark.parametrize("right", [True, False])
def test_scores_of_a_thousand_give_finite_loss_and_gradient(loss: str, output: str, right: bool) -> None:
    case = Case([dense(2, output)], loss, count=2)
    case.network.theta[...] = 0
    case.network.weights(0)[...] = [[1000.0, 0.0], [0.0, 1000.0]]
    case.samples.x[...] = np.array([[1.0, -1.0], [-1.0, 1.0]])
    case.samples.y[...] = np.eye(2) if right else 1 - np.eye(2)
    trainer = case.trainer()
    program = step_through(trainer)
    assert program.buffers.loss == pytest.approx(0.0 if right else 2000.0, abs=1e-12)
    assert trainer.evaluate() == program.buffers.loss
    size = 0.0 if right else 0.5
    assert np.allclose(np.abs(case.network.biases(0, case.network.grad)), 0.0, atol=1e-12)
    assert np.allclose(np.abs(case.network.weights(0, case.network.grad)), 2 * size, atol=1e-12)


@pytest.mark.parametrize(("loss", "output"), CLOSED)
def test_a_nearly_perfect_answer_still_has_a_loss(loss: str, output: str) -> None:
    case = Case([dense(2, output)], loss, count=1)
    case.network.weights(0)[...] = 0
    case.network.biases(0)[...] = [30.0, -30.0]
    case.samples.y[...] = [[1.0, 0.0]]
    expected = {"bce": 2 * np.log1p(np.exp(-30)), "cross_entropy": np.log1p(np.exp(-60))}[loss]
    assert case.trainer().evaluate() == pytest.approx(expected, rel=1e-3, abs=1e-16)


@pytest.mark.parametrize(("loss", "output"), CLOSED)
def test_soft_targets_have_their_own_smallest_loss(loss: str, output: str) -> None:
    case = Case([dense(2, output)], loss, count=1)
    case.network.weights(0)[...] = 0
    case.samples.y[...] = [[0.75, 0.25]]
    z = np.log(3) / (1 if loss == "bce" else 2)
    case.network.biases(0)[...] = [z, -z]
    program = step_through(case.trainer())
    entropy = -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))
    assert program.buffers.loss == pytest.approx(entropy * (2 if loss == "bce" else 1))
    assert np.allclose(case.network.grad, 0, atol=1e-15)


def test_open_cross_entropies_take_nothing_times_minus_infinity_as_nothing() -> None:
    a, y = np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]])
    assert loss_kinds()["bce"].per_sample(a, y) == [0.0]
    assert loss_kinds()["cross_entropy"].per_sample(a, y) == [0.0]
    assert loss_kinds()["bce"].per_sample(1 - a, y) == [np.inf]
    assert loss_kinds()["cross_entropy"].per_sample(1 - a, y) == [np.inf]


def test_huber_turns_straight_at_its_delta() -> None:
    spec = loss_kinds()["huber"].spec
    a, y = np.array([[3.0, 0.5]]), np.zeros((1, 2))
    assert spec(delta=2.0).build().per_sample(a, y).tolist() == [4.0, 0.125]
    assert spec().build().per_sample(a, y).tolist() == [2.5, 0.125]
