"""Axes grow in round steps, and long runs are drawn with few points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from gradgui.gui.curves.thin import thinned
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets import plotting

positive = st.floats(1e-9, 1e11)


@given(positive)
def test_a_round_ceiling_lies_above_but_never_far(value: float) -> None:
    ceiling = plotting.nice_ceiling(value)
    assert value <= ceiling * (1 + 1e-9)
    assert ceiling <= 1.5 * value * (1 + 1e-9) or ceiling <= 2 * value


def test_a_growing_loss_moves_the_axis_only_now_and_then() -> None:
    tops = {plotting.growing_plan(np.array([1.0 + k / 1000])).high for k in range(1000)}
    assert tops == {1.0, 1.5, 2.0}


def test_a_linear_axis_starts_at_zero_and_names_round_places() -> None:
    plan = plotting.growing_plan(np.array([0.03, 0.72, np.nan]))
    assert (plan.low, plan.high) == (0.0, 0.8)
    assert [words for _, words in plan.ticks] == ["0", "0.2", "0.4", "0.6", "0.8"]


def test_negative_places_carry_a_real_minus() -> None:
    assert [words for _, words in plotting.linear_plan(-6, 6, 6).ticks][:2] == ["−6", "−4"]


@given(positive, positive)
def test_a_logarithmic_axis_holds_every_value_it_can(one: float, other: float) -> None:
    plan = plotting.log_plan(np.array([one, other]))
    assert plan.high >= np.log10(max(one, other)) - 1e-6
    assert plan.low <= max(np.log10(min(one, other)), plan.high - 12) + 1e-6
    assert plan.high - plan.low >= 0.9


def test_powers_of_ten_are_written_as_people_write_them() -> None:
    words = [words for _, words in plotting.log_plan(np.array([1e-7, 10.0])).ticks]
    assert "10⁻⁶" in words
    assert "0.01" in words
    small = [words for _, words in plotting.log_plan(np.array([1e-5, 1e-3])).ticks]
    assert small == ["10⁻⁵", "10⁻⁴", "0.001"], "0.0001 is too long to stand beside a plot"


def test_a_logarithmic_axis_ignores_zero_and_what_is_not_a_number() -> None:
    plan = plotting.log_plan(np.array([0.0, -1.0, np.nan, np.inf, 0.5]))
    assert np.isfinite([plan.low, plan.high]).all()


@pytest.mark.parametrize("values", [np.array([]), np.array([np.nan]), np.array([0.0]), np.array([5e-324])])
@pytest.mark.parametrize("planned", [plotting.growing_plan, plotting.log_plan])
def test_a_plan_exists_even_where_there_is_nothing_to_show(values: np.ndarray, planned: object) -> None:
    plan = planned(values)  # type: ignore[operator]
    assert plan.high > plan.low


def test_enormous_values_are_masked_or_clipped_before_they_reach_a_plot() -> None:
    wild = np.array([1e308, -1e308, np.inf, np.nan, 2.0])
    assert np.isnan(plotting.masked(wild)[:4]).all()
    assert plotting.clipped(wild)[:2].tolist() == [1e12, -1e12]


@given(st.integers(1000, 3000), st.integers(0, 2**32 - 1))
def test_a_thinned_curve_keeps_its_ends_and_every_peak(size: int, seed: int) -> None:
    y = np.random.default_rng(seed).standard_normal(size)
    x = np.arange(size, dtype=float)
    few_x, few_y = thinned(x, y, 100)
    assert len(few_x) <= 202
    assert (np.diff(few_x) >= 0).all()
    assert (few_y.min(), few_y.max()) == (y.min(), y.max())
    assert (few_x[0], few_y[0], few_x[-1], few_y[-1]) == (x[0], y[0], x[-1], y[-1])


def test_an_axis_draws_its_numbers_anew_only_when_they_are_others(qtbot: QtBot) -> None:
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    plot = plotting.calm_plot()
    plotting.adopt(plot, view)
    view.addItem(plot)
    axis, plan = plot.getAxis("left"), plotting.linear_plan(0, 1)
    plotting.follow(plot, "left", plan)
    view.grab()
    drawn = axis.picture
    plotting.follow(plot, "left", plotting.linear_plan(0, 1))
    assert axis.picture is drawn is not None
    plotting.follow(plot, "left", plotting.linear_plan(0, 2))
    assert axis.picture is None


@pytest.mark.parametrize("last", [9, 900, 9_000, 90_000, 259_655, 1_000_000, 45_000_000])
@pytest.mark.parametrize("width", [150, 260, 380, 700])
def test_numbers_of_training_steps_stand_apart_however_many_there_are(qtbot: QtBot, last: int, width: int) -> None:
    theme = Theme()
    plan = plotting.steps_plan(last, width, theme, "steps", least=10.0)
    metrics = QFontMetricsF(theme.font(Size.SMALL))
    edges = [
        (0.8 * width * (place - plan.low) / (plan.high - plan.low), metrics.horizontalAdvance(words) / 2)
        for place, words in plan.ticks
    ]
    assert plan.high >= last
    assert sum(words.endswith(" steps") for _, words in plan.ticks) == 1
    assert edges[-1][1] <= theme.px(plotting.BESIDE)
    assert all(a + half < b - other for (a, half), (b, other) in pairwise(edges))
