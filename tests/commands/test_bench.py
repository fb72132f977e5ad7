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
