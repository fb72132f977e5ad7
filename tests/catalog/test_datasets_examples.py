"""The examples that come with the program open, and learn what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui import resources
from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.file import read
from gradgui.engine.evaluation import Evaluator

FILES = sorted(resources.path("examples").glob("*.gradgui"))


def learnt(name: str, epochs: int) -> Compiled:
    path = resources.path("examples", f"{name}.gradgui")
    compiled = compile_experiment(read(path), path.parent)
    trainer = compiled.trainer()
    trainer.run(epochs * trainer.steps_per_epoch)
    return compiled


def measured(compiled: Compiled) -> tuple[float, float]:
    """Loss and share of right answers on the test set."""
    assert compiled.test is not None
    loss, answers = Evaluator(compiled.network, compiled.test).loss_and_answers()
    return loss, compiled.targets.right(answers, compiled.test.y)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_opens_with_a_title_in_both_languages(path: object) -> None:
    file = resources.path("examples", str(path))
    experiment = read(file)
    compiled = compile_experiment(experiment, file.parent)
    assert experiment.title is not None
    assert experiment.title.en
    assert experiment.title.zh
    assert np.isfinite(Evaluator(compiled.network, compiled.train).loss())


def test_digits_reach_97_percent_with_dense_layers() -> None:
    compiled = learnt("digits-dense", 40)
    assert [place.output_shape for place in compiled.network.places] == [(64,), (32,), (10,)]
    assert measured(compiled)[1] >= 0.97


def test_digits_reach_97_percent_with_a_convolution() -> None:
    compiled = learnt("digits-convolution", 30)
    assert [place.output_shape for place in compiled.network.places] == [(8, 6, 6), (8, 3, 3), (10,)]
    assert measured(compiled)[1] >= 0.97


def test_the_spiral_falls_below_0_02() -> None:
    compiled = learnt("spiral", 200)
    assert [place.output_shape for place in compiled.network.places] == [(8,), (8,), (1,)]
    assert measured(compiled)[0] < 0.02


def test_the_flowers_are_told_apart() -> None:
    assert measured(learnt("iris", 100))[1] >= 0.95


def test_the_typed_function_is_learnt() -> None:
    assert measured(learnt("function", 200))[0] < 0.005


def test_the_formula_of_the_house_prices_is_found_again_in_data_units() -> None:
    compiled = learnt("house-prices", 100)
    weights, biases = compiled.network.weights(0), compiled.network.biases(0)
    scaling = compiled.examples.scaling
    assert weights is not None
    assert biases is not None
    assert scaling is not None
    found, _ = scaling.weights_in_data_units(weights, biases)
    area, _rooms, age, distance, old_town, riverside, suburb = found[0]
    assert area == pytest.approx(1.2, abs=0.2)
    assert age == pytest.approx(-0.8, abs=0.2)
    assert distance == pytest.approx(-3, abs=0.6)
    assert old_town - suburb == pytest.approx(20, abs=8)
    assert riverside - suburb == pytest.approx(35, abs=8)
