"""How fast training goes, measured on a clock of the test's own."""

from __future__ import annotations

import pytest

from gradgui.session.pace import FASTEST, SLOWEST, Pace


def steps_in(speed: float, seconds: float, tick: float) -> int:
    """Steps done by somebody who looks at the clock every `tick` seconds."""
    pace, done = Pace(speed), 0
    for number in range(round(seconds / tick)):
        due = pace.due(number * tick)
        assert due is not None
        done += due
    return done


@pytest.mark.parametrize("speed", [SLOWEST, 0.7, 3.0, 59.0, 100.0, 1234.5, FASTEST])
def test_as_many_steps_as_asked_for(speed: float) -> None:
    assert steps_in(speed, 100.0, 0.016) == pytest.approx(1 + 100 * speed, rel=0.01, abs=1.01)


def test_the_first_step_comes_at_once_however_slow() -> None:
    pace = Pace(SLOWEST)
    assert pace.due(5.0) == 1
    assert pace.due(5.01) == 0


def test_the_wait_ends_when_the_next_step_is_due() -> None:
    pace = Pace(2.0)
    pace.due(10.0)
    assert pace.wait_ms(10.1) == 400


def test_a_long_pause_is_not_made_up_for() -> None:
    pace = Pace(1000.0)
    pace.due(0.0)
    due = pace.due(60.0)
    assert due is not None
    assert due <= 250


def test_unlimited_means_no_number_and_no_wait() -> None:
    pace = Pace(None)
    assert pace.due(0.0) is None
    assert pace.wait_ms(0.0) == 0
