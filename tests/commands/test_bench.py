"""The benchmark's door on the command line."""

from __future__ import annotations

import pytest

from gradgui.bench import command
from tests.commands.conftest import Gradgui


def test_its_options_are_handed_on(gradgui: Gradgui, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[list[str]] = []
    monkeypatch.setattr(command, "main", lambda arguments, _: heard.append(arguments) or 0)
    assert gradgui("bench", "--quick", "--only", "train", "--json", "--lang", "zh").code == 0
    assert heard == [["--json", "--quick", "--only", "train", "--lang", "zh"]]


def test_its_help_names_what_can_be_measured_alone(gradgui: Gradgui) -> None:
    page = " ".join(gradgui("bench", "--help").out.split())
    assert "window, hand, step, start" in page
    said = gradgui("bench", "--only", "feet")
    assert said.code == 2
    assert "start, got feet" in said.err.replace("'", "")  # Python 3.13 writes fewer of these
