"""Training, stepping and travelling in time come to the same bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradgui.catalog.registry import activation_kinds, optimizer_kinds
from gradgui.engine import training
from gradgui.engine.evaluation import CHUNK, Evaluator
from gradgui.engine.events import EventKind, Phase
from gradgui.engine.samples import Samples
from gradgui.engine.state import OVERHEAD
from gradgui.engine.tape import run
from gradgui.engine.training import Trainer
from gradgui.engine.update import Rule
from tests.engine.nets import Case, conv, dense, layer, step_through

ACTIVATIONS = st.sampled_from(sorted(activation_kinds()))
SGD = optimizer_kinds()["sgd"]


@st.composite
def middles(draw: st.DrawFn) -> list[object]:
    """Some layers of any flat kind, perhaps with a link from an earlier one."""
    layers: list[object] = [dense(4, draw(ACTIVATIONS))]
    for index in range(1, draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["dense", "dropout", "batch_norm", "layer_norm", "add", "concat"]))
        if kind == "dense":
            layers.append(dense(4, draw(ACTIVATIONS)))
        elif kind == "add":
            layers.append((layer("add"), (index - 1, draw(st.integers(0, index - 1))), "add"))
        elif kind == "concat":
            source = draw(st.integers(-1, index - 1))
            layers += [(dense(4, draw(ACTIVATIONS)), (len(layers) - 1, source), "concat")]
        else:
            layers.append(layer(kind))
    return layers


@st.composite
def trainers(draw: st.DrawFn) -> Trainer:
    """A trainer at its start: any network, optimiser, batch size, penalties and clipping."""
    loss, output = draw(st.sampled_from([("bce", "sigmoid"), ("cross_entropy", "softmax"), ("huber", "tanh")]))
    count = draw(st.integers(2, 7))
    case = Case([*draw(middles()), dense(2, output)], loss, draw(st.booleans()), count=count, seed=draw(SEEDS))
    case.network.trainable[draw(st.lists(st.integers(0, case.network.size - 1), max_size=3))] = False
    optimizer = draw(st.sampled_from(sorted(optimizer_kinds())))
    schedule = draw(st.sampled_from([None, lambda epoch, step: 1 / (1 + epoch + step)]))
    small = st.sampled_from([0.0, 0.01])
    rule = Rule(
        optimizer_kinds()[optimizer].spec().build(), 0.05, schedule, draw(small), draw(small), draw(small), draw(small)
    )
    return case.trainer(rule, batch_size=draw(st.integers(0, count)), shuffle=draw(st.booleans()))


SEEDS = st.integers(0, 1000)


def bits(trainer: Trainer) -> tuple[int, bytes, bytes, bytes]:
    moment = trainer.moment()
    return moment.iteration, moment.theta.tobytes(), moment.memory.tobytes(), moment.state.tobytes()


@settings(max_examples=120)
@given(trainers(), st.integers(1, 9))
def test_stepping_through_events_trains_bit_for_bit(trainer: Trainer, steps: int) -> None:
    start = trainer.moment()
    trainer.run(steps)
    trained = bits(trainer)
    trainer.restore(start)
    for _ in range(steps):
        step_through(trainer)
    assert bits(trainer) == trained


@settings(max_examples=60)
@given(trainers(), st.lists(st.integers(0, 6), min_size=1, max_size=5))
def test_every_moment_comes_back_bit_for_bit(trainer: Trainer, visits: list[int]) -> None:
    moments, seen = [trainer.moment()], [bits(trainer)]
    for _ in range(6):
        trainer.run(1)
        moments.append(trainer.moment())
        seen.append(bits(trainer))
    for number in visits:
        trainer.restore(moments[number])
        assert bits(trainer) == seen[number]
        trainer.run(6 - number)
        assert bits(trainer) == seen[6]


@settings(max_examples=60)
@given(trainers(), st.integers(0, 40), st.integers(1, 5))
def test_a_step_begun_by_hand_is_finished_by_training(trainer: Trainer, cursor: int, steps: int) -> None:
    start = trainer.moment()
    trainer.run(steps)
    trained = bits(trainer)
    trainer.restore(start)
    for _ in range(min(cursor, len(trainer.events) - 1)):
        trainer.run_event()
    trainer.run(steps)
    assert bits(trainer) == trained
    assert trainer.cursor == 0


@pytest.mark.parametrize("activation", sorted(activation_kinds()))
def test_taking_slopes_together_changes_no_bit(activation: str) -> None:
    case = Case([dense(5, activation), dense(3, activation), dense(4, activation), dense(2, "tanh"), dense(1)], count=7)
    program = case.trainer().program
    run(program.forward_calls)
    run(program.training_calls())
    together = case.network.grad.copy()
    for _, stage, _ in program.stages():
        run(stage.slope + stage.calls)
    assert np.array_equal(case.network.grad, together)


def test_only_a_long_enough_row_of_equal_activations_shares_a_call() -> None:
    def calls(*activations: str) -> int:
        return len(Case([dense(2, name) for name in activations]).trainer().program.training_calls())

    assert (
        calls("tanh", "tanh", "tanh") == calls("tanh", "sigmoid", "tanh") - 3 - 4
    )  # a sigmoid itself takes three more
    assert calls("tanh", "relu", "relu", "sigmoid") == calls("tanh", "relu", "tanh", "sigmoid") - 2


def test_more_batches_than_tapes_train_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def trained() -> bytes:
        case = Case([dense(3), layer("dropout", rate=0.2), dense(1)], count=11)
        trainer = case.trainer(Rule(SGD.spec().build(), 0.1), batch_size=2)
        trainer.run(20)
        return case.network.theta.tobytes()

    usual = trained()
    monkeypatch.setattr(training, "TAPES_AT_MOST", 2)
    assert trained() == usual


def test_the_order_of_samples_follows_from_the_seed_alone() -> None:
    case = Case([dense(1)], count=7)
    trainer = case.trainer(batch_size=3)
    epochs = []
    for _ in range(3):
        rows: list[int] = []
        for _ in range(trainer.steps_per_epoch):
            rows += trainer.batch.tolist()
            step_through(trainer)
        epochs.append(rows)
    assert all(sorted(rows) == list(range(7)) for rows in epochs)
    assert epochs[0] != epochs[1] != epochs[2]
    again = case.trainer(batch_size=3)
    again.run(2)
    assert (again.epoch, again.iteration) == (0, 2)
    assert again.batch.tolist() == epochs[0][6:]


def test_without_shuffling_batches_follow_the_file() -> None:
    trainer = Case([dense(1)], count=5).trainer(batch_size=2, shuffle=False)
    assert trainer.batch.tolist() == [0, 1]
    trainer.run(2)
    assert trainer.batch.tolist() == [4]
    assert trainer.program.y.shape == (1, 1)


def test_a_batch_larger_than_the_data_is_the_whole_set() -> None:
    trainer = Case([dense(1)], count=5).trainer(batch_size=100)
    assert (trainer.batch_size, trainer.steps_per_epoch) == (5, 1)


def test_a_step_of_dense_layers_has_seven_events_each_and_two_more() -> None:
    trainer = Case([dense(3), dense(2), dense(1)]).trainer()
    names = trainer.event_names
    assert len(names) == 23
    assert [name.index for name in names] == list(range(23))
    assert [name.kind for name in names[:2]] == [EventKind.LINEAR, EventKind.ACTIVATION]
    assert (names[6].kind, names[7].kind) == (EventKind.LOSS, EventKind.D_OUTPUT)
    assert [name.layer_id for name in names if name.phase is Phase.UPDATE] == ["L1", "L2", "L3"]
    assert [name.kind for name in names if name.layer == 1 and name.phase is Phase.BACKWARD] == [
        EventKind.D_PREACTIVATION,
        EventKind.D_WEIGHT,
        EventKind.D_BIAS,
        EventKind.D_INPUT,
    ]


@given(trainers(), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_what_a_step_is_fed_with_is_known_before_it_is_laid_out(trainer: Trainer, steps: int) -> None:
    trainer.run(steps)
    x1, y = trainer.fed
    assert np.array_equal(x1, trainer.program.x1)
    assert np.array_equal(y, trainer.program.y)


def test_running_no_step_changes_nothing() -> None:
    trainer = Case([dense(1)]).trainer(Rule(SGD.spec().build(), 0.1))
    trainer.run_event()
    before = trainer.network.theta.copy()
    trainer.run(0)
    assert (trainer.cursor, trainer.iteration) == (1, 0)
    assert np.array_equal(trainer.network.theta, before)


@pytest.mark.parametrize("mean", [True, False])
def test_the_loss_of_a_large_set_is_put_together_from_parts(mean: bool) -> None:
    case = Case([dense(3), dense(1)], mean=mean, count=2 * CHUNK + 5)
    trainer = case.trainer()
    program = step_through(trainer)
    assert trainer.evaluate() == pytest.approx(program.loss(), rel=1e-12)
    assert trainer.evaluate() == trainer.evaluate()
    assert np.allclose(trainer.answers(), program.output.T[np.argsort(np.arange(case.count))], rtol=1e-13)


def test_answers_leave_out_dropout_and_use_running_averages() -> None:
    case = Case([dense(4), layer("batch_norm"), layer("dropout"), dense(1)], count=6)
    trainer = case.trainer(Rule(SGD.spec().build(), 0.0))
    trainer.run(300)
    one = Evaluator(case.network, Samples(case.samples.x[:1], case.samples.y[:1])).answers()
    assert np.array_equal(one, Evaluator(case.network, case.samples).answers()[:1])
    x = np.tanh(case.samples.x @ case.network.weights(0).T + case.network.biases(0))
    z = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + 1e-5)
    a = z * case.network.weights(1)[:, 0] + case.network.biases(1)
    expected = np.tanh(a @ case.network.weights(3).T + case.network.biases(3))
    assert np.allclose(trainer.answers(), expected, atol=1e-10)


def test_asking_for_answers_does_not_disturb_training() -> None:
    def trained(look: bool) -> bytes:
        case = Case([dense(4), layer("batch_norm"), layer("dropout"), dense(1)], count=6)
        trainer = case.trainer(Rule(SGD.spec().build(), 0.1), batch_size=2)
        for _ in range(7):
            trainer.run(1)
            if look:
                trainer.answers()
        return case.network.theta.tobytes() + case.network.state.tobytes()

    assert trained(look=True) == trained(look=False)


def test_single_precision_learns_the_same_lesson() -> None:
    case = Case([conv(3, "relu", size=2), layer("max_pool"), layer("batch_norm"), dense(3, "softmax")],
                "cross_entropy", shape=(1, 5, 5), count=6)  # fmt: skip
    twin = case.network.copy_as(np.float32)
    rule = Rule(optimizer_kinds()["adam"].spec().build(), 0.01)
    double, single = case.trainer(rule), Trainer(twin, case.samples, rule, seed=5)
    double.run(20)
    single.run(20)
    assert twin.theta.dtype == np.float32
    assert np.allclose(twin.theta, case.network.theta, atol=2e-3)


def test_a_moment_knows_its_size() -> None:
    trainer = Case([dense(3), layer("batch_norm")]).trainer(Rule(optimizer_kinds()["adam"].spec().build(), 0.1))
    size, kept = trainer.network.size, trainer.network.state.size
    assert trainer.moment().nbytes == 8 * (3 * size + kept) + OVERHEAD
