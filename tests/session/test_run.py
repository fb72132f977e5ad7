"""A run: training, stepping and travelling through time all lead to the same bits."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment
from gradgui.document.file import decode, read
from gradgui.session.examples import example_path
from gradgui.session.observe import layer_values
from gradgui.session.run import Run


def toy_car() -> Run:
    return Run(compile_experiment(read(example_path("toy-car"))), 0)


def experiment(optimizer: str = "adam", **training: object) -> Experiment:
    """A small network with dropout and batch norm, shuffled batches and an optimiser with a memory."""
    raw = {
        "format": "gradgui.experiment",
        "version": 1,
        "data": {"kind": "moons", "points": 50, "noise": 0.2, "test_fraction": 0.2},
        "network": {
            "layers": [
                {"kind": "dense", "units": 4, "activation": "tanh"},
                {"kind": "batch_norm"},
                {"kind": "dropout", "rate": 0.3},
                {"kind": "dense", "units": 1, "activation": "sigmoid"},
            ]
        },
        "loss": {"kind": "bce"},
        "optimizer": {"kind": optimizer, "learning_rate": 0.02},
        "training": {"batch_size": 8, "seed": 3, **training},
    }
    return decode(msgspec.json.encode(raw))


def noisy_run(optimizer: str = "adam") -> Run:
    return Run(compile_experiment(experiment(optimizer)), 0)


def fingerprint(run: Run) -> bytes:
    """Everything that the future depends on, and everything that is shown of the layers, as bytes."""
    trainer = run.trainer
    parts = [trainer.network.theta, trainer.updater.memory, trainer.network.state]
    for values in layer_values(trainer, run.start.theta):
        parts += [
            a for a in (values.z, values.a, values.da, values.dz, values.dW, values.db, values.dx) if a is not None
        ]
    return b"".join(part.tobytes() for part in parts) + bytes([run.iteration % 256, run.cursor])


def test_the_toy_car_gives_the_gradients_of_the_lesson() -> None:
    run = toy_car()
    run.go_to(0, 20)
    layers = run.snapshot(False).layers
    assert layers[2].db == [5.0]
    assert layers[1].dW == [[2.0]]
    assert layers[0].dW == [[1.0]]
    assert run.snapshot(False).loss == 12.5


def test_a_gradient_is_unknown_before_its_event_and_never_zero() -> None:
    run = toy_car()
    for cursor in range(24):
        run.go_to(0, cursor)
        layer = run.snapshot(False).layers[0]
        assert (layer.dW is None) == (cursor < 18)
        assert (layer.db is None) == (cursor < 19)
        assert (layer.a is None) == (cursor < 2)


def test_one_update_lowers_the_toy_cars_loss_as_the_lesson_says() -> None:
    run = toy_car()
    run.go_to(0, 23)
    assert run.snapshot(False).train_loss == pytest.approx(8.185058, abs=1e-6)


def test_stepping_back_undoes_every_event_exactly() -> None:
    run = noisy_run()
    run.train(3)
    forwards = []
    for _ in range(2 * run.events + 1):
        run.step_event()
        forwards.append(fingerprint(run))
    for expected in reversed(forwards[:-1]):
        run.step_back()
        assert fingerprint(run) == expected


def test_stepping_back_from_the_first_event_leads_to_the_start_and_no_further() -> None:
    run = toy_car()
    run.step_event()
    run.step_back()
    run.step_back()
    assert (run.iteration, run.cursor) == (0, 0)


def test_two_hundred_steps_played_equal_two_hundred_steps_stepped() -> None:
    played, stepped = noisy_run(), noisy_run()
    played.train(200)
    for _ in range(200 * stepped.events):
        stepped.step_event()
    played.settle()
    assert fingerprint(played) == fingerprint(stepped)


def test_any_moment_of_the_past_is_what_it_was() -> None:
    run = noisy_run("momentum")
    visited = {}
    for place in [(0, 0), (5, 7), (63, 1), (64, 3), (130, run.events), (200, 2)]:
        run.go_to(*place)
        visited[place] = fingerprint(run)
    for place in [(64, 3), (200, 2), (0, 0), (130, run.events), (5, 7), (63, 1)]:
        run.go_to(*place)
        assert fingerprint(run) == visited[place], place


def test_another_learning_rate_keeps_the_past_and_changes_the_future() -> None:
    run = noisy_run()
    run.train(100)
    run.settle()
    past = fingerprint(run)
    faster = experiment()
    faster = faster.with_(optimizer=msgspec.structs.replace(faster.optimizer, learning_rate=0.2))
    run.retune(compile_experiment(faster), 1)
    run.train(50)
    run.settle()
    future = fingerprint(run)
    run.go_to(99, run.events)
    assert fingerprint(run) == past
    run.go_to(149, run.events)
    assert fingerprint(run) == future
    slow = noisy_run()
    slow.go_to(149, slow.events)
    assert fingerprint(slow) != future


def test_training_on_from_the_past_crosses_into_the_later_experiment() -> None:
    run = noisy_run()
    run.train(100)
    run.retune(compile_experiment(experiment("adam", l2=0.1)), 1)
    run.train(60)
    run.settle()
    end = fingerprint(run)
    run.go_to(40, 3)
    run.train(120)
    run.settle()
    assert fingerprint(run) == end


def test_keyframes_are_thinned_under_the_cap_and_moments_stay_exact() -> None:
    run = noisy_run()
    run.timeline._cap_bytes = 4 * run.timeline.nbytes
    run.train(300)
    run.settle()
    end = fingerprint(run)
    assert run.timeline.interval > 64
    assert run.timeline.nbytes <= run.timeline.cap_bytes
    run.go_to(17, 2)
    run.go_to(299, run.events)
    assert fingerprint(run) == end


def test_the_curves_hold_each_moment_once_and_in_order() -> None:
    run = toy_car()
    for place in [(3, 23), (1, 23), (2, 23), (1, 23)]:
        run.go_to(*place)
    assert list(run.curves.view().iterations) == [0, 2, 3, 4]
    assert np.all(np.isfinite(run.curves.view().train_loss))


def test_looking_at_a_run_does_not_change_it() -> None:
    looked, alone = noisy_run(), noisy_run()
    for _ in range(5):
        looked.train(7)
        looked.observe_losses()
        looked.snapshot(True)
        alone.train(7)
    assert fingerprint(looked) == fingerprint(alone)


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "lion"])
def test_while_a_run_trains_the_next_parameters_are_tried_with_the_gradient_of_the_step_just_made(
    optimizer: str,
) -> None:
    run = Run(compile_experiment(experiment(optimizer)), 0)
    assert run.snapshot(True).promised == (), "before the first step there is no gradient"
    run.train(9)
    now = run.snapshot(True)
    (W, b), promised, felt = (now.layers[3].W, now.layers[3].b), now.promised[3], now.felt[3]
    assert promised is not None
    assert felt is not None
    if optimizer == "sgd":
        assert np.allclose(promised[0], W - 0.02 * felt[0], rtol=1e-12)
        assert np.allclose(promised[1], b - 0.02 * felt[1], rtol=1e-12)
    else:
        assert 0 < np.abs(promised[0] - W).max() < 0.1
