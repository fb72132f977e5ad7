"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.frame import Frame, dressed


@pytest.fixture
def frame(qapp: QApplication) -> Iterator[Frame]:
    """Speech, theme, icons and actions in a dressed application."""
    with dressed(qapp) as ready:
        yield ready
