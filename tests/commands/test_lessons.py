"""The lessons on the command line."""

from __future__ import annotations

import pytest

from gradgui.lessons import check
from gradgui.text import same
from tests.commands.conftest import Gradgui


def test_all_eighteen_are_listed_in_the_language_asked_for(gradgui: Gradgui) -> None:
    lines = gradgui("lessons", "--lang", "zh").out.splitlines()
    assert len(lines) == 18
    assert "玩具车" in lines[7]


def test_every_number_is_verified(gradgui: Gradgui) -> None:
    said = gradgui("lessons", "--check")
    assert said.code == 0
    assert said.out.endswith("18 lessons, everything is right.\n")


def test_a_wrong_number_is_exit_code_one(gradgui: Gradgui, monkeypatch: pytest.MonkeyPatch) -> None:
    failure = [check.Failure("expect[2]", same("5 is not 4"))]
    monkeypatch.setattr(check, "check_lesson", lambda lesson: failure if lesson.id == "soup" else [])
    said = gradgui("lessons", "--check")
    assert said.code == 1
    assert "expect[2]: 5 is not 4" in said.out
    assert said.out.endswith("1 of 18 lessons are wrong.\n")
