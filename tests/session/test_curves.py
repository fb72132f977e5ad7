"""The record of a run: in order, each step once, thinned but never falsified; sizes agree with NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.file import read
from gradgui.session.curves import MANY, Curves
from gradgui.session.examples import example_path
from gradgui.session.run import Run
from gradgui.session.scores import Judged


def filled(*iterations: int) -> Curves:
    curves = Curves()
    for iteration in iterations:
        curves.add(iteration, Judged(1 / (1 + iteration)), Judged(), np.full(3, float(iteration)))
    return curves


def run_of(name: str) -> Run:
    return Run(compile_experiment(read(example_path(name)), example_path(name).parent), 0)


def test_points_come_in_order_and_each_once() -> None:
    curves = filled(0, 5, 9, 2, 5, 7)
    assert list(curves.view().iterations) == [0, 2, 5, 7, 9]
    assert np.array_equal(curves.trail()[1][:, 0], [0, 2, 5, 7, 9])


def test_what_was_handed_out_stays_as_it_was() -> None:
    curves = filled(0, 1, 2)
    view, trail = curves.view(), curves.trail()[1]
    curves.add(1000, Judged(7.0), Judged(), np.zeros(3))
    curves.cut(0)
    curves.add(1, Judged(8.0), Judged(), np.ones(3))
    assert np.allclose(view.train_loss, [1, 1 / 2, 1 / 3])
    assert np.array_equal(trail[:, 0], [0, 1, 2])


def test_a_long_run_is_thinned_but_keeps_its_ends() -> None:
    curves = filled(*range(3 * MANY))
    view = curves.view()
    assert len(view.iterations) <= MANY
    assert (view.iterations[0], view.iterations[-1]) == (0, 3 * MANY - 1)
    assert np.allclose(view.train_loss, 1 / (1 + view.iterations))


def test_gradients_and_steps_are_measured_layer_by_layer() -> None:
    run = run_of("circle")
    run.go_to(0, 0)
    before = run.trainer.network.theta.copy()
    run.train(1)
    run.observe_losses()
    view, network = run.curves.view(), run.trainer.network
    assert np.isnan(view.gradient_norms[0]).all()
    for index, place in enumerate(network.places):
        part = place.parameters
        assert view.gradient_norms[-1, index] == pytest.approx(np.sqrt((network.grad[part] ** 2).sum()))
        moved = np.sqrt(((network.theta - before)[part] ** 2).sum())
        assert view.update_ratios[-1, index] == pytest.approx(moved / np.sqrt((network.theta[part] ** 2).sum()))


def test_confusion_counts_every_example_in_its_row() -> None:
    run = run_of("iris")
    run.train(200)
    snapshot = run.snapshot(False)
    assert snapshot.confusion is not None
    table, y = snapshot.confusion.train, run.compiled.train.y
    assert np.array_equal(table.sum(axis=1), y.sum(axis=0))
    assert np.trace(table) / table.sum() == pytest.approx(snapshot.accuracy)
    said = run.trainer.answers().argmax(axis=1)
    assert table[1, 2] == ((y.argmax(axis=1) == 1) & (said == 2)).sum()


def test_r_squared_is_one_minus_what_is_left() -> None:
    run = run_of("plane")
    run.train(50)
    run.observe_losses()
    y, answers = run.compiled.train.y, run.trainer.answers()
    left = ((y - answers) ** 2).mean() / y.var()
    assert run.curves.view().fit[-1] == pytest.approx(1 - left)
    assert np.isnan(run.curves.view().accuracy).all()
    assert run.snapshot(False).confusion is None
