"""Every optimiser against the update as it stands in textbooks, over 50 steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import numpy as np
import pytest

from gradgui.catalog.optimizers._base import OptimizerSpec
from gradgui.catalog.registry import data_kinds, loss_kinds, optimizer_kinds
from gradgui.document.compile import compile_experiment
from gradgui.document.experiment import Experiment, NetworkSpec, Schedule, TrainingSpec
from gradgui.engine.gradient_check import LossAt
from gradgui.engine.samples import Samples
from gradgui.engine.streams import shuffled
from gradgui.engine.update import Rule
from tests.engine.nets import SEED, Case, dense

RATE = 0.05
Array = np.ndarray


class Textbook:
    """The published rules, one step after the other, on whole vectors."""

    def __init__(self, spec: OptimizerSpec) -> None:
        self.kind = type(spec).__struct_config__.tag
        self.o = spec
        self.memory: dict[str, Array] = {}

    def step(self, g: Array, w: Array, t: int, rate: float) -> Array:
        return getattr(self, self.kind)(g, w, t, rate)

    def old(self, name: str, like: Array) -> Array:
        return self.memory.setdefault(name, np.zeros_like(like))

    def sgd(self, g: Array, w: Array, t: int, rate: float) -> Array:
        return rate * g

    def momentum(self, g: Array, w: Array, t: int, rate: float) -> Array:
        self.memory["v"] = self.o.momentum * self.old("v", g) + g
        return rate * self.memory["v"]

    def nesterov(self, g: Array, w: Array, t: int, rate: float) -> Array:
        self.memory["v"] = self.o.momentum * self.old("v", g) + g
        return rate * (g + self.o.momentum * self.memory["v"])

    def adagrad(self, g: Array, w: Array, t: int, rate: float) -> Array:
        self.memory["s"] = self.old("s", g) + g**2
        return rate * g / (np.sqrt(self.memory["s"]) + self.o.epsilon)

    def rmsprop(self, g: Array, w: Array, t: int, rate: float) -> Array:
        self.memory["s"] = self.o.rho * self.old("s", g) + (1 - self.o.rho) * g**2
        return rate * g / (np.sqrt(self.memory["s"]) + self.o.epsilon)

    def adam(self, g: Array, w: Array, t: int, rate: float) -> Array:
        return rate * self._adam(g + self.o.weight_decay * w, t)

    def adamw(self, g: Array, w: Array, t: int, rate: float) -> Array:
        return rate * (self._adam(g, t) + self.o.weight_decay * w)

    def _adam(self, g: Array, t: int) -> Array:
        beta1, beta2 = self.o.beta1, self.o.beta2
        self.memory["m"] = beta1 * self.old("m", g) + (1 - beta1) * g
        self.memory["v"] = beta2 * self.old("v", g) + (1 - beta2) * g**2
        m, v = self._corrected(t)
        return m / (np.sqrt(v) + self.o.epsilon)

    def _corrected(self, t: int) -> tuple[Array, Array]:
        m, v = self.memory["m"], self.memory["v"]
        if not getattr(self.o, "bias_correction", True):
            return m, v
        return m / (1 - self.o.beta1**t), v / (1 - self.o.beta2**t)

    def qhm(self, g: Array, w: Array, t: int, rate: float) -> Array:
        self.memory["m"] = self.o.beta * self.old("m", g) + (1 - self.o.beta) * g
        return rate * ((1 - self.o.nu) * g + self.o.nu * self.memory["m"])

    def qhadam(self, g: Array, w: Array, t: int, rate: float) -> Array:
        beta1, beta2, nu1, nu2 = self.o.beta1, self.o.beta2, self.o.nu1, self.o.nu2
        self.memory["m"] = beta1 * self.old("m", g) + (1 - beta1) * g
        self.memory["v"] = beta2 * self.old("v", g) + (1 - beta2) * g**2
        m, v = self._corrected(t)
        return rate * ((1 - nu1) * g + nu1 * m) / (np.sqrt((1 - nu2) * g**2 + nu2 * v) + self.o.epsilon)

    def lion(self, g: Array, w: Array, t: int, rate: float) -> Array:
        m = self.old("m", g)
        self.memory["m"] = self.o.beta2 * m + (1 - self.o.beta2) * g
        return rate * (np.sign(self.o.beta1 * m + (1 - self.o.beta1) * g) + self.o.weight_decay * w)


@dataclass
class Settings:
    """What changes the gradient or the rate before the rule is applied."""

    l1: float = 0.0
    l2: float = 0.0
    clip_norm: float = 0.0
    clip_value: float = 0.0
    schedule: Callable[[float, int], float] | None = None

    def gradient(self, g: Array, w: Array, weights: Array, frozen: Array) -> Array:
        g = g + weights * (self.l2 * w + self.l1 * np.sign(w))
        if self.clip_value:
            g = np.minimum(np.maximum(g, -self.clip_value), self.clip_value)
        if self.clip_norm:
            g = np.where(frozen, 0.0, g)
            g = g * min(1.0, self.clip_norm / math.sqrt(sum(g**2)))
        return g

    def rule(self, spec: OptimizerSpec) -> Rule:
        return Rule(spec.build(), RATE, self.schedule, self.l1, self.l2, self.clip_norm, self.clip_value)


def by_hand(case: Case, spec: OptimizerSpec, settings: Settings, batch: int) -> Array:
    """50 steps from the start, with each gradient computed on its own."""
    theta, frozen = case.network.theta.copy(), ~case.network.trainable
    weights = case.network.weight_mask().astype(float)
    book, per_epoch = Textbook(spec), case.count // batch
    for t in range(50):
        epoch, slot = divmod(t, per_epoch)
        rows = shuffled(SEED, epoch, case.count)[slot * batch : (slot + 1) * batch]
        part = Samples(case.samples.x[rows], case.samples.y[rows])
        g = settings.gradient(LossAt(case.network, part).gradient(theta), theta, weights, frozen)
        factor = 1.0 if settings.schedule is None else settings.schedule(t / per_epoch, t)
        theta -= np.where(frozen, 0.0, book.step(g, theta, t + 1, RATE * factor))
    return theta


SETTINGS = {
    "plain": Settings(),
    "L1 and L2": Settings(l1=0.01, l2=0.02),
    "clipped norm": Settings(clip_norm=0.1),
    "clipped values": Settings(clip_value=0.02),
    "all at once": Settings(0.01, 0.02, 0.15, 0.1, lambda epoch, step: 1 / (1 + epoch + step)),
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("kind", sorted(optimizer_kinds()))
def test_fifty_steps_are_those_of_the_textbook(kind: str, settings: Settings) -> None:
    follow(optimizer_kinds()[kind].spec(), settings)


OPTIONS = {
    "momentum": 0.6,
    "rho": 0.7,
    "beta": 0.8,
    "beta1": 0.8,
    "beta2": 0.95,
    "epsilon": 1e-3,
    "weight_decay": 0.1,
    "nu": 0.6,
    "nu1": 0.6,
    "nu2": 0.9,
    "bias_correction": False,
}


@pytest.mark.parametrize("kind", sorted(optimizer_kinds()))
def test_every_option_of_an_optimiser_counts(kind: str) -> None:
    spec = optimizer_kinds()[kind].spec
    known = [name for name in spec.__struct_fields__ if name != "learning_rate"]
    follow(spec(**{name: OPTIONS[name] for name in known}), Settings())


@pytest.mark.parametrize("kind", ["adam", "qhadam"])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_fifty_steps_without_bias_correction_are_those_of_the_textbook(kind: str, settings: Settings) -> None:
    follow(optimizer_kinds()[kind].spec(bias_correction=False), settings)


def test_without_bias_correction_the_first_step_of_adam_is_longer() -> None:
    """(1 − β₁) / √(1 − β₂) times η, whatever the gradient is: 3.16 η instead of η."""
    steps = {}
    for corrected in (True, False):
        case = Case([dense(3), dense(1)], count=6, seed=3)
        before = case.network.theta.copy()
        spec = optimizer_kinds()["adam"].spec(bias_correction=corrected, epsilon=0.0)
        case.trainer(Settings().rule(spec), batch_size=6).run(1)
        steps[corrected] = np.abs(case.network.theta - before).max()
    assert steps[True] == pytest.approx(RATE, rel=1e-12)
    assert steps[False] == pytest.approx(RATE * 0.1 / math.sqrt(0.001), rel=1e-12)


def test_a_file_that_says_nothing_of_bias_correction_has_it() -> None:
    for kind in ("adam", "qhadam"):
        spec = optimizer_kinds()[kind].spec
        assert msgspec.convert({"kind": kind, "learning_rate": 0.1}, spec).bias_correction
        assert not msgspec.convert({"kind": kind, "bias_correction": False}, spec).bias_correction


def follow(spec: OptimizerSpec, settings: Settings) -> None:
    case = Case([dense(3), dense(1)], count=6, seed=3)
    case.network.trainable[[0, 5]] = False
    expected = by_hand(case, spec, settings, batch=2)
    start = case.network.theta.copy()
    trainer = case.trainer(settings.rule(spec), batch_size=2)
    trainer.run(50)
    assert np.abs(case.network.theta - expected).max() <= 1e-12 * np.abs(expected).max()
    assert np.array_equal(case.network.theta[[0, 5]], start[[0, 5]])


SQUARED = {"adagrad": 1.0, "rmsprop": 0.1, "adam": 1.0, "adamw": 1.0, "qhadam": 1.0}
"""The share of the first gradient squared that is kept."""


@pytest.mark.parametrize("kind", sorted(optimizer_kinds()))
def test_the_squared_gradients_that_a_step_is_divided_by_can_be_seen(kind: str) -> None:
    case = Case([dense(3), dense(1)], count=6, seed=3)
    gradient = LossAt(case.network, case.samples).gradient(case.network.theta)
    trainer = case.trainer(Settings().rule(optimizer_kinds()[kind].spec()), batch_size=6)
    trainer.run(1)
    updater = trainer.updater
    squared = updater.rule.optimizer.squared(updater.memory, 1)
    assert (squared is None) == (kind not in SQUARED)
    assert squared is None or squared == pytest.approx(SQUARED[kind] * gradient**2, rel=1e-9)


@pytest.mark.parametrize("kind", ["adam", "qhadam"])
def test_uncorrected_squares_are_as_small_as_they_are_used(kind: str) -> None:
    case = Case([dense(3), dense(1)], count=6, seed=3)
    gradient = LossAt(case.network, case.samples).gradient(case.network.theta)
    trainer = case.trainer(Settings().rule(optimizer_kinds()[kind].spec(bias_correction=False)), batch_size=6)
    trainer.run(1)
    squared = trainer.updater.rule.optimizer.squared(trainer.updater.memory, 1)
    assert squared == pytest.approx(0.001 * gradient**2, rel=1e-9)


@pytest.mark.parametrize(
    ("schedule", "factors"),
    [
        (Schedule("constant"), [1, 1, 1, 1]),
        (Schedule("step", 2, 0.1), [1, 1, 0.1, 0.001]),
        (Schedule("exponential", factor=0.5), [1, 0.5**0.5, 0.5**2, 0.5**7]),
        (Schedule("cosine", 4, 0.2), [1, 0.2 + 0.8 * (1 + math.cos(math.pi / 8)) / 2, 0.6, 0.2]),
        (Schedule("warmup", 2), [0.0005, 0.2505, 1, 1]),
    ],
    ids=lambda value: value.kind if isinstance(value, Schedule) else "",
)
def test_schedules_follow_the_epoch(schedule: Schedule, factors: list[float]) -> None:
    experiment = Experiment(
        format="gradgui.experiment",
        version=1,
        data=data_kinds()["table"].spec(x=((0.0,), (1.0,)), y=((0.0,), (1.0,))),
        network=NetworkSpec((dense(1),)),
        loss=loss_kinds()["mse"].spec(),
        optimizer=optimizer_kinds()["sgd"].spec(learning_rate=0.1),
        training=TrainingSpec(batch_size=1, schedule=schedule),
    )
    trainer = compile_experiment(experiment).trainer()
    rates = [trainer.updater.learning_rate(int(epoch * 2)) / 0.1 for epoch in (0, 0.5, 2, 7)]
    assert rates == pytest.approx(factors, rel=1e-12)
    trainer.run(3)
    assert trainer.updater.rate == pytest.approx(trainer.updater.learning_rate(2), rel=1e-15)


def test_warming_up_then_cosine_can_be_written_as_one_schedule() -> None:
    case = Case([dense(2)], count=4)

    def schedule(epoch: float, step: int) -> float:
        return min(1.0, (step + 1) / 10) * 0.5 * (1 + math.cos(math.pi * epoch / 25))

    settings = Settings(schedule=schedule)
    spec = optimizer_kinds()["adam"].spec()
    expected = by_hand(case, spec, settings, batch=2)
    case.trainer(settings.rule(spec), batch_size=2).run(50)
    assert np.abs(case.network.theta - expected).max() <= 1e-12


def test_a_frozen_entry_survives_even_an_exploding_run() -> None:
    case = Case([dense(3, "identity"), dense(1, "identity")], count=4)
    case.network.trainable[2] = False
    kept = case.network.theta[2]
    case.trainer(Rule(optimizer_kinds()["sgd"].spec().build(), 1e300)).run(5)
    assert np.isnan(case.network.theta[0])
    assert case.network.theta[2] == kept


def test_clipping_by_norm_works_where_squares_overflow() -> None:
    case = Case([dense(1, "identity")], count=4)
    case.samples.y[...] = 1e200
    before = case.network.theta.copy()
    case.trainer(Rule(optimizer_kinds()["sgd"].spec().build(), 1.0, clip_norm=0.5)).run(1)
    assert np.linalg.norm(case.network.theta - before) == pytest.approx(0.5)


def test_clipping_lets_trouble_be_seen() -> None:
    case = Case([dense(1, "identity")], count=4)
    case.samples.y[...] = np.inf
    case.trainer(Rule(optimizer_kinds()["sgd"].spec().build(), 1.0, clip_norm=0.5)).run(1)
    assert not np.isfinite(case.network.theta).all()
