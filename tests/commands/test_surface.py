"""The loss surface in a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.commands.conftest import Gradgui
from tests.document.samples import SPIRAL, written


@pytest.fixture
def spiral(tmp_path: Path) -> Path:
    path = tmp_path / "spiral.gradgui"
    path.write_bytes(written(SPIRAL))
    return path


def test_a_table_holds_the_loss_at_each_point(gradgui: Gradgui, toy_car: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    axes = ("--axes", "L3.b[0]", "L1.W[0,0]")
    assert gradgui("surface", toy_car, "--grid", 3, *axes, "--range", 0, 2, out).code == 0
    rows = list(csv.reader(io.StringIO(out.read_text())))
    assert rows[0] == ["b3", "W1", "loss"]
    b, w, loss = map(float, rows[6])
    assert (b, w) == (2, 1)
    assert loss == pytest.approx(0.5 * (0.4 * (0.5 * 1 + 0.5) + 2 - 1) ** 2)


def test_arrays_are_saved_for_further_work(gradgui: Gradgui, spiral: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.npz"
    assert gradgui("surface", spiral, out, "--random", 3, "--grid", 5).code == 0
    with np.load(out) as arrays:
        assert arrays["loss"].shape == (5, 5)
        assert arrays["xs"].shape == arrays["ys"].shape == (5,)


def test_pictures_can_be_opened(gradgui: Gradgui, spiral: Path, tmp_path: Path) -> None:
    assert gradgui("surface", spiral, tmp_path / "out.png", "--pca", "--epochs", 5, "--grid", 9).code == 0
    with Image.open(tmp_path / "out.png") as image:
        assert image.size == (1280, 1120)
    assert gradgui("surface", spiral, tmp_path / "out.svg", "--grid", 9, "--lang", "zh").code == 0
    svg = (tmp_path / "out.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg ")
    assert "其余" in svg


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("out.jpg",), "expected a name that ends in .png, .svg, .npz, .csv."),
        (("out.png", "--axes", "L1.W", "L2.W"), "L1.W is no parameter"),
        (("out.png", "--pca", "--random", "1"), "exclude each other"),
        (("out.png", "--range", "2", "1"), "expected the first number to be the smaller one"),
        (("out.png", "--grid", "1"), "expected a whole number from 2 to 1001, got 1"),
        (("none/out.png", "--grid", "3"), "there is no such file or folder"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(
    gradgui: Gradgui, toy_car: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    said = gradgui("surface", toy_car, tmp_path / arguments[0], *arguments[1:])
    assert said.code == 2
    assert sentence in said.err
    assert list(tmp_path.iterdir()) == []
