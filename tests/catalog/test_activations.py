"""Activations at the far ends of the number line."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.registry import activation_kinds
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Workspace, run

FAR = np.array([[-1e300, -1000.0, -30.0, 0.0, 30.0, 1000.0, 1e300]])


def at(kind: str, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values and slopes."""
    activation = activation_kinds()[kind]
    scratch = Scratch(Workspace(z.shape[1], np.dtype(float)), "test")
    a, slope = np.zeros_like(z), np.zeros_like(z)
    with np.errstate(all="ignore"):
        run(activation.value(z, a, scratch))
        run(activation.slope(z, a, slope, scratch))
    return a, slope


@pytest.mark.parametrize("kind", sorted(activation_kinds().keys() - {"gelu", "softmax"}))
def test_no_score_is_too_large(kind: str) -> None:
    a, slope = at(kind, FAR)
    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()


def test_gelu_is_safe_up_to_scores_whose_cube_is_a_number() -> None:
    a, slope = at("gelu", np.array([[-1e100, -1e4, -1e3, 1e3, 1e4, 1e100]]))
    assert np.allclose(a, [[0, 0, 0, 1e3, 1e4, 1e100]])
    assert np.allclose(slope, [[0, 0, 0, 1, 1, 1]])


def test_softmax_shares_always_add_up_to_one() -> None:
    a, _ = at("softmax", np.array([[1000.0, -1e300], [-1000.0, 1e300], [999.0, 1.0]]))
    assert a.sum(axis=0) == pytest.approx([1.0, 1.0])
    assert a[0, 0] == pytest.approx(1 / (1 + np.exp(-1)))


@pytest.mark.parametrize("kind", sorted(activation_kinds()))
def test_not_a_number_is_never_hidden(kind: str) -> None:
    a, slope = at(kind, np.array([[np.nan], [1.0]]))
    assert np.isnan(a[0, 0])
    assert np.isnan(slope[0, 0]) or kind == "identity"


@pytest.mark.parametrize(("kind", "slope"), [("relu", 0.0), ("leaky_relu", 0.01), ("elu", 1.0)])
def test_the_slope_at_a_corner_is_the_documented_one(kind: str, slope: float) -> None:
    assert at(kind, np.zeros((1, 1)))[1][0, 0] == slope


@pytest.mark.parametrize("kind", sorted(activation_kinds()))
def test_every_value_lies_between_the_lowest_and_the_highest_and_comes_near_them(kind: str) -> None:
    a, _ = at(kind, np.linspace(-1000.0, 1000.0, 400_001)[None])
    told = activation_kinds()[kind]
    assert a.min() >= told.lowest
    assert a.max() <= told.highest
    if kind != "softmax":
        assert a.min() <= max(told.lowest, -10.0) + 0.01
        assert a.max() >= min(told.highest, 900.0) - 0.01
