"""The second opinion on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradgui.engine import gradient_check
from tests.commands.conftest import Gradgui


def test_every_gradient_of_the_toy_car_agrees(gradgui: Gradgui, toy_car: Path) -> None:
    said = gradgui("check", toy_car, "--json")
    (result,) = said.objects()
    assert said.code == 0
    assert result["agrees"] is True
    rows = {row["name"]: row["analytic"] for row in result["parameters"]}  # type: ignore[attr-defined]
    assert rows == {"L1.W[0,0]": 1, "L1.b[0]": 1, "L2.W[0,0]": 2, "L2.b[0]": 2, "L3.W[0,0]": 5, "L3.b[0]": 5}


def test_people_read_a_table_and_a_sentence(gradgui: Gradgui, toy_car: Path) -> None:
    lines = gradgui("check", toy_car).out.splitlines()
    assert lines[0] == "parameter\tbackpropagation\tcentral difference\trelative error"
    assert lines[6].startswith("L3.b[0]\t+5\t+5\t")
    assert lines[7].startswith("All 6 parameters agree")


def test_disagreement_is_exit_code_one(gradgui: Gradgui, toy_car: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = gradient_check.LossAt.gradient
    monkeypatch.setattr(gradient_check.LossAt, "gradient", lambda self, theta: honest(self, theta) * 1.01)
    said = gradgui("check", toy_car)
    assert said.code == 1
    assert "6 of 6 parameters disagree" in said.out
