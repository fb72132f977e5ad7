"""Scripts, tables, pictures and films from the command line."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.commands.conftest import Gradgui
from tests.document.samples import SPIRAL, written


@pytest.fixture
def spiral(tmp_path: Path) -> Path:
    path = tmp_path / "spiral.gradgui"
    path.write_bytes(written(SPIRAL))
    return path


def test_a_numpy_script_runs_by_itself(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    out = tmp_path / "car.py"
    assert gradgui("export", toy_car, out, "--to", "numpy", "--epochs", 1).code == 0
    done = subprocess.run([sys.executable, out], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "0\t12.5"
    assert float(done.stdout.splitlines()[2].split("\t")[1]) == pytest.approx(8.185058, abs=1e-12)


def test_a_pytorch_script_is_what_one_gets_without_asking(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    assert gradgui("export", toy_car, tmp_path / "car.py").code == 0
    assert "import torch" in (tmp_path / "car.py").read_text(encoding="utf-8")


def test_curves_are_a_table(gradgui: Gradgui, spiral: Path, tmp_path: Path) -> None:
    out = tmp_path / "curves.csv"
    assert gradgui("export", spiral, out, "--epochs", 4).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [row["epoch"] for row in rows] == ["0", "1", "2", "3", "4"]
    (result,) = gradgui("train", spiral, "--epochs", 4, "--json").objects()
    assert float(rows[-1]["train_loss"]) == result["loss"]["train"]  # type: ignore[index]
    assert float(rows[-1]["accuracy"]) == result["accuracy"]


def test_a_trace_is_a_table_with_one_line_for_each_number(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    out = tmp_path / "step.csv"
    assert gradgui("export", toy_car, out, "--trace").code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [row["value"] for row in rows if (row["kind"], row["name"]) == ("dL/db", "L3.b")] == ["5.0"]
    assert next(row for row in rows if row["kind"] == "loss")["row"] == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_curves_are_a_picture(gradgui: Gradgui, spiral: Path, tmp_path: Path, language: str) -> None:
    assert gradgui("export", spiral, tmp_path / "a.png", "--epochs", 3, "--lang", language).code == 0
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (1440, 1280)
    assert gradgui("export", spiral, tmp_path / "a.svg", "--epochs", 3, "--lang", language).code == 0
    assert ("轮次" if language == "zh" else "epoch") in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_run_is_a_film(gradgui: Gradgui, spiral: Path, toy_car: Path, tmp_path: Path) -> None:
    for file, name in ((spiral, "plane.gif"), (toy_car, "curve.gif")):
        assert gradgui("export", file, tmp_path / name, "--epochs", 3).code == 0
        with Image.open(tmp_path / name) as film:
            assert film.n_frames == 4  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("out.txt",), "expected a name that ends in .py, .csv, .svg, .png, .gif."),
        (("out.py", "--trace"), "--trace: only for a .csv file."),
        (("out.csv", "--trace", "--batch", "3"), "--batch: expected 0 to 0, got 3."),
        (("out.py", "--to", "jax"), "--to: expected one of "),
        (("none/out.csv",), "there is no such file or folder"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_a_sentence(
    gradgui: Gradgui, toy_car: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    said = gradgui("export", toy_car, tmp_path / arguments[0], *arguments[1:])
    assert said.code == 2
    assert sentence in said.err
    assert list(tmp_path.iterdir()) == []
