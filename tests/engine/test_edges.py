"""Extreme settings give a right answer or a clear sentence: never a traceback, never a silent NaN."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from gradgui.catalog.registry import activation_kinds, layer_kinds, optimizer_kinds
from gradgui.engine.trouble import run_carefully
from gradgui.engine.update import Rule
from tests.engine.nets import Case, conv, dense, layer

OPTIMIZERS = sorted(optimizer_kinds())


def rule(rate: float, kind: str = "sgd") -> Rule:
    return Rule(optimizer_kinds()[kind].spec().build(), rate)


def finite_or_explained(case: Case, rule: Rule, steps: int = 50) -> str:
    """Train; "" if all is finite, else the sentence that explains it."""
    trainer = case.trainer(rule, batch_size=2)
    trouble = run_carefully(trainer, steps, every=10)
    assert np.isfinite(case.network.theta).all()
    if trouble is None:
        assert np.isfinite(trainer.evaluate())
        return ""
    assert trouble.text.zh
    return trouble.text.en


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("activation", sorted(activation_kinds()))
def test_a_learning_rate_of_a_million(activation: str, optimizer: str) -> None:
    case = Case([dense(4, activation), dense(4, activation), dense(1, "identity")], count=6)
    sentence = finite_or_explained(case, rule(1e6, optimizer))
    assert sentence == "" or "no longer finite" in sentence


@pytest.mark.parametrize("loss", ["bce", "cross_entropy", "mae", "huber"])
def test_a_learning_rate_of_a_million_with_bounded_gradients(loss: str) -> None:
    output = {"bce": "sigmoid", "cross_entropy": "softmax"}.get(loss, "identity")
    finite_or_explained(Case([dense(4, "tanh"), dense(2, output)], loss, count=6), rule(1e6))


@pytest.mark.parametrize("activation", sorted(activation_kinds()))
def test_all_weights_zero(activation: str) -> None:
    case = Case([dense(3, activation), dense(3, activation), dense(2, "softmax")], "cross_entropy")
    case.network.theta[...] = 0
    case.prove(floor=1e-3)
    case.network.theta[...] = 0
    assert finite_or_explained(case, rule(0.1)) == ""


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_single_sample(optimizer: str) -> None:
    case = Case([dense(3), layer("batch_norm"), layer("layer_norm"), dense(1)], count=1)
    assert finite_or_explained(case, rule(0.01, optimizer)) == ""


def test_a_single_sample_through_batch_norm_has_the_right_gradient() -> None:
    Case([dense(3), layer("batch_norm"), dense(1)], count=1).prove(floor=1e-3)


def test_a_single_class() -> None:
    case = Case([dense(3), dense(1, "sigmoid")], "bce", count=6)
    case.samples.y[...] = 1.0
    case.prove()
    assert finite_or_explained(case, rule(0.5), 500) == ""
    assert case.trainer().evaluate() < 0.05


def test_a_single_class_with_softmax_is_certain_from_the_start() -> None:
    case = Case([dense(3), dense(1, "softmax")], "cross_entropy", count=6)
    case.samples.y[...] = 1.0
    trainer = case.trainer(rule(0.5))
    trainer.run(1)
    assert trainer.evaluate() == 0.0
    assert not case.network.grad.any()


@pytest.mark.parametrize("norm", ["batch_norm", "layer_norm"])
def test_a_feature_that_never_changes(norm: str) -> None:
    case = Case([layer(norm), dense(2)], count=6)
    case.samples.x[...] = 3.0
    case.prove()
    assert finite_or_explained(case, rule(0.1)) == ""


def test_a_batch_larger_than_the_data() -> None:
    small, large = (Case([dense(2), dense(1)], count=3) for _ in range(2))
    small.trainer(rule(0.1), batch_size=0).run(10)
    large.trainer(rule(0.1), batch_size=1000).run(10)
    assert np.array_equal(small.network.theta, large.network.theta)


def test_no_hidden_layer() -> None:
    case = Case([dense(1, "identity")], count=6)
    x1 = np.column_stack([case.samples.x, np.ones(6)])
    best = np.linalg.lstsq(x1, case.samples.y[:, 0], rcond=None)[0]
    case.trainer(rule(0.3)).run(5000)
    assert np.allclose(case.network.theta, best)


def test_twelve_layers_of_64() -> None:
    case = Case([dense(64) for _ in range(12)], "half_mse", count=5)
    case.network.theta[...] *= 0.2
    case.prove()
    assert finite_or_explained(case, rule(0.01), 20) == ""


def test_layers_without_any_parameter() -> None:
    trainer = Case([layer("max_pool"), layer("flatten")], shape=(1, 4, 4)).trainer(rule(0.1))
    trainer.run(3)
    assert trainer.network.size == 0
    assert trainer.iteration == 3


def test_every_kind_of_layer_after_a_blow_up_shows_it() -> None:
    """NaN is passed on, not swallowed; a formula has no input from which it could come."""
    one = {"dense": {"units": 2}, "conv2d": {"filters": 2, "size": 2}}
    for kind in layer_kinds().keys() - {"formula"}:
        case = Case([conv(2, "identity", size=1), layer(kind, **one.get(kind, {})), dense(1)], shape=(1, 4, 4), count=3)
        case.samples.x[0, 0] = np.nan
        trainer = case.trainer(rule(0.1))
        trainer.run(1)
        assert np.isnan(trainer.evaluate()), kind
        assert np.isnan(case.network.theta).any(), kind


def test_overflow_is_no_warning() -> None:
    case = Case([dense(3, "elu"), dense(1, "identity")])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trainer = case.trainer(rule(1e200))
        trainer.run(5)
        trainer.evaluate()
        for _ in trainer.events:
            trainer.run_event()
