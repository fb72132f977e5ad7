"""A blow-up is found and explained."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.losses.bce import BinaryCrossEntropy
from gradgui.catalog.registry import optimizer_kinds
from gradgui.engine.events import EventKind
from gradgui.engine.gradient_check import LossAt
from gradgui.engine.trouble import Reason, find_trouble, largest_curvature, run_carefully
from gradgui.engine.update import Rule
from tests.engine.nets import Case, conv, dense, layer


def rule(rate: float, kind: str = "sgd", **options: float) -> Rule:
    return Rule(optimizer_kinds()[kind].spec(**options).build(), rate)


class EndlessLoss(BinaryCrossEntropy):
    def per_sample(self, a: np.ndarray, y: np.ndarray) -> np.ndarray:
        return a[0] * np.inf


def line(x: list[float], y: list[float], loss: str = "half_mse", output: str = "identity") -> Case:
    """One unit, one input."""
    case = Case([dense(1, output)], loss, shape=(1,), count=len(x))
    case.samples.x[...] = np.array(x)[:, None]
    case.samples.y[...] = np.array(y)[:, None]
    return case


def test_a_calm_run_has_no_trouble() -> None:
    trainer = line([1.0, 2.0], [1.0, 0.0]).trainer(rule(0.1))
    assert run_carefully(trainer, 250, every=100) is None
    assert trainer.iteration == 250
    assert find_trouble(trainer, trainer.moment()) is None
    assert trainer.iteration == 250


def test_a_learning_rate_beyond_two_over_the_curvature_is_named() -> None:
    case = line([1.0, -1.0], [1.0, 0.0])
    case.network.trainable[1] = False
    trainer = case.trainer(rule(3.0))
    trouble = run_carefully(trainer, 10_000)
    assert trouble is not None
    assert trouble.reason is Reason.RATE
    assert trouble.curvature == pytest.approx(1.0)
    assert trouble.limit == pytest.approx(2.0)
    assert "learning rate 3 is too large" in trouble.text.en
    assert "学习率 3 在这里太大了" in trouble.text.zh


def test_the_trainer_stands_at_the_last_finite_moment() -> None:
    case = line([1.0], [1.0])
    trainer = case.trainer(rule(1e6))
    start = trainer.moment()
    trouble = run_carefully(trainer, 1000)
    assert trouble is not None
    assert trainer.iteration == trouble.iteration == trouble.safe.iteration
    assert np.isfinite(trainer.network.theta).all()
    assert np.array_equal(trainer.network.theta, trouble.safe.theta)
    trainer.restore(start)
    trainer.run(trouble.iteration)
    assert np.isfinite(trainer.network.theta).all()
    trainer.run(1)
    assert not np.isfinite([*trainer.network.theta, trainer.evaluate()]).all()


def test_the_first_event_and_layer_are_found() -> None:
    case = Case([dense(2, "identity"), dense(2, "identity"), dense(1, "identity")], count=3)
    case.network.weights(1)[...] = 1e200
    case.network.weights(0)[...] = 1e200
    trainer = case.trainer(rule(0.0))
    trouble = find_trouble(trainer, trainer.moment())
    assert trouble is not None
    assert (trouble.iteration, trouble.event.layer_id, trouble.event.kind) == (0, "L2", EventKind.LINEAR)
    assert trouble.reason is Reason.OVERFLOW
    assert trouble.curvature is None
    assert trouble.limit is None
    assert trouble.text.en.startswith("Training step 1, layer 2: the weighted sums are no longer finite.")


def test_a_logarithm_of_zero_is_named() -> None:
    case = line([1.0, 1.0], [1.0, 0.0], "bce", "identity")
    case.network.theta[...] = 0.0
    trouble = run_carefully(case.trainer(rule(0.0)), 1)
    assert trouble is not None
    assert trouble.event.kind is EventKind.LOSS
    assert trouble.reason is Reason.LOGARITHM


def test_a_loss_that_is_too_large_is_no_logarithm() -> None:
    case = line([1.0], [1.0], "bce", "identity")
    case.network.theta[...] = [0.25, 0.25]
    trainer = case.trainer(rule(0.0))
    case.network.loss = EndlessLoss()
    trouble = find_trouble(trainer, trainer.moment())
    assert trouble is not None
    assert trouble.reason is Reason.OVERFLOW


def test_an_optimiser_that_divides_by_zero_is_named() -> None:
    case = line([1.0, -1.0], [1.0, -1.0])
    case.network.theta[...] = 0.0
    trainer = case.trainer(rule(0.1, "adagrad", epsilon=0.0))
    trouble = run_carefully(trainer, 5)
    assert trouble is not None
    assert trouble.event.kind is EventKind.UPDATE
    assert trouble.reason is Reason.DIVISION


def test_no_division_is_blamed_where_there_was_none() -> None:
    case = line([1.0], [1.0])
    trouble = run_carefully(case.trainer(rule(1e308, "adagrad", epsilon=0.0)), 5)
    assert trouble is not None
    assert trouble.reason is Reason.RATE


def test_bad_examples_are_named() -> None:
    case = line([1.0, np.inf], [1.0, 0.0])
    trouble = run_carefully(case.trainer(rule(0.1)), 5)
    assert trouble is not None
    assert trouble.reason is Reason.DATA


def test_what_nobody_reads_is_no_trouble() -> None:
    """∂L/∂x of the input may overflow: it is there to be seen only."""
    case = line([0.0], [1.0])
    case.network.weights(0)[...] = 1e308
    case.network.biases(0)[...] = 100.0
    trainer = case.trainer(rule(0.0))
    assert find_trouble(trainer, trainer.moment()) is None


def test_an_evaluation_that_overflows_alone_does_not_stop_the_run() -> None:
    """With batch norm the answers use running averages, which training itself does not."""
    case = Case([layer("batch_norm"), dense(1, "identity")], count=4)
    trainer = case.trainer(rule(0.0))
    case.network.state[...] = [1e200, 1e200, 1e-300, 1e-300]
    assert run_carefully(trainer, 3, every=1) is None
    assert trainer.iteration == 3


def test_every_kind_of_event_is_looked_at() -> None:
    layers = [conv(2, "tanh", size=2), layer("max_pool"), layer("layer_norm"), layer("dropout"), layer("flatten"),
              (dense(4), (4, 4), "add"), dense(2, "softmax")]  # fmt: skip
    trainer = Case(layers, "cross_entropy", shape=(1, 5, 5)).trainer(rule(0.1, "adam"))
    assert run_carefully(trainer, 3, every=1) is None
    assert find_trouble(trainer, trainer.moment()) is None


def test_curvature_is_the_largest_eigenvalue_of_the_hessian() -> None:
    case = line([-1.5, -0.5, 0.5, 1.5], [-2.7, -1.3, 0.7, 3.3])
    x1 = np.column_stack([case.samples.x, np.ones(4)])
    expected = np.linalg.eigvalsh(x1.T @ x1 / 4).max()
    at = LossAt(case.network, case.samples)
    trainable = np.ones(2, bool)
    assert largest_curvature(at, case.network.theta, trainable) == pytest.approx(expected, rel=1e-4)
    assert largest_curvature(at, np.array([np.nan, 0.0]), trainable) is None
    assert largest_curvature(at, case.network.theta, ~trainable) is None
