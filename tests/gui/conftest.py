"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.text import Language
from tests.gui.frame import Frame, dressed


@pytest.fixture
def speech() -> Speech:
    """What one pane alone speaks."""
    return Speech(Language.ENGLISH)


@pytest.fixture
def theme() -> Theme:
    """What one pane alone wears."""
    return Theme()


@pytest.fixture
def frame(qapp: QApplication) -> Iterator[Frame]:
    """Speech, theme, icons and actions in a dressed application."""
    with dressed(qapp) as ready:
        yield ready
