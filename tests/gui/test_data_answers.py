"""What an output means, and the colour it gets."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gradgui.gui.data.answers import Answers
from gradgui.gui.data.colours import Colours
from gradgui.gui.data.sampling import read_line, read_map
from gradgui.gui.data.thumbnail import thumbnail
from gradgui.gui.theme import CLASSES, DARK, LIGHT, Theme
from tests.gui.datapoints import maps, plane, rings, sides, sine


@pytest.mark.parametrize(("low", "middle"), [(-1.0, 0.0), (0.0, 0.5)])
def test_two_classes_are_split_between_their_targets(low: float, middle: float) -> None:
    answers = Answers.of(sides(low)[0])
    outputs = np.array([[low, middle - 0.1, middle + 0.1, 1.0, 7.0, np.nan]])
    classes, sure = answers.verdict(outputs)
    assert classes.tolist()[:5] == [0, 0, 1, 1, 1]
    assert sure[[0, 3, 4, 5]].tolist() == [1, 1, 1, 0]


def test_targets_are_read_as_one_hot_rows_or_as_class_numbers() -> None:
    answers = Answers.of(rings()[0])
    assert answers.targets(np.eye(3)).tolist() == [0, 1, 2]
    assert answers.targets(np.array([[2.0], [0.0]])).tolist() == [2, 0]


def test_probabilities_are_kept_and_scores_become_probabilities() -> None:
    answers = Answers.of(rings()[0])
    _, certain = answers.verdict(np.array([[1.0], [0.0], [0.0]]))
    _, even = answers.verdict(np.full((3, 1), 1 / 3))
    best, scored = answers.verdict(np.array([[0.0], [9.0], [-3.0]]))
    assert (certain[0], round(float(even[0]), 9), int(best[0])) == (1.0, 0.0, 1)
    assert 0.99 < scored[0] < 1


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_map_is_the_panel_where_unsure_and_the_class_colour_where_sure(palette: object) -> None:
    answers = Answers.of(sides()[0])
    pixels = Colours(answers, palette).picture(np.array([[[-1.0, 0.0, 1.0]]]))[0]  # type: ignore[arg-type]
    panel = QColor(palette.panel)  # type: ignore[attr-defined]
    assert np.abs(pixels[1][:3].astype(int) - [panel.red(), panel.green(), panel.blue()]).max() <= 6
    for pixel, name in ((pixels[0], CLASSES[0]), (pixels[2], CLASSES[1])):
        wanted = QColor(name).hue()
        assert abs(QColor(*(int(c) for c in pixel[:3])).hue() - wanted) < 12


def test_each_of_three_classes_has_its_colour() -> None:
    pixels = Colours(Answers.of(rings()[0]), LIGHT).picture(np.eye(3)[:, None, :])[0]
    hues = [QColor(*(int(c) for c in pixel[:3])).hue() for pixel in pixels]
    assert all(abs(hue - QColor(name).hue()) < 12 for hue, name in zip(hues, CLASSES, strict=False))


def test_outputs_that_are_not_numbers_still_make_a_picture() -> None:
    for data in (sides()[0], rings()[0], sine()[0]):
        outputs = np.full((max(1, data.classes if data.classes > 2 else 1), 2, 2), np.nan)
        outputs[0, 0] = [np.inf, -1e308]
        assert Colours(Answers.of(data), LIGHT).picture(outputs).shape == (2, 2, 4)


def test_a_map_is_read_exactly_between_its_grid_points() -> None:
    x1, x2 = plane()
    view = maps(2 * x1 + 3 * x2)
    places = np.array([[1.23, -4.56], [-6.0, -6.0], [6.0, 6.0], [0.0, 0.0]])
    assert np.allclose(read_map(view, places)[0], 2 * places[:, 0] + 3 * places[:, 1], atol=1e-4)


def test_a_line_is_read_between_its_points() -> None:
    _, view = sine()
    assert np.allclose(read_line(view, np.array([0.7, -3.0, 3.0]))[0], 0.5 * np.sin([0.7, -3, 3]), atol=1e-3)


@pytest.mark.parametrize("case", [sides, rings, sine])
def test_a_thumbnail_shows_every_colour_of_the_classes(qtbot: QtBot, case: object) -> None:
    data, _ = case()  # type: ignore[operator]
    theme = Theme()
    image = thumbnail(data, theme, QSize(64, 48), ratio=2.0).toImage()
    assert (image.width(), image.height()) == (128, 96)
    seen = {image.pixelColor(x, y).name().upper() for x in range(128) for y in range(96)}
    wanted = set(CLASSES[: data.classes]) or {theme.palette.curve_train}
    assert wanted <= seen
