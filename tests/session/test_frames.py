"""While training hurries, pictures leave it most of the time and still come ten times a second."""

from __future__ import annotations

import pytest

from gradgui.session.frames import FRAME_MS, rest_ms


@pytest.mark.parametrize("cost_ms", [0.5, 4.0, 8.0, 12.0, 16.0])
def test_pictures_of_usual_cost_come_ten_times_a_second(cost_ms: float) -> None:
    assert cost_ms + rest_ms(cost_ms, cost_ms) <= 100


@pytest.mark.parametrize("cost_ms", [4.0, 8.0, 16.0, 40.0, 200.0])
def test_training_has_five_times_as_long_as_a_picture(cost_ms: float) -> None:
    assert rest_ms(cost_ms, cost_ms) >= 4.9 * cost_ms


@pytest.mark.parametrize(("cost_ms", "share"), [(8.0, 0.90), (10.0, 0.88), (12.0, 0.85)])
def test_what_a_picture_costs_less_is_left_to_training(cost_ms: float, share: float) -> None:
    assert rest_ms(cost_ms, cost_ms) / (cost_ms + rest_ms(cost_ms, cost_ms)) >= share


def test_a_single_slow_picture_is_followed_by_the_next_one_in_time() -> None:
    assert 30.0 + rest_ms(30.0, 12.0) <= 100


def test_cheap_pictures_come_as_often_as_the_screen_shows_them() -> None:
    assert rest_ms(0.5, 0.5) == FRAME_MS
