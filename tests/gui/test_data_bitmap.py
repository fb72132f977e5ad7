"""Drawings made of pixels, without a window."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.gui.data import bitmap


def test_a_stroke_leaves_ink_where_it_went_and_nowhere_else() -> None:
    ink = bitmap.stroked(bitmap.blank(8), (0.25, 0.5), (0.75, 0.5))
    seen = bitmap.seen(ink)
    assert seen[3:5, 2:6].sum() == pytest.approx(seen.sum(), rel=0.3)
    assert seen[0].sum() == seen[7].sum() == 0
    assert bitmap.stroked(ink, (0.0, 0.5), (1.0, 0.5), erase=True).sum() == 0


def test_the_network_sees_the_share_of_ink_in_each_of_its_pixels() -> None:
    ink = bitmap.blank(8)
    ink[0, 0] = ink[0, 1] = ink[1, 0] = 1.0
    seen = bitmap.seen(ink)
    assert seen[0, 0] == 3 / 16
    assert seen.sum() == 3 / 16


def test_a_dab_fills_exactly_one_pixel_of_the_network() -> None:
    seen = bitmap.seen(bitmap.dabbed(bitmap.blank(8), (0.99, 0.0)))
    assert seen[0, 7] == 1.0
    assert seen.sum() == 1.0


def test_fitting_fills_the_frame_from_top_to_bottom_in_the_middle() -> None:
    ink = bitmap.blank(8)
    ink[4:12, 20:24] = 1.0
    full = bitmap.fitted(ink)
    rows, columns = np.flatnonzero(full.any(axis=1)), np.flatnonzero(full.any(axis=0))
    assert (rows[0], rows[-1]) == (0, 31)
    assert columns[0] + columns[-1] == 31
    assert len(columns) == 16


def test_an_empty_sheet_stays_empty() -> None:
    assert not bitmap.fitted(bitmap.blank(8)).any()
