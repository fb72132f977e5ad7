"""Generated sets: each follows from its options, and its classes from where the points lie."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from gradgui.catalog.datasets._base import Examples, GeneratedSpec
from gradgui.catalog.datasets.bumps import BumpsSpec
from gradgui.catalog.datasets.checkerboard import CheckerboardSpec
from gradgui.catalog.datasets.circle import CircleSpec
from gradgui.catalog.datasets.function import FunctionSpec
from gradgui.catalog.datasets.gauss import GaussSpec
from gradgui.catalog.datasets.line import LineSpec
from gradgui.catalog.datasets.moons import MoonsSpec
from gradgui.catalog.datasets.plane import PlaneSpec
from gradgui.catalog.datasets.rings import RingsSpec
from gradgui.catalog.datasets.sine import SineSpec
from gradgui.catalog.datasets.spiral import SpiralSpec
from gradgui.catalog.datasets.xor import XorSpec
from gradgui.catalog.registry import data_kinds

GENERATED = [kind.spec for kind in data_kinds().values() if kind.generated]
BY_LOT = [spec for spec in GENERATED if spec is not FunctionSpec]
TWO_CLASSES = [CircleSpec, XorSpec, GaussSpec, SpiralSpec, MoonsSpec, CheckerboardSpec]
EVENLY = [CircleSpec, GaussSpec, SpiralSpec, MoonsSpec]


def made(spec: type, **options: object) -> Examples:
    needed = {"expression": "x1"} if spec is FunctionSpec else {}
    generated: GeneratedSpec = spec(**needed, **options)
    return generated.load(None)


def radius(examples: Examples) -> np.ndarray:
    return np.hypot(examples.x[:, 0], examples.x[:, 1])


# ── Every set ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("spec", GENERATED)
def test_the_same_options_give_the_same_examples_bit_for_bit(spec: type) -> None:
    first, second = made(spec, noise=0.3, seed=7), made(spec, noise=0.3, seed=7)
    assert first.x.tobytes() == second.x.tobytes()
    answers = [e.y if e.labels is None else e.labels for e in (first, second)]
    assert answers[0] is not None
    assert answers[1] is not None
    assert answers[0].tobytes() == answers[1].tobytes()


@pytest.mark.parametrize("spec", GENERATED)
def test_another_seed_gives_other_examples(spec: type) -> None:
    assert not np.array_equal(made(spec, noise=0.3, seed=1).x, made(spec, noise=0.3, seed=2).x)


@pytest.mark.parametrize("spec", GENERATED)
def test_noise_changes_the_examples(spec: type) -> None:
    calm, wild = made(spec, noise=0.0), made(spec, noise=1.0)
    same_x = np.array_equal(calm.x, wild.x)
    assert calm.y is None or not same_x or not np.array_equal(calm.y, wild.y)
    assert calm.y is not None or not same_x
    assert np.isfinite(wild.x).all()


@pytest.mark.parametrize("points", [10, 11, 501, 5000])
@pytest.mark.parametrize("spec", GENERATED)
def test_a_set_has_as_many_points_as_wished(spec: type, points: int) -> None:
    examples = made(spec, points=points)
    answers = examples.labels if examples.y is None else examples.y
    assert len(examples.x) == points
    assert answers is not None
    assert len(answers) == points
    assert examples.x.shape[1] == len(examples.names)


@pytest.mark.parametrize(
    ("points", "share", "kept"), [(10, 0.0, 0), (10, 0.9, 9), (500, 0.5, 250), (501, 0.2, 100), (11, 0.9, 10)]
)
@pytest.mark.parametrize("spec", GENERATED)
def test_a_share_is_kept_for_testing(spec: type, points: int, share: float, kept: int) -> None:
    assert made(spec, points=points, test_fraction=share).test == kept


def test_one_example_always_stays_for_training() -> None:
    table = data_kinds()["digits"].spec(points=1, test_fraction=0.9)  # type: ignore[call-arg]
    assert table.load(None).test == 0


@pytest.mark.parametrize("spec", GENERATED)
def test_how_many_are_kept_changes_no_example(spec: type) -> None:
    everything, half = made(spec, test_fraction=0.0), made(spec, test_fraction=0.5)
    assert np.array_equal(everything.x, half.x)


@pytest.mark.parametrize("spec", GENERATED)
@pytest.mark.parametrize(
    "wrong", [{"points": 9}, {"points": 5001}, {"noise": 1.1}, {"test_fraction": 1.0}, {"seed": -1}]
)
def test_options_out_of_range_are_refused(spec: type, wrong: dict[str, object]) -> None:
    needed = {"expression": "x1"} if spec is FunctionSpec else {}
    tag = spec.__struct_config__.tag  # type: ignore[attr-defined]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": tag, **needed, **wrong}, spec)


@pytest.mark.parametrize("spec", EVENLY)
@pytest.mark.parametrize("points", [10, 11, 500])
def test_an_odd_point_goes_to_the_first_class(spec: type, points: int) -> None:
    labels = made(spec, points=points).labels
    assert labels is not None
    assert np.bincount(labels).tolist() == [points // 2, points - points // 2]


@pytest.mark.parametrize("spec", TWO_CLASSES)
def test_a_set_of_two_classes_says_so(spec: type) -> None:
    examples = made(spec)
    assert examples.classes == 2
    assert examples.labels is not None
    assert set(examples.labels.tolist()) == {0, 1}


@pytest.mark.parametrize("spec", [*TWO_CLASSES, RingsSpec])
@pytest.mark.parametrize("part", [slice(None, 250), slice(250, None)])
def test_both_parts_of_a_split_hold_every_class(spec: type, part: slice) -> None:
    examples = made(spec, points=500)
    assert examples.labels is not None
    assert len(set(examples.labels[part].tolist())) == examples.classes


# ── What each of them looks like ─────────────────────────────────────────────────────────────────


def test_the_class_of_a_circle_point_follows_from_its_radius() -> None:
    examples = made(CircleSpec)
    assert np.array_equal(examples.labels == 1, radius(examples) < 3)
    inside = radius(examples)[examples.labels == 1]
    outside = radius(examples)[examples.labels == 0]
    assert inside.max() <= 2.5
    assert 3.5 <= outside.min() < outside.max() <= 5


def test_circle_noise_moves_a_point_at_most_a_third_of_the_way() -> None:
    calm, wild = made(CircleSpec, noise=0.0), made(CircleSpec, noise=1.0)
    assert 1.5 < np.abs(calm.x - wild.x).max() <= 5 / 3
    assert np.array_equal(calm.labels, wild.labels)


def test_equal_signs_make_class_one_of_xor_and_the_axes_stay_free() -> None:
    examples = made(XorSpec)
    assert np.array_equal(examples.labels == 1, np.sign(examples.x[:, 0]) == np.sign(examples.x[:, 1]))
    assert np.abs(examples.x).min() >= 0.3
    assert np.abs(examples.x).max() <= 5.3


def test_a_straight_line_parts_two_calm_clouds() -> None:
    examples = made(GaussSpec, points=5000)
    assert np.mean((examples.x.sum(axis=1) > 0) == (examples.labels == 1)) > 0.999
    for label, centre in ((1, 2.0), (0, -2.0)):
        cloud = examples.x[examples.labels == label]
        assert np.allclose(cloud.mean(axis=0), centre, atol=0.06)
        assert np.allclose(cloud.var(axis=0), 0.5, atol=0.05)


def test_noise_makes_clouds_wider() -> None:
    cloud = made(GaussSpec, points=5000, noise=1.0)
    assert np.allclose(cloud.x[cloud.labels == 1].var(axis=0), 4.0, rtol=0.1)


def test_a_spiral_point_lies_on_the_arm_of_its_class() -> None:
    examples = made(SpiralSpec)
    angle = 1.75 * 2 * np.pi * radius(examples) / 5 + np.where(examples.labels == 1, 0, np.pi)
    on_arm = radius(examples)[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    assert np.allclose(examples.x, on_arm, atol=1e-12)
    assert radius(examples).max() < 5


def test_each_moon_is_half_a_circle_of_its_own() -> None:
    examples = made(MoonsSpec)
    middles = np.where((examples.labels == 1)[:, None], (-1.5, -0.75), (1.5, 0.75))
    apart = examples.x - middles
    assert np.allclose(np.hypot(apart[:, 0], apart[:, 1]), 3)
    assert (apart[examples.labels == 1, 1] >= -1e-12).all()
    assert (apart[examples.labels == 0, 1] <= 1e-12).all()


def test_neighbouring_squares_of_the_checkerboard_differ() -> None:
    examples = made(CheckerboardSpec, points=5000)
    column, row = np.floor((examples.x + 5) / 2.5).astype(int).T
    assert np.array_equal(examples.labels, (column + row) % 2)
    assert {(c, r) for c, r in zip(column.tolist(), row.tolist(), strict=True)} == {
        (c, r) for c in range(4) for r in range(4)
    }


def test_the_ring_of_a_point_follows_from_its_radius() -> None:
    examples = made(RingsSpec, points=500)
    assert examples.classes == 3
    assert examples.labels is not None
    assert np.array_equal(examples.labels, np.digitize(radius(examples), [1.6, 3.6]))
    assert np.bincount(examples.labels).tolist() == [167, 167, 166]
    inside = radius(examples) - 2 * examples.labels
    assert inside.min() >= 0
    assert inside.max() <= 1.2 + 1e-9


def test_the_plane_is_a_slope() -> None:
    examples = made(PlaneSpec)
    assert examples.y is not None
    assert np.allclose(examples.y[:, 0], 0.1 * examples.x[:, 0] + 0.1 * examples.x[:, 1])
    noisy = made(PlaneSpec, noise=1.0)
    assert noisy.y is not None
    assert 0.9 < np.abs(noisy.y[:, 0] - noisy.x.sum(axis=1) / 10).max() <= 1


def test_hills_stand_above_and_hollows_lie_below() -> None:
    examples = made(BumpsSpec, points=5000)
    assert examples.y is not None
    y, (x1, x2) = examples.y[:, 0], examples.x.T
    assert np.abs(y).max() <= 1
    for top in (-4.0, 0.0, 4.0):
        assert y[np.hypot(x1 - top, x2 - 2.5) < 0.3].min() > 0.9
        assert y[np.hypot(x1 - top, x2 + 2.5) < 0.3].max() < -0.9
    assert np.abs(y[np.abs(x2) < 0.05]).max() < 0.05


def test_the_sine_is_a_sine() -> None:
    examples = made(SineSpec)
    assert examples.y is not None
    assert examples.names == ("x1",)
    assert np.allclose(examples.y, np.sin(examples.x))


def test_least_squares_find_the_line_again() -> None:
    examples = made(LineSpec, points=5000)
    assert examples.y is not None
    slope, start = np.polyfit(examples.x[:, 0], examples.y[:, 0], 1)
    assert slope == pytest.approx(0.5, abs=0.01)
    assert start == pytest.approx(1, abs=0.02)
    assert 0.25 < np.abs(examples.y - 0.5 * examples.x - 1).max() <= 0.3
