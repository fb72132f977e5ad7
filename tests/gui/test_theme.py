"""Colours that can be read, sizes that follow the factor, numbers that stand still."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gradgui.gui.stylesheet import qt_palette, stylesheet
from gradgui.gui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Palette, Size, Theme, number
from tests.gui.frame import Frame

WORDS = (
    "ink", "muted", "current", "gradient_plus", "gradient_minus", "weight_plus", "weight_minus", "done",
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1 between two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    ink = QColor(colour)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (ink.redF(), ink.greenF(), ink.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["panel", "ground", "hover"])
@pytest.mark.parametrize("ink", WORDS)
def test_words_can_be_read_on_every_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["panel", "ground"])
@pytest.mark.parametrize("ink", WORDS)
def test_high_contrast_is_high(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 7
    assert contrast(palette.line, palette.panel) >= 3


def test_high_contrast_follows_light_and_dark() -> None:
    theme = Theme()
    theme.use_contrast(True)
    assert theme.palette is LIGHT_CONTRAST
    theme.use_dark(True)
    assert theme.palette is DARK_CONTRAST
    theme.use_contrast(False)
    assert theme.palette is DARK


@pytest.mark.parametrize("palette", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST])
def test_a_button_and_a_thick_line_stand_out(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.current) >= 4.5
    assert contrast(palette.current, palette.current_soft) >= 4.5
    assert contrast(palette.gradient_plus_fill, palette.panel) >= 3
    assert contrast(palette.gradient_minus_fill, palette.panel) >= 3


def test_gradient_colours_tell_the_sign_and_zero_takes_no_side() -> None:
    theme = Theme()
    assert theme.gradient_colour(2.0) == LIGHT.gradient_plus
    assert theme.gradient_colour(-2.0) == LIGHT.gradient_minus
    assert theme.gradient_colour(0.0) == LIGHT.muted
    assert theme.gradient_fill(2.0) == LIGHT.gradient_plus_fill
    assert theme.gradient_fill(-0.1) == LIGHT.gradient_minus_fill


def test_switching_to_dark_is_told_once(qtbot: QtBot) -> None:
    theme = Theme()
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.palette.dark))
    theme.use_dark(True)
    theme.use_dark(True)
    assert heard == [True]


def test_the_desktop_decides_between_light_and_dark_if_asked(qtbot: QtBot) -> None:
    theme = Theme(dark=True)
    theme.follow_system()
    assert not theme.palette.dark  # an offscreen desktop has no dark look
    theme._take_scheme(Qt.ColorScheme.Dark)
    assert theme.palette.dark


def test_the_factor_enlarges_text_and_distances(qtbot: QtBot) -> None:
    theme = Theme(factor=1.6)
    assert theme.px(10) == 16
    assert theme.font(Size.SMALL).pixelSize() == 19
    assert theme.font(Size.HUGE, bold=True).weight() == QFont.Weight.DemiBold


def test_all_digits_are_equally_wide(frame: Frame) -> None:
    for bold in (False, True):
        measure = QFontMetrics(frame.theme.font(Size.HUGE, bold))
        assert len({measure.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1
        assert measure.horizontalAdvance("+") == measure.horizontalAdvance("−")


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5, "0.500"), (-2.0, "−2.000"), (12.5, "12.50"), (0.0, "0"), (1e-7, "1.000e−7"), (float("inf"), "∞")],
)
def test_numbers_keep_four_digits_and_a_real_minus(value: float, words: str) -> None:
    assert number(value) == words


def test_the_style_sheet_follows_theme_and_factor(qtbot: QtBot) -> None:
    theme = Theme()
    light = stylesheet(theme)
    theme.use_dark(True)
    dark = stylesheet(theme)
    theme.use_factor(1.6)
    assert LIGHT.panel in light
    assert DARK.panel in dark
    assert LIGHT.ink not in dark
    assert stylesheet(theme) != dark
    headings = re.search(r"QHeaderView::section \{[^}]*\}", light)
    assert headings is not None
    assert "font-size" not in light.replace(headings[0], "")  # it would overrule every widget's own font
    assert "$" not in light


def test_what_no_style_sheet_reaches_has_the_same_colours(qtbot: QtBot) -> None:
    palette = qt_palette(Theme(dark=True))
    assert palette.color(QPalette.ColorRole.Text).name().upper() == DARK.ink
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name().upper() == DARK.forward


def test_a_new_theme_leaves_a_label_its_own_size(qtbot: QtBot, frame: Frame) -> None:
    label = QLabel("12.50")
    qtbot.addWidget(label)
    label.setFont(frame.theme.font(Size.HUGE, bold=True))
    label.show()
    frame.theme.use_dark(True)
    assert label.font().pixelSize() == 26
    assert label.palette().color(label.foregroundRole()).name().upper() == DARK.ink
