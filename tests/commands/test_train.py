"""Training on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradgui import resources
from gradgui.document.file import read
from tests.commands.conftest import Gradgui

SPIRAL = {
    "format": "gradgui.experiment",
    "version": 1,
    "data": {"kind": "spiral", "points": 40},
    "network": {
        "layers": [{"kind": "dense", "units": 3}, {"kind": "dense", "units": 1, "activation": "sigmoid"}],
    },
    "loss": {"kind": "bce"},
    "optimizer": {"kind": "adam", "learning_rate": 0.02},
    "training": {"batch_size": 7},
}


@pytest.fixture
def spiral(tmp_path: Path) -> Path:
    path = tmp_path / "spiral.gradgui"
    path.write_text(json.dumps(SPIRAL))
    return path


def test_one_update_of_the_toy_car_gives_the_loss_of_the_lesson(gradgui: Gradgui, toy_car: Path) -> None:
    said = gradgui("train", toy_car, "--epochs", 1, "--json")
    (result,) = said.objects()
    assert said.code == 0
    assert result["loss"] == {"train": pytest.approx(8.185058, abs=1e-12), "test": None}
    assert result["epochs"] == 1
    assert result["accuracy"] is None
    assert result["parameters"]["L3.b"] == [5.1]  # type: ignore[index]


def test_the_lines_show_start_and_end(gradgui: Gradgui, toy_car: Path) -> None:
    lines = gradgui("train", toy_car, "--epochs", 1).out.splitlines()
    assert lines == ["epoch\tloss", "0\t12.5", "1\t8.185058"]


def test_chinese_is_spoken_when_asked(gradgui: Gradgui, toy_car: Path) -> None:
    assert gradgui("train", toy_car, "--epochs", 1, "--lang", "zh").out.startswith("轮次\t损失")
    assert gradgui("--lang=zh", "train", toy_car, "--epochs", 1).out.startswith("轮次\t损失")


def test_a_saved_run_goes_on_where_it_stopped(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    halfway = tmp_path / "halfway.gradgui"
    gradgui("train", toy_car, "--epochs", 3, "--save", halfway)
    (resumed,) = gradgui("train", halfway, "--epochs", 4, "--json").objects()
    (straight,) = gradgui("train", toy_car, "--epochs", 7, "--json").objects()
    assert resumed["parameters"] == straight["parameters"]
    assert read(halfway).title == read(toy_car).title


def test_accuracy_and_test_loss_are_there_for_classes(gradgui: Gradgui, spiral: Path) -> None:
    (result,) = gradgui("train", spiral, "--epochs", 5, "--json").objects()
    assert 0 <= result["accuracy"] <= 1  # type: ignore[operator]
    assert result["loss"]["test"] > 0  # type: ignore[index]


def test_the_same_seed_gives_the_same_answer(gradgui: Gradgui, spiral: Path) -> None:
    assert gradgui("train", spiral, "--json").out == gradgui("train", spiral, "--json").out


def test_a_blow_up_is_null_in_json_and_a_sentence_beside_it(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    wild = tmp_path / "wild.gradgui"
    wild.write_text(toy_car.read_text(encoding="utf-8").replace('"learning_rate": 0.1', '"learning_rate": 1e9'))
    out = tmp_path / "out.gradgui"
    said = gradgui("train", wild, "--epochs", 500, "--json", "--save", out)
    (result,) = said.objects()
    assert result["loss"]["train"] is None  # type: ignore[index]
    assert result["epochs"] < 500  # type: ignore[operator]
    assert "no longer a finite number" in said.err
    assert not out.exists()


def test_a_missing_file_is_one_sentence(gradgui: Gradgui, tmp_path: Path) -> None:
    said = gradgui("train", tmp_path / "none.gradgui")
    assert said.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "none.gradgui" in said.err


def test_what_cannot_fit_names_file_place_and_reason(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.gradgui"
    wrong.write_text(toy_car.read_text(encoding="utf-8").replace('"W": [[0.5]]', '"W": [[0.5, 1]]'))
    said = gradgui("train", wrong, "--save", tmp_path / "out.gradgui")
    assert said.code == 2
    assert "wrong.gradgui: network.layers[1].W: expected 1 × 1 numbers, got 1 × 2." in said.err
    assert not (tmp_path / "out.gradgui").exists()


def test_saving_where_nothing_can_be_saved_is_one_sentence(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    said = gradgui("train", toy_car, "--epochs", 1, "--save", tmp_path / "missing" / "out.gradgui")
    assert said.code == 2
    assert said.err.strip().endswith("there is no such file or folder.")


def test_an_experiment_saved_away_from_its_table_says_so(gradgui: Gradgui, tmp_path: Path) -> None:
    houses = resources.path("examples", "house-prices.gradgui")
    said = gradgui("train", houses, "--epochs", 1, "--save", tmp_path / "houses.gradgui")
    assert "houses.gradgui reads house-prices.csv, which must be copied into the same folder." in said.err


def test_running_averages_are_saved_with_the_parameters(gradgui: Gradgui, spiral: Path, tmp_path: Path) -> None:
    raw = json.loads(spiral.read_text(encoding="utf-8"))
    raw["network"]["layers"].insert(1, {"kind": "batch_norm"})
    mine, trained = tmp_path / "mine.gradgui", tmp_path / "trained.gradgui"
    mine.write_text(json.dumps(raw), encoding="utf-8")
    (first,) = gradgui("train", mine, "--epochs", 3, "--json", "--save", trained).objects()
    (again,) = gradgui("train", trained, "--epochs", 0, "--json").objects()
    assert again["loss"] == first["loss"]
    del (saved := json.loads(trained.read_text(encoding="utf-8")))["network"]["layers"][1]["var"]
    trained.write_text(json.dumps(saved), encoding="utf-8")
    (other,) = gradgui("train", trained, "--epochs", 0, "--json").objects()
    assert other["loss"] != first["loss"]
