"""Numbers become colours without losing their sign, their place or their failures."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.gui.editor.maps import class_table, colour_table, coloured, neuron_maps
from gradgui.gui.theme import CLASSES, LIGHT
from gradgui.gui.widgets.ranges import spread


def test_a_table_runs_from_the_low_colour_over_the_middle_to_the_high_one() -> None:
    table = colour_table(CLASSES[0], LIGHT.panel, CLASSES[1])
    assert len(table) == 256
    assert table[0] == 0xFF0072B2
    assert table[255] == 0xFFD55E00
    assert all(channel > 250 for channel in (table[127] >> 16 & 255, table[127] >> 8 & 255, table[127] & 255))


def test_values_beyond_the_scale_take_the_colours_at_the_ends() -> None:
    table = class_table(LIGHT)
    seen = coloured(np.array([[-9.0, 9.0]]), table, 0.0, 1.0)
    assert seen.tolist() == [[int(table[0]), int(table[255])]]


def test_a_map_is_no_finer_than_it_is_shown() -> None:
    values = np.zeros((3, 100, 100), dtype=np.float32)
    pictures = neuron_maps(values, "tanh", class_table(LIGHT), 30)
    assert [picture.image.width() for picture in pictures] == [34] * 3


def test_a_sigmoid_is_neutral_at_one_half() -> None:
    values = np.full((1, 4, 4), 0.5, dtype=np.float32)
    table = class_table(LIGHT)
    (picture,) = neuron_maps(values, "sigmoid", table, 40)
    assert picture.image.pixel(1, 1) == table[127]


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_a_network_that_blew_up_can_still_be_drawn(wrong: float) -> None:
    values = np.ones((1, 4, 4), dtype=np.float32)
    values[0, 0, 0] = wrong
    assert spread(values) == 1.0
    assert len(neuron_maps(values, "relu", class_table(LIGHT), 40)) == 1


def test_nothing_but_zeros_has_a_scale_too() -> None:
    assert spread(np.zeros((2, 2))) == 1.0
    assert spread(np.zeros(0)) == 1.0
