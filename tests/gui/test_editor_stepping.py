"""A number under the wheel or the pointer goes on in round steps."""

import math

import pytest

from gradgui.gui.editor.wishes import stepped


@pytest.mark.parametrize(
    ("value", "steps", "fine", "after"),
    [(0.123, 1, False, 0.2), (0.123, 1, True, 0.22), (-0.5, -3, False, -0.8), (42.0, 2, False, 44.0)],
)
def test_a_step_is_a_tenth_of_the_power_of_ten(value: float, steps: float, fine: bool, after: float) -> None:
    assert stepped(value, steps, fine) == after


@pytest.mark.parametrize("blown_up", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_after_a_blow_up_is_led_back_from_0(blown_up: float) -> None:
    assert stepped(blown_up, 3, fine=False) == 0.3
