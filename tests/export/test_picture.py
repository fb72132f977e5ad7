"""Pictures, scales and ticks."""

from __future__ import annotations

import io
import math
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from gradgui.export.chart import Frame, Scale, around
from gradgui.export.colours import HOLE, height_colours
from gradgui.export.picture import Picture


def test_the_same_marks_are_in_svg_and_png() -> None:
    picture = Picture(40, 20)
    picture.line([(0, 10), (40, 10)], "#ff0000", 4)
    picture.words((5, 5), "<a & 梯度>", 5)
    root = ElementTree.fromstring(picture.to_svg())
    assert [child.tag.rpartition("}")[2] for child in root] == ["rect", "polyline", "text"]
    assert root[2].text == "<a & 梯度>"
    with Image.open(io.BytesIO(picture.to_png())) as image:
        assert image.size == (80, 40)
        assert image.getpixel((40, 20)) == (255, 0, 0)
        assert image.getpixel((40, 35)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (-1, 1, [-1, -0.5, 0, 0.5, 1]), (0.03, 0.07, [0.03, 0.04, 0.05, 0.06, 0.07])],
)
def test_ticks_are_round_numbers(low: float, high: float, ticks: list[float]) -> None:
    assert Scale(low, high).ticks() == pytest.approx(ticks, abs=1e-12)


def test_a_scale_holds_all_values_whatever_they_are() -> None:
    for values in ([1.0], [0.0], [-5, 5], [1e-9, 2e-9], [math.nan, 3.0], [math.inf], []):
        scale = around(values)
        assert scale.low < scale.high
        assert scale.ticks()
        assert all(0 <= scale.share(value) <= 1 for value in values if math.isfinite(value))


def test_powers_of_ten_have_even_distances() -> None:
    scale = around([0.002, 50.0], log=True)
    assert scale.ticks() == pytest.approx([0.001, 0.01, 0.1, 1, 10, 100])
    assert math.isnan(scale.share(0.0))


def test_a_curve_is_broken_where_it_is_not_finite() -> None:
    picture = Picture(100, 100)
    frame = Frame(0, 0, 100, 100, Scale(0, 5), Scale(0, 1))
    frame.curve(picture, [(0, 0), (1, 1), (2, math.nan), (3, 1), (4, 0)], "#000000")
    assert len(picture.marks) == 2


def test_low_is_dark_high_is_bright_and_nothing_is_grey() -> None:
    low, high, hole = height_colours(np.array([0.0, 1.0, np.nan])).astype(int)
    assert low.sum() < high.sum()
    assert "#{:02x}{:02x}{:02x}".format(*hole) == HOLE
