"""The box that every surface is scaled into, and what is computed from it without any window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gradgui.gui.surface.camera import Margin, Preset, fitted, pose
from gradgui.gui.surface.contours import trace
from gradgui.gui.surface.labels import AxisLabels, AxisSheet, Projection
from gradgui.gui.surface.picking import pick
from gradgui.gui.surface.placement import draped, place
from gradgui.gui.surface.relief import FLOOR, HEIGHT, Relief, build, faces_without_holes
from gradgui.gui.surface.shading import lit_colours, paint
from gradgui.gui.surface.ticks import label, labels, log_ticks, ticks
from gradgui.gui.theme import Size, Theme
from tests.gui.surfaces import (
    Loss,
    car_ball,
    car_loss,
    car_surface,
    descent,
    holed_surface,
    product_loss,
    rough_loss,
    surface,
)


@pytest.mark.parametrize("loss", [car_loss, product_loss, rough_loss, lambda x, y: 1e9 * (x**2 + y**2)])
def test_any_range_of_losses_fills_the_box_exactly(loss: Loss) -> None:
    relief = build(surface(loss))
    assert relief.z.min() == pytest.approx(0)
    assert relief.z.max() == pytest.approx(HEIGHT)
    assert not relief.cut


def test_a_constant_loss_is_a_level_floor_and_no_division_by_zero() -> None:
    relief = build(surface(lambda x, y: 0 * x * y + 3))
    assert np.isfinite(relief.z).all()
    assert np.ptp(relief.z) == 0


def test_a_cliff_is_pressed_under_the_lid_and_says_so() -> None:
    relief = build(surface(lambda x, y: x**2 + y**2 + 1e6 * (x > 1.9)))
    assert relief.cut
    assert relief.top < 100
    assert relief.z.max() <= HEIGHT
    assert relief.z[25, 0] > HEIGHT * 0.1  # the valley keeps its shape


def test_cutting_never_turns_higher_into_lower() -> None:
    relief = build(surface(lambda x, y: np.exp(8 * np.maximum(x, y))))
    order = np.argsort(relief.view.heights, axis=None)
    assert (np.diff(relief.z.ravel()[order]) >= -1e-12).all()


def test_log_heights_give_every_decade_the_same_height() -> None:
    relief = build(surface(lambda x, y: 10.0 ** (x + 2 + 0 * y)), log=True)
    steps = np.diff(relief.height(np.array([1.0, 10.0, 100.0, 1000.0, 10000.0])))
    assert steps == pytest.approx(HEIGHT / 4)


def test_a_zero_loss_has_a_place_at_the_bottom_of_log_heights() -> None:
    relief = build(surface(product_loss), log=True)
    assert float(relief.height(np.array(0.0))) == pytest.approx(0.0)


def test_places_of_the_box_lead_back_to_the_same_parameters() -> None:
    relief = build(surface(product_loss, reach=3.0))
    assert relief.unplace(*relief.spot(-1.25, 2.5)) == pytest.approx((-1.25, 2.5))


def test_the_ground_agrees_with_the_grid_and_with_the_loss_between_its_points() -> None:
    relief = build(surface(product_loss, 101))
    u, v = relief.spot(0.51, -1.13)
    wanted = float(relief.height(np.array(product_loss(np.array(0.51), np.array(-1.13)))))
    assert relief.ground_at(u, v) == pytest.approx(wanted, abs=2e-3)
    assert np.isnan(relief.ground_at(1.2, 0))
    assert np.isnan(relief.ground_at(np.nan, np.inf)), "a ball whose parameters blew up is nowhere"
    assert np.isnan(relief.ground_at(1.7e308, -1.7e308))


def test_faces_at_a_hole_are_left_out_and_all_others_kept() -> None:
    view = holed_surface(21)
    relief = build(view)
    faces = faces_without_holes(relief.finite)
    assert np.isfinite(view.heights.ravel()[faces]).all()
    quads = np.isfinite(view.heights)
    whole = quads[:-1, :-1] & quads[1:, 1:] & quads[:-1, 1:] & quads[1:, :-1]
    assert len(faces) >= 2 * whole.sum()
    assert relief.hole() == pytest.approx((0.75, 0.75), abs=0.1)


def test_the_side_that_faces_the_lamp_is_brighter() -> None:
    ridge = build(surface(lambda x, y: -np.abs(x + 0 * y)))
    light = lit_colours(ridge, paint(ridge))[:, :3].astype(int).sum(axis=1).reshape(51, 51)
    assert light[25, 12] > light[25, 38]


def test_contour_lines_lie_where_the_loss_has_their_height() -> None:
    relief = build(surface(lambda x, y: x + 2 * y, 21))
    lines = trace(relief)
    assert len(lines.x) == len(lines.z) > 0
    assert relief.height(lines.x + 2 * lines.y) == pytest.approx(lines.z, abs=1e-9)


def test_contour_segments_never_jump_between_two_lines() -> None:
    lines = trace(build(surface(rough_loss, 51)))
    length = np.hypot(np.diff(lines.x)[::2], np.diff(lines.y)[::2])
    assert length.max() <= np.hypot(4 / 50, 4 / 50) + 1e-9


def test_contours_stay_out_of_holes() -> None:
    lines = trace(build(holed_surface()))
    assert not ((lines.x > 0.95) & (lines.y > 0.95)).any()


def test_the_car_lies_on_its_surface_and_its_arrow_points_against_the_gradient() -> None:
    relief = build(car_surface())
    placed = place(relief, car_ball((1.0, 2.0)), relief.typical_slope())
    assert (placed.u, placed.v) == pytest.approx((0.5, 0.25))
    assert not placed.hangs
    assert placed.downhill is not None
    assert placed.downhill[0] < 0
    assert placed.downhill[1] == pytest.approx(2 * placed.downhill[0])
    assert placed.ghost is not None
    assert relief.unplace(*placed.ghost[:2]) == pytest.approx((0.9, 0.3))


def test_an_arrow_is_as_long_as_the_slope_is_steep() -> None:
    relief = build(surface(lambda x, y: x**2 + y**2))
    lengths = [
        np.hypot(*place(relief, replace(car_ball(), gradient=(g, 0.0)), relief.typical_slope()).downhill)
        for g in (0.5, 1.0, 2.0)
    ]
    assert lengths[1:] == pytest.approx([2 * lengths[0], 4 * lengths[0]])


def test_one_known_partial_gives_one_arrow_and_neither_downhill_nor_ghost() -> None:
    relief = build(car_surface())
    placed = place(relief, car_ball((None, 2.0)), relief.typical_slope())
    assert placed.partials[0] is None
    assert placed.partials[1] is not None
    assert placed.partials[1] < 0
    assert placed.downhill is None
    assert placed.ghost is None


def test_a_ball_off_its_slice_hangs_at_its_true_height() -> None:
    relief = build(car_surface())
    placed = place(relief, replace(car_ball(), loss=18.0, off_plane=0.7), relief.typical_slope())
    assert placed.hangs
    assert placed.z == pytest.approx(float(relief.height(np.array(18.0))))


def test_a_very_long_path_is_thinned_but_keeps_both_ends() -> None:
    relief = build(surface(product_loss))
    ball = descent(product_loss, (-1.6, 1.7), 0.001, 2000)
    placed = place(relief, ball, relief.typical_slope())
    assert len(placed.path) == len(placed.moments) <= 500
    assert (placed.moments[0], placed.moments[-1]) == (0, 1999)


def test_points_of_the_path_outside_the_picture_are_left_out_and_keep_their_numbers() -> None:
    relief = build(surface(product_loss, reach=1.0))
    ball = replace(car_ball(), path=np.array([[3.0, 0, 1], [0.5, 0.5, 0.3], [0.6, 0.4, 0.3]]))
    assert place(relief, ball, relief.typical_slope()).moments == (1, 2)


def test_a_ray_from_above_finds_the_place_below_it() -> None:
    relief = build(surface(product_loss))
    assert pick(relief, np.array([0.3, -0.4, 5.0]), np.array([0.0, 0.0, -1.0])) == pytest.approx((0.3, -0.4))


def test_a_ray_stops_at_the_first_hill() -> None:
    relief = build(surface(lambda x, y: np.exp(-20 * x**2 + 0 * y)))
    found = pick(relief, np.array([4.0, 0.0, HEIGHT / 2]), np.array([-1.0, 0.0, 0.0]))
    assert found is not None
    assert 0 < found[0] < 0.3


def test_a_ray_into_the_sky_finds_nothing() -> None:
    relief = build(surface(product_loss))
    assert pick(relief, np.array([0.0, 0.0, 5.0]), np.array([0.0, 1.0, 0.1])) is None
    assert pick(relief, np.array([5.0, 5.0, 5.0]), np.array([0.0, 0.0, -1.0])) is None


@pytest.mark.parametrize("size", [(520, 300), (300, 520), (900, 700), (1, 1)])
def test_every_preset_is_somewhere_finite(size: tuple[int, int]) -> None:
    for preset in Preset:
        found = pose(preset, build(car_surface()), size, Margin(40, 30, 10, 20))
        assert np.isfinite([found.azimuth, found.elevation, found.distance, *found.centre]).all()
        assert found.distance > 0


def test_a_wider_margin_moves_the_eye_back() -> None:
    near = pose(Preset.HOME, None, (500, 400), Margin(10, 10, 10, 10))
    assert fitted(near, (500, 400), Margin(90, 90, 90, 90)).distance > near.distance


def test_the_valley_is_looked_along() -> None:
    ravine = build(surface(lambda x, y: (x - y) ** 2))
    assert pose(Preset.ALONG, ravine, (500, 400), Margin(0, 0, 0, 0)).azimuth == pytest.approx(-135, abs=2)


def test_the_eye_turns_the_short_way_round() -> None:
    start = pose(Preset.TOP, None, (500, 400), Margin(0, 0, 0, 0))
    half = replace(start, azimuth=170).towards(replace(start, azimuth=-170), 0.5)
    assert half.azimuth == pytest.approx(180)


def test_ticks_are_round_and_inside() -> None:
    assert ticks(-2, 2) == pytest.approx([-2, -1, 0, 1, 2])
    assert ticks(10.58, 20.48, 3) == pytest.approx([15, 20])
    assert ticks(1, 1) == []
    assert ticks(0, float("inf")) == []


def test_log_ticks_are_powers_of_ten() -> None:
    assert log_ticks(1e-4, 10) == pytest.approx([1e-4, 1e-2, 1])
    assert log_ticks(3, 7) == pytest.approx([3, 4, 5, 6, 7])
    assert log_ticks(0, 5) == []


def test_tick_numbers_have_a_real_minus_and_no_noise() -> None:
    assert label(-1.5) == "−1.5"
    assert label(0.30000000000000004) == "0.3"
    assert label(1e-4) == "1e−4"


def test_ticks_that_would_read_alike_say_how_much_is_added() -> None:
    assert labels([2.606, 2.607]) == ["2.606", "2.607"]
    assert labels([12.3911, 12.3912, 12.3913]) == ["12.39", "+1e−4", "+2e−4"]
    assert labels([]) == []


def test_a_way_goes_over_the_hill_between_two_moments_and_keeps_its_ends() -> None:
    relief = build(surface(lambda x, y: np.exp(-4 * x**2) + 0 * y))
    ends = np.array(
        [[-0.8, 0.0, float(relief.ground_at(-0.8, 0.0))], [0.8, 0.0, float(relief.ground_at(0.8, 0.0)) + 0.1]]
    )
    way, ages = draped(relief, ends)
    assert np.allclose(way[[0, -1]], ends)
    assert (np.diff(ages) > 0).all()
    assert ages[-1] == 1
    assert (way[:, 2] >= relief.ground(way[:, 0], way[:, 1]) - 1e-9).all()
    assert way[:, 2].max() > HEIGHT * 0.95


@pytest.mark.parametrize("at", [(400, 100), (0, 0), (799, 199)])
def test_a_name_in_the_landscape_is_whole_at_every_zoom_and_place(
    qapp: QApplication, theme: Theme, at: tuple[int, int]
) -> None:
    name = "a long name W10[63,63]"
    theme.use_factor(1.6)
    picture = QImage(800, 200, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    labels = AxisLabels(theme)
    labels._room = picture.width(), picture.height()
    labels._write(painter, np.array(at), name, "#000000", bold=True)
    painter.end()
    inked = np.flatnonzero((np.array(picture.constBits()).reshape(200, 800, 4)[..., 0] < 128).any(axis=0))
    width = QFontMetricsF(theme.font(Size.SMALL, bold=True)).tightBoundingRect(name).width()
    assert np.ptp(inked) == pytest.approx(width, abs=4)


@pytest.mark.parametrize("room", [30, 36])
def test_a_long_number_beside_the_upright_axis_leaves_the_axis_free_in_a_narrow_margin(
    qapp: QApplication, theme: Theme, room: int
) -> None:
    picture = QImage(200, 40, QImage.Format.Format_ARGB32)
    picture.fill(0xFFFFFFFF)
    painter, labels = QPainter(picture), AxisLabels(theme)
    labels._room = picture.width(), picture.height()
    labels._write(painter, np.array((float(room), 20.0)), "+2e−5", "#000000", right=True)
    assert painter.font().pixelSize() >= 11, "large enough to be read from the last row"
    painter.end()
    inked = [x for x in range(200) if any(picture.pixel(x, y) != 0xFFFFFFFF for y in range(40))]
    assert inked
    assert max(inked) <= room + 4, "at most over the tick, never over the axis"


@pytest.mark.parametrize("sharp", [1.0, 2.0])
def test_the_axes_are_written_once_for_a_place_of_the_eye_and_look_as_if_written_at_once(
    qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch, sharp: float
) -> None:
    relief, other = build(car_surface()), build(car_surface())
    near, far = (Projection(looking(size), 400, 300) for size in (0.4, 0.3))
    sheet, labels = AxisSheet(theme), AxisLabels(theme)

    def picture(draw: Callable[..., None], projection: Projection, relief: Relief) -> np.ndarray:
        image = QImage(round(400 * sharp), round(300 * sharp), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.scale(sharp, sharp)
        draw(painter, projection, relief, "L", FLOOR)
        painter.end()
        return np.array(image.constBits(), np.int64)

    wanted = picture(labels.paint, near, relief)
    assert (wanted < 255).any()
    assert np.abs(picture(sheet.paint, near, relief) - wanted).max() <= 2
    with monkeypatch.context() as patched:
        patched.setattr(AxisLabels, "paint", lambda *_: pytest.fail("written once more"))
        assert np.abs(picture(sheet.paint, near, relief) - wanted).max() <= 2
    assert np.abs(picture(sheet.paint, far, other) - picture(labels.paint, far, other)).max() <= 2
    theme.use_factor(1.6)
    assert np.abs(picture(sheet.paint, far, other) - picture(labels.paint, far, other)).max() <= 2


def looking(size: float) -> np.ndarray:
    """From a corner, from above, without perspective."""
    return size * np.array([[1, 1, 0, 0], [-0.4, 0.4, 1, 0], [0.5, -0.5, -0.5, 0], [0, 0, 0, 1 / size]])
