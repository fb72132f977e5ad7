"""First weights: their spread is what the papers say."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.catalog.lookup import initializer
from gradgui.catalog.registry import initializer_kinds

SHAPE, IN, OUT = (300, 200), 200, 300


def draw(kind: str, shape: tuple[int, int] = SHAPE) -> np.ndarray:
    return initializer(kind).draw(shape, IN, OUT, np.random.default_rng(1))


@pytest.mark.parametrize(
    ("kind", "deviation"),
    [
        ("uniform", 1 / np.sqrt(3)),
        ("normal", 0.5),
        ("xavier_uniform", np.sqrt(2 / (IN + OUT))),
        ("xavier_normal", np.sqrt(2 / (IN + OUT))),
        ("he_uniform", np.sqrt(2 / IN)),
        ("he_normal", np.sqrt(2 / IN)),
    ],
)
def test_the_spread_is_that_of_the_paper(kind: str, deviation: float) -> None:
    weights = draw(kind)
    assert weights.shape == SHAPE
    assert weights.std() == pytest.approx(deviation, rel=0.01)
    assert abs(weights.mean()) < 0.01 * deviation * 2
    fourth = np.mean((weights / weights.std()) ** 4)
    assert fourth == pytest.approx(1.8 if "uniform" in kind else 3.0, rel=0.05)


@pytest.mark.parametrize(
    ("kind", "limit"), [("uniform", 1.0), ("xavier_uniform", np.sqrt(6 / (IN + OUT))), ("he_uniform", np.sqrt(6 / IN))]
)
def test_uniform_weights_stay_within_their_limits(kind: str, limit: float) -> None:
    largest = np.abs(draw(kind)).max()
    assert 0.99 * limit < largest <= limit


def test_constants_are_constant() -> None:
    assert (draw("zeros") == 0).all()
    assert (draw("constant") == 0.5).all()


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (4, 4), (1, 6)])
def test_orthogonal_rows_or_columns_are_at_right_angles(shape: tuple[int, int]) -> None:
    weights = draw("orthogonal", shape)
    product = weights @ weights.T if shape[0] <= shape[1] else weights.T @ weights
    assert weights.shape == shape
    assert np.allclose(product, np.eye(min(shape)), atol=1e-12)


def test_every_way_to_draw_is_tested_here() -> None:
    tested = {"uniform", "normal", "xavier_uniform", "xavier_normal", "he_uniform", "he_normal"}
    assert set(initializer_kinds()) == tested | {"zeros", "constant", "orthogonal"}
