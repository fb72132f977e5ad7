"""The weights of a layer, counted: also the smallest and the largest that a computer knows."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradgui.gui.editor.weight_histogram import WeightHistogram
from gradgui.gui.theme import Theme


@pytest.mark.parametrize("size", [5e-324, 1e-310, 1.0, 1.7e308])
def test_weights_of_any_size_are_counted(qtbot: QtBot, size: float) -> None:
    histogram = WeightHistogram(Theme())
    qtbot.addWidget(histogram)
    histogram.show_weights(np.array([[-size, 0.0, size, np.nan]]))
    assert histogram.counts[0] == 1
    assert histogram.counts[-1] == 1
    assert sum(histogram.counts) == 3
