"""From the drawing to the machine: an experiment becomes a network, its samples and its update rule."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.features import mapped
from gradgui.catalog.losses._base import LossKind
from gradgui.document.experiment import Experiment, Schedule
from gradgui.document.explain import ELSEWHERE
from gradgui.document.parameters import check_averages, draw, freeze
from gradgui.document.rules import check, check_features, check_shapes
from gradgui.document.targets import Targets, coded
from gradgui.document.wiring import input_shape, wired
from gradgui.engine.network import Network
from gradgui.engine.samples import Samples
from gradgui.engine.training import Trainer
from gradgui.engine.update import Rule
from gradgui.engine.update import Schedule as Factor
from gradgui.errors import UserError
from gradgui.text import Text

OVERFLOW = Text(en="the inputs are so large that their features overflow", zh="输入太大，特征溢出了")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A network ready to learn, and what is needed to talk about it."""

    experiment: Experiment
    network: Network
    train: Samples
    test: Samples | None
    rule: Rule
    examples: Examples
    targets: Targets
    features: tuple[str, ...]

    @property
    def steps_per_epoch(self) -> int:
        """Updates in one pass over the training samples."""
        count = len(self.train)
        return math.ceil(count / min(self.experiment.training.batch_size or count, count))

    def trainer(self) -> Trainer:
        """A trainer at the first step; it owns this network from now on."""
        training = self.experiment.training
        return Trainer(
            self.network,
            self.train,
            self.rule,
            batch_size=training.batch_size,
            shuffle=training.shuffle,
            seed=training.seed,
        )


def compile_experiment(experiment: Experiment, folder: Path | None = None, chosen: Collection[Path] = ()) -> Compiled:
    """Build everything; raises UserError naming the place that cannot work.

    `folder` is where CSV paths start; `chosen` are files elsewhere that the user picked by hand.
    """
    examples = experiment.data.load(folder, chosen)
    features = experiment.features or examples.names
    check_features(experiment.features, examples.names)
    x = _inputs(experiment, examples)
    loss = experiment.loss.build()
    network = _network(experiment, examples, x.shape[1], loss)
    targets = coded(examples, network, loss)
    check_averages(network, experiment)
    draw(network, experiment)
    freeze(network, experiment)
    cut = len(x) - examples.test
    test = Samples(x[cut:], targets.y[cut:]) if examples.test else None
    return Compiled(
        experiment, network, Samples(x[:cut], targets.y[:cut]), test, _rule(experiment), examples, targets, features
    )


def _inputs(experiment: Experiment, examples: Examples) -> NDArray[np.float64]:
    """(N, inputs) after feature maps."""
    with np.errstate(all="ignore"):
        x = mapped(examples.x, examples.names, experiment.features)
    if not np.isfinite(x).all():
        raise UserError(ELSEWHERE, place="features", why=OVERFLOW)
    return x


def _network(experiment: Experiment, examples: Examples, inputs: int, loss: LossKind) -> Network:
    check(experiment)
    shape, layers = input_shape(experiment, examples, inputs), wired(experiment)
    check_shapes(shape, layers)
    return Network(shape, layers, loss, mean=experiment.loss.reduction == "mean")


def _rule(experiment: Experiment) -> Rule:
    training = experiment.training
    return Rule(
        experiment.optimizer.build(),
        experiment.optimizer.learning_rate,
        _factor(training.schedule),
        training.l1,
        training.l2,
        training.clip_norm,
        training.clip_value,
    )


def _factor(schedule: Schedule) -> Factor | None:
    every, keep = schedule.every, schedule.factor
    table: dict[str, Factor | None] = {
        "constant": None,
        "step": lambda epoch, _: keep ** math.floor(epoch / every),
        "exponential": lambda epoch, _: keep**epoch,
        "cosine": lambda epoch, _: keep + (1 - keep) * 0.5 * (1 + math.cos(math.pi * min(epoch / every, 1.0))),
        "warmup": lambda epoch, _: min(1.0, (epoch + 1e-3) / every),
    }
    return table[schedule.kind]
