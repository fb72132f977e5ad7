"""The examples that come with the program are worth opening."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradgui import resources
from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.export.training import Run
from gradgui.session.examples import examples, gallery

PATHS = sorted(resources.path("examples").glob("*.gradgui"))
LEARNT = {
    "cat": (50, 0.05),
    "circle": (100, 0.02),
    "checkerboard": (100, 0.15),
    "gauss": (50, 0.1),
    "moons": (50, 0.05),
    "plane": (50, 0.01),
    "bumps": (60, 0.02),
    "rings": (60, 0.2),
    "sine": (150, 0.02),
    "spiral": (60, 0.1),
    "toy-car": (100, 0.001),
    "xor": (60, 0.15),
}
"""Epochs, and the training loss that is reached within them."""


def test_the_gallery_shows_every_example_once_with_a_sentence_in_both_languages() -> None:
    shown = [template for group in gallery() for template in group.templates]
    assert sorted(template.id for template in shown) == [path.stem for path in PATHS]
    assert examples()[:2] == [("blank", shown[0].title), ("toy-car", shown[1].title)]
    for template in shown:
        assert template.about.en.endswith(".")
        assert template.about.zh.endswith("\u3002")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_example_has_a_title_in_both_languages_and_runs(path: Path) -> None:
    experiment = read(path)
    assert experiment.title is not None
    assert experiment.title.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in experiment.title.zh)
    compile_experiment(experiment, path.parent).trainer().run(1)


def test_no_two_examples_are_called_alike() -> None:
    titles = [read(path).title for path in PATHS]
    assert len({title.en for title in titles if title}) == len({title.zh for title in titles if title}) == len(PATHS)


@pytest.mark.parametrize("name", LEARNT)
def test_an_example_learns_what_it_shows(name: str) -> None:
    epochs, loss = LEARNT[name]
    run = Run(compile_experiment(read(resources.path("examples", f"{name}.gradgui"))))
    *_, last = run.epochs(epochs, epochs)
    assert last.train_loss < loss
