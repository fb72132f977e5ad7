"""The landscape shows the engine's own loss at every point, coarse or fine, and stops when asked."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from gradgui.catalog.layers._windows import Windows
from gradgui.catalog.layers.batch_norm import BatchNorm
from gradgui.catalog.layers.conv2d import Conv2d
from gradgui.catalog.layers.dense import Dense
from gradgui.catalog.layers.dropout import Dropout
from gradgui.catalog.layers.flatten import Flatten
from gradgui.catalog.layers.formula import FormulaLayer
from gradgui.catalog.lookup import formula
from gradgui.catalog.registry import activation_kinds, formula_kinds, loss_kinds
from gradgui.engine import folded
from gradgui.engine import surface as surface_module
from gradgui.engine.alone import is_alone
from gradgui.engine.evaluation import Evaluator
from gradgui.engine.folded import can_fold
from gradgui.engine.network import How, Network
from gradgui.engine.parts import Layer, Loss
from gradgui.engine.planes import (
    Plane,
    coordinates,
    gradient_plane,
    parameter_plane,
    pca_plane,
    projected,
    random_plane,
)
from gradgui.engine.samples import Samples
from gradgui.engine.surface import FEWEST_SAMPLES, LossSurface, strides

ACTIVATIONS, LOSSES = activation_kinds(), loss_kinds()
XS, YS = np.linspace(-1.5, 1.5, 7), np.linspace(-1.0, 2.0, 5)


def chain(inputs: tuple[int, ...], layers: list[Layer], loss: Loss = LOSSES["half_mse"], **more: object) -> Network:
    placed = [(layer, (index - 1,), How.ADD) for index, layer in enumerate(layers)]
    return filled(Network(inputs, placed, loss, **more))  # type: ignore[arg-type]


def filled(network: Network) -> Network:
    network.theta[...] = np.random.default_rng(3).standard_normal(network.size) / 2
    return network


def dense(*units: int, hidden: str = "tanh", last: str = "identity") -> list[Layer]:
    return [Dense(n, ACTIVATIONS[hidden if i < len(units) - 1 else last]) for i, n in enumerate(units)]


def samples(network: Network, many: int = 13) -> Samples:
    rng = np.random.default_rng(5)
    y = rng.integers(0, 2, (many, network.outputs)).astype(float)
    if network.outputs > 1:
        y = np.eye(network.outputs)[rng.integers(0, network.outputs, many)]
    return Samples(rng.standard_normal((many, network.inputs)), y)


def engine_heights(network: Network, data: Samples, plane: Plane) -> np.ndarray:
    before = network.theta.copy()
    evaluator = Evaluator(network, data)
    heights = np.empty((len(YS), len(XS)))
    for i, j in np.ndindex(heights.shape):
        network.theta[...] = plane.at(XS[j], YS[i])
        heights[i, j] = evaluator.loss()
    network.theta[...] = before
    return heights


def check(network: Network, plane: Plane | None = None, data: Samples | None = None) -> None:
    data, plane = data or samples(network), plane or random_plane(network, 1)
    wanted = engine_heights(network, data, plane)
    with LossSurface(network, data, np.float64) as surface:
        np.testing.assert_allclose(surface.heights(plane, XS, YS), wanted, rtol=1e-12, atol=1e-14)
    with LossSurface(network, data) as surface:
        np.testing.assert_allclose(surface.heights(plane, XS, YS), wanted, rtol=1e-5, atol=1e-6)


# ── It is the engine's loss ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_every_activation_gives_the_engines_loss(activation: str) -> None:
    check(chain((2,), dense(5, 3, 2, hidden=activation)))


def pairs() -> list[tuple[str, str]]:
    """Every loss with every kind of last layer, but no logarithm of a negative answer."""
    everything = [(loss, last) for loss in sorted(LOSSES) for last in ("identity", "sigmoid", "softmax")]
    return [(loss, last) for loss, last in everything if last != "identity" or loss not in {"bce", "cross_entropy"}]


@pytest.mark.parametrize(("loss", "last"), pairs())
def test_every_loss_is_the_engines(loss: str, last: str) -> None:
    check(chain((2,), dense(4, 3, last=last), LOSSES[loss]))


@pytest.mark.parametrize(
    ("loss", "last", "outputs"), [("bce", "sigmoid", 1), ("cross_entropy", "softmax", 3), ("gap", "softmax", 2)]
)
def test_losses_may_be_summed(loss: str, last: str, outputs: int) -> None:
    check(chain((2,), dense(4, outputs, last=last), LOSSES[loss], mean=False))


def test_many_samples_are_taken_in_blocks() -> None:
    network = chain((2,), dense(8, 4, 1))
    check(network, data=samples(network, 2 * folded.SAMPLES + 77))


def test_dropout_and_flatten_do_not_stand_in_the_way() -> None:
    layers = [Flatten(), *dense(6, 4), Dropout(0.5), *dense(3, last="sigmoid")]
    network = chain((2, 2, 1), layers)
    assert can_fold(network)
    check(network)


def test_a_convolution_with_batch_norm_is_walked_point_by_point() -> None:
    layers = [Conv2d(2, Windows(2, 1, 1), ACTIVATIONS["relu"]), BatchNorm(1e-5, 0.1), *dense(3, last="softmax")]
    network = chain((1, 3, 3), layers, LOSSES["cross_entropy"])
    network.state[...] = np.random.default_rng(1).uniform(0.5, 2, len(network.state))
    assert not can_fold(network)
    check(network)


def test_skip_links_are_walked_point_by_point() -> None:
    first, second, third = dense(3, 3, 2)
    network = filled(
        Network(
            (2,),
            [(first, (-1,), How.ADD), (second, (0,), How.ADD), (third, (1, 0), How.CONCAT)],
            LOSSES["mse"],
        )
    )
    assert not can_fold(network)
    check(network)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 12), (16, 20), (25, 29), (26, 26)])
def test_two_parameters_of_any_layers_can_be_the_axes(first: int, second: int) -> None:
    network = chain((2,), dense(5, 2, 2, 1))
    check(network, parameter_plane(network, first, second))


def test_a_plane_that_changes_nothing_is_flat() -> None:
    network = chain((2,), dense(3, 1))
    nowhere = np.zeros(network.size)
    check(network, Plane(network.theta.copy(), nowhere, nowhere))


def test_what_the_network_learns_later_is_seen() -> None:
    network = chain((2,), dense(3, 1))
    data = samples(network)
    with LossSurface(network, data, np.float64) as surface:
        before = surface.heights(random_plane(network, 1), XS, YS)
        network.theta += 0.1
        after = surface.heights(random_plane(network, 1), XS, YS)
        assert not np.allclose(before, after)
        np.testing.assert_allclose(after, engine_heights(network, data, random_plane(network, 1)), rtol=1e-12)


def test_a_loss_that_is_not_finite_is_a_hole() -> None:
    network = chain((1,), dense(1))
    data = Samples(np.ones((1, 1)), np.zeros((1, 1)))
    with LossSurface(network, data) as surface:
        heights = surface.heights(parameter_plane(network, 0, 1), np.array([0.0, 1e30]), np.array([0.0, 2.0]))
    np.testing.assert_array_equal(heights, [[0.0, np.nan], [2.0, np.nan]])


@pytest.mark.parametrize("name", sorted(formula_kinds()))
@pytest.mark.parametrize(("loss", "mean"), [("output", True), ("half_mse", False)])
def test_a_formula_is_asked_for_all_points_at_once(name: str, loss: str, mean: bool) -> None:
    network = chain((2,), [FormulaLayer(formula(name))], LOSSES[loss], mean=mean)
    assert is_alone(network)
    check(network)
    check(network, parameter_plane(network, 1, 0))


@pytest.mark.parametrize(("first", "second"), [(0, -1), (-1, 0), (3, 1), (-2, -1), (2, None)])
def test_point_by_point_only_what_has_changed_is_run_again(first: int, second: int | None) -> None:
    layers = [Conv2d(2, Windows(2, 1, 1), ACTIVATIONS["relu"]), BatchNorm(1e-5, 0.1), *dense(3, last="softmax")]
    network = chain((1, 3, 3), layers, LOSSES["cross_entropy"])
    other = None if second is None else second % network.size
    check(network, parameter_plane(network, first % network.size, other))


# ── Coarse to fine ───────────────────────────────────────────────────────────────────────────────


def test_levels_are_nested_and_the_last_is_the_whole_picture() -> None:
    network = chain((2,), dense(4, 1))
    plane = random_plane(network, 1)
    with LossSurface(network, samples(network)) as surface:
        levels = list(surface.levels(plane, (-1, 1), (0, 2), 33))
        assert [len(level.xs) for level in levels] == [9, 17, 33]
        assert [level.final for level in levels] == [False, False, True]
        for coarse in levels:
            whole = surface.heights(plane, coarse.xs, coarse.ys)
            np.testing.assert_allclose(coarse.heights, whole, rtol=1e-5)


def test_a_last_level_can_be_exact() -> None:
    network = chain((2,), dense(4, 1))
    data, plane = samples(network), random_plane(network, 1)
    with LossSurface(network, data) as surface, LossSurface(network, data, np.float64) as exact:
        *_, fine, last = surface.levels(plane, (-1, 1), (-1, 1), 9, exact=True)
        assert (fine.final, last.final) == (False, True)
        np.testing.assert_array_equal(last.heights, exact.heights(plane, last.xs, last.ys))


@pytest.mark.parametrize(
    ("finest", "fewest", "wanted"),
    [(129, 8, [16, 8, 4, 2, 1]), (101, 8, [4, 2, 1]), (9, 8, [1]), (9, 4, [2, 1]), (12, 8, [1])],
)
def test_sides_are_halved_as_long_as_it_works(finest: int, fewest: int, wanted: list[int]) -> None:
    assert strides(finest, fewest) == wanted


def test_where_all_samples_would_take_long_a_sketch_of_a_few_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surface_module, "SKETCH", 0)
    network = chain((2,), dense(4, 1), mean=False)
    data, plane = samples(network, 240), random_plane(network, 1)
    with LossSurface(network, data) as surface:
        sketch, coarse, *_ = surface.levels(plane, (-1, 1), (-1, 1), 17, seconds=60.0)
    assert (sketch.samples, coarse.samples) == (FEWEST_SAMPLES, None)
    assert not sketch.final
    some = np.linspace(0, 239, FEWEST_SAMPLES).astype(int)
    with LossSurface(network, Samples(data.x[some], data.y[some])) as few:
        np.testing.assert_allclose(sketch.heights, 10 * few.heights(plane, sketch.xs, sketch.ys), rtol=1e-5)
        assert [level.samples for level in few.levels(plane, (-1, 1), (-1, 1), 17, seconds=60.0)] == [None, None]


def test_pictures_become_no_finer_than_there_is_time_for() -> None:
    network = chain((2,), dense(4, 1))
    with LossSurface(network, samples(network)) as surface:
        *_, last = surface.levels(random_plane(network, 1), (-1, 1), (-1, 1), 33, exact=True, seconds=0.0)
        assert (len(last.xs), last.heights.shape, last.final) == (9, (9, 9), True)


def test_a_stop_leaves_the_rest_out() -> None:
    network = chain((2,), dense(4, 1))
    asked = count(1)
    with LossSurface(network, samples(network), threads=1) as surface:
        heights = surface.heights(random_plane(network, 1), np.linspace(-1, 1, 64), YS, lambda: next(asked) > 1)
    assert np.isnan(heights).any()
    assert np.isfinite(heights).any()


def test_a_stopped_picture_is_never_shown() -> None:
    network = chain((2,), dense(4, 1))
    stopped: list[bool] = []
    with LossSurface(network, samples(network)) as surface:
        levels = surface.levels(random_plane(network, 1), (-1, 1), (-1, 1), 33, lambda: bool(stopped), exact=True)
        assert len(next(levels).xs) == 9
        stopped.append(True)
        assert list(levels) == []


def test_a_stop_before_the_exact_picture_ends_the_levels() -> None:
    network = chain((2,), dense(4, 1))
    stopped: list[bool] = []
    with LossSurface(network, samples(network)) as surface:
        levels = surface.levels(random_plane(network, 1), (-1, 1), (-1, 1), 9, lambda: bool(stopped), exact=True)
        assert not next(levels).final
        stopped.append(True)
        assert list(levels) == []


def test_only_a_few_bound_calculations_are_kept() -> None:
    network = chain((2,), dense(2, 2, 2, 1))
    data = samples(network)
    first = random_plane(network, 1)
    with LossSurface(network, data, np.float64) as surface:
        before = surface.heights(first, XS, YS)
        for one in range(0, network.size, 3):
            for points in (5, 9, 33):
                surface.heights(parameter_plane(network, one, 20), np.linspace(0, 1, points), YS)
        np.testing.assert_array_equal(surface.heights(first, XS, YS), before)


# ── Planes ───────────────────────────────────────────────────────────────────────────────────────


def test_coordinates_on_a_parameter_plane_are_the_parameters() -> None:
    network = chain((2,), dense(3, 1))
    plane = parameter_plane(network, 2, 7)
    x, y, away = coordinates(plane, network.theta)
    assert (x, y) == pytest.approx((network.theta[2], network.theta[7]))
    assert away == pytest.approx(0)
    moved = network.theta.copy()
    moved[[2, 4]] += (1.0, 3.0)
    assert coordinates(plane, moved) == pytest.approx((network.theta[2] + 1, network.theta[7], 3.0))


def test_one_parameter_alone_spans_a_line() -> None:
    network = chain((2,), dense(3, 1))
    line = parameter_plane(network, 2, None)
    assert not line.v.any()
    assert coordinates(line, network.theta) == pytest.approx((network.theta[2], 0, 0), abs=1e-12)
    check(network, line)


def test_many_sets_of_parameters_are_projected_at_once() -> None:
    network = chain((2,), dense(3, 1))
    plane = random_plane(network, 4)
    thetas = network.theta + np.random.default_rng(0).standard_normal((5, network.size))
    wanted = [coordinates(plane, theta)[:2] for theta in thetas]
    np.testing.assert_allclose(projected(plane, thetas), wanted, rtol=1e-10)


def test_coordinates_undo_a_skew_plane() -> None:
    network = chain((2,), dense(3, 1))
    plane = random_plane(network, 4)
    assert coordinates(plane, plane.at(0.3, -0.7)) == pytest.approx((0.3, -0.7, 0.0), abs=1e-12)


def test_random_directions_are_as_long_as_each_units_own_row() -> None:
    network = chain((2,), dense(3, 1))
    network.weights(1)[...] = network.biases(1)[...] = 0.0  # type: ignore[index]
    network.trainable[4] = False
    plane = random_plane(network, 1)
    for direction in (plane.u, plane.v):
        assert direction[4] == 0
        rows, own = network.matrix(0, direction), network.matrix(0, network.theta)
        np.testing.assert_allclose(np.linalg.norm(rows[[0, 2]], axis=1), np.linalg.norm(own[[0, 2]], axis=1))
        assert np.linalg.norm(network.matrix(1, direction)) == pytest.approx(1)
    assert not np.array_equal(plane.u, plane.v)
    np.testing.assert_array_equal(plane.u, random_plane(network, 1).u)
    assert not np.array_equal(plane.u, random_plane(network, 2).u)


def test_principal_directions_follow_the_run() -> None:
    network = chain((2,), dense(3, 1))
    steps = np.linspace(0, 1, 20)[:, None]
    long, short = np.zeros(network.size), np.zeros(network.size)
    long[3], short[8] = 4.0, 1.0
    run = network.theta + steps * long + np.cos(4 * np.pi * steps) * short
    plane, shares = pca_plane(network, run)
    assert sum(shares) == pytest.approx(1)
    assert shares[0] > 0.6 > shares[1]
    assert plane.u[3] > 0.9
    assert plane.u @ plane.v == pytest.approx(0, abs=1e-12)
    assert max(coordinates(plane, theta)[2] for theta in run) < 1e-12


def test_a_straight_run_is_completed_by_a_random_direction() -> None:
    network = chain((2,), dense(3, 1))
    run = network.theta + np.linspace(0, 1, 5)[:, None] * np.eye(network.size)[2]
    plane, shares = pca_plane(network, run)
    assert shares == pytest.approx((1.0, 0.0))
    assert np.linalg.norm(plane.v) == pytest.approx(1)
    assert plane.u @ plane.v == pytest.approx(0, abs=1e-12)


def test_a_run_that_never_moved_gives_a_random_plane() -> None:
    network = chain((2,), dense(3, 1))
    plane, shares = pca_plane(network, network.theta[None])
    assert shares == (0.0, 0.0)
    assert np.linalg.norm(plane.u) == pytest.approx(1)


def test_the_gradient_plane_climbs_along_x() -> None:
    network = chain((2,), dense(3, 1))
    gradient = np.random.default_rng(0).standard_normal(network.size)
    plane = gradient_plane(network, gradient, seed=1)
    assert plane.u @ gradient == pytest.approx(np.linalg.norm(gradient))
    assert plane.v @ gradient == pytest.approx(0, abs=1e-12)
    flat = gradient_plane(network, np.zeros(network.size), seed=1)
    assert np.linalg.norm(flat.u) == pytest.approx(1)


def test_where_everything_is_frozen_there_is_no_direction() -> None:
    network = chain((2,), dense(3, 1))
    network.trainable[...] = False
    assert not gradient_plane(network, np.zeros(network.size), seed=1).v.any()
