"""The whole window, as in the stories, with everything that watches over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from gradgui.app import Program
from gradgui.wiring.hardening import Hardening
from tests.stories.conftest import Open, open_window

__all__ = ["open_window"]


@dataclass
class Watched:
    """Forgotten after the test, so that everything can be deleted."""

    program: Program
    hardening: Hardening


@pytest.fixture
def watched(open_window: Open) -> Iterator[Watched]:
    """A window whose errors are caught."""
    program = open_window()
    hardening = Hardening(program.desk, program)
    hardening.begin()
    watched = Watched(program, hardening)
    yield watched
    vars(watched).clear()
    if hardening.report is not None:
        hardening.report.close()
    hardening.end()
