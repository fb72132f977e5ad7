"""Icons: every one can be drawn, in the ink of now, sharp on every screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gradgui import resources
from gradgui.gui.actions import COMMANDS
from gradgui.gui.theme import DARK, LIGHT
from tests.gui.frame import Frame

NAMES = sorted(file.stem for file in resources.path("icons").glob("*.svg"))


def darkest(picture: QPixmap) -> QColor:
    """The colour of the most opaque point."""
    image = picture.toImage()
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(points, key=QColor.alpha)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_one_of_the_family(name: str) -> None:
    source = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 20 20"' in source
    assert 'stroke-width="1.75"' in source
    assert "#" not in source
    assert QSvgRenderer(QByteArray(source.encode())).isValid()


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_draws_something_in_ink(frame: Frame, name: str) -> None:
    point = darkest(frame.icons.icon(name).pixmap(20))
    assert point.alpha() > 200
    assert abs(point.lightness() - QColor(LIGHT.ink).lightness()) < 12


def test_icons_take_the_ink_of_a_new_theme(frame: Frame) -> None:
    before = frame.icons.icon("step")
    frame.theme.use_dark(True)
    after = darkest(frame.icons.icon("step").pixmap(20))
    assert abs(after.lightness() - QColor(DARK.ink).lightness()) < 12
    frame.theme.use_dark(False)
    assert frame.icons.icon("step").cacheKey() == before.cacheKey()


def test_an_icon_is_drawn_anew_for_a_fine_screen(frame: Frame) -> None:
    picture = frame.icons.icon("reset").pixmap(frame.icons.icon("reset").availableSizes()[0], 2.0)
    assert picture.devicePixelRatio() == 2.0
    assert picture.width() == 40
    assert frame.icons.pixmap("reset", 1.5).width() == 30


def test_a_disabled_icon_is_pale(frame: Frame) -> None:
    pale = darkest(frame.icons.icon("step").pixmap(20, QIcon.Mode.Disabled))
    assert abs(pale.lightness() - QColor(LIGHT.forward).lightness()) < 12


def test_every_command_has_its_icon() -> None:
    assert {command.icon for command in COMMANDS} <= set(NAMES)
