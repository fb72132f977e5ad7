"""The second opinion itself: it must notice a wrong gradient and forgive a corner."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.engine.gradient_check import (
    LossAt,
    ParameterCheck,
    check_gradient,
    overall_error,
    parameter_names,
    sweep,
)
from gradgui.engine.parts import Clock
from tests.engine.nets import Case, conv, dense, layer


def test_a_right_gradient_agrees() -> None:
    case = Case([dense(3), dense(2)])
    before = case.network.theta.copy()
    result = check_gradient(case.network, case.samples)
    assert result.agrees
    assert result.error < 1e-9
    assert len(result.entries) == case.network.size
    assert result.loss == pytest.approx(case.trainer().evaluate())
    assert np.array_equal(case.network.theta, before)
    assert result.worst.error == max(entry.error for entry in result.entries)


def test_a_wrong_gradient_is_noticed_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case([dense(3), dense(2)])
    honest = LossAt.gradient

    def planted(self: LossAt, theta: np.ndarray) -> np.ndarray:
        gradient = honest(self, theta)
        gradient[4] *= 1.01
        return gradient

    monkeypatch.setattr(LossAt, "gradient", planted)
    result = check_gradient(case.network, case.samples)
    assert not result.agrees
    assert (result.worst.index, result.worst.layer, result.worst.name) == (4, 0, "L1.W[1,1]")
    assert [entry.name for entry in result.entries if not entry.agrees] == ["L1.W[1,1]"]


def test_only_what_was_asked_for_is_checked() -> None:
    case = Case([dense(3), dense(2)])
    result = check_gradient(case.network, case.samples, indices=[7, 2])
    assert [entry.name for entry in result.entries] == ["L1.W[2,1]", "L1.b[0]"]
    nothing = check_gradient(case.network, case.samples, indices=[])
    assert nothing.agrees
    assert nothing.error == 0.0


def test_at_a_corner_both_slopes_are_right() -> None:
    case = Case([dense(1, "relu"), dense(1, "identity")], shape=(1,), count=1)
    case.network.theta[...] = [1.0, 0.0, 1.0, 0.0]
    case.samples.x[...] = 0.0
    case.samples.y[...] = 1.0
    entries = {entry.name: entry for entry in check_gradient(case.network, case.samples).entries}
    assert entries["L1.b[0]"].corner
    assert entries["L1.b[0]"].agrees
    assert entries["L1.b[0]"].analytic == 0.0
    assert entries["L1.b[0]"].numeric == pytest.approx(-0.5, rel=1e-4)
    assert not entries["L2.b[0]"].corner


def beside_a_corner(bias: float) -> Case:
    """One example at 0: the loss has a corner where this bias of a ReLU is 0."""
    case = Case([dense(1, "relu"), dense(1, "identity")], shape=(1,), count=1)
    case.network.theta[...] = [1.0, bias, 1.0, 0.0]
    case.samples.x[...] = 0.0
    case.samples.y[...] = 1.0
    return case


def bias_of(case: Case) -> ParameterCheck:
    return {entry.name: entry for entry in check_gradient(case.network, case.samples).entries}["L1.b[0]"]


@pytest.mark.parametrize("beside", [3e-6, -3e-6, 3e-7, -3e-7])
def test_a_corner_beside_the_place_is_no_disagreement(beside: float) -> None:
    entry = bias_of(beside_a_corner(beside))
    assert entry.error > 0.1
    assert entry.corner
    assert entry.agrees


@pytest.mark.parametrize("wrong", [1.01, 1.0001])
def test_a_wrong_gradient_is_noticed_beside_a_corner_too(wrong: float, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = LossAt.gradient
    monkeypatch.setattr(LossAt, "gradient", lambda self, theta: honest(self, theta) * wrong)
    assert not bias_of(beside_a_corner(3e-6)).agrees


def test_near_a_minimum_rounding_is_no_disagreement() -> None:
    case = Case([dense(1, "identity")], shape=(1,), count=2)
    case.network.theta[...] = [1.0, 1e-12]
    case.samples.x[...] = [[1.0], [2.0]]
    case.samples.y[...] = [[1.0], [2.0]]
    assert check_gradient(case.network, case.samples).agrees


def test_a_single_precision_network_is_checked_in_double() -> None:
    case = Case([dense(3), dense(2)])
    assert check_gradient(case.network.copy_as(np.float32), case.samples).error < 1e-9


def test_the_dropout_mask_is_that_of_the_step_and_stands_still() -> None:
    case = Case([dense(6), layer("dropout"), dense(1)])
    first = check_gradient(case.network, case.samples, clock=Clock(1, batch=0))
    other = check_gradient(case.network, case.samples, clock=Clock(1, batch=1))
    assert first.agrees
    assert other.agrees
    assert first.loss != other.loss


def test_batch_norms_memory_is_left_alone() -> None:
    case = Case([dense(3), layer("batch_norm"), dense(1)])
    state = case.network.state.copy()
    assert check_gradient(case.network, case.samples).error < 1e-8
    assert np.array_equal(case.network.state, state)


def test_the_best_nudge_is_neither_large_nor_tiny() -> None:
    case = Case([dense(3), dense(2)])
    large, good, tiny = sweep(case.network, case.samples, [1e-1, 1e-5, 1e-12])
    assert good < 1e-9 < large
    assert good < 1e-9 < tiny


def test_no_slope_anywhere_is_no_error() -> None:
    assert overall_error(np.zeros(3), np.zeros(3)) == 0.0


def test_names_follow_the_flat_vector() -> None:
    case = Case([conv(2, size=1), layer("flatten"), dense(1)], shape=(1, 1, 2))
    names = parameter_names(case.network)
    assert names[:4] == [(0, "L1.W[0,0]"), (0, "L1.b[0]"), (0, "L1.W[1,0]"), (0, "L1.b[1]")]
    assert names[4:] == [(2, "L3.W[0,0]"), (2, "L3.W[0,1]"), (2, "L3.W[0,2]"), (2, "L3.W[0,3]"), (2, "L3.b[0]")]
