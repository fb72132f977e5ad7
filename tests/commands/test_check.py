"""The second opinion on the command line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.engine import gradient_check
from gradgui.engine.gradient_check import check_gradient, parameter_names
from gradgui.session.examples import example_path
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


@pytest.mark.parametrize("example", ["digits-convolution", "digits-dense"])
def test_the_many_corners_among_the_digits_make_no_gradient_wrong(example: str) -> None:
    compiled = compile_experiment(read(example_path(example)))
    biases = [place for place, (_, name) in enumerate(parameter_names(compiled.network)) if ".b" in name]
    others = np.random.default_rng(3).choice(compiled.network.size, 40, replace=False).tolist()
    result = check_gradient(compiled.network, compiled.train, indices=biases + others)
    assert result.agrees
    assert any(entry.corner for entry in result.entries)
    assert result.worst.error < 1e-6


def test_the_sentence_below_counts_the_corners(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    beside = tmp_path / "beside.gradgui"
    nearly_off = toy_car.read_text(encoding="utf-8").replace('"b": [0.0]', '"b": [-1.000003]')
    beside.write_text(nearly_off, encoding="utf-8")
    said = gradgui("check", beside)
    assert said.code == 0
    assert "All 6 parameters agree, 2 of them at a corner of the loss; the largest relative error of the" in said.out
