"""From the drawing to the machine: an experiment becomes a network, its samples and its update rule."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from gradgui.catalog.datasets._base import Examples
from gradgui.catalog.features import mapped
from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.losses._base import LossKind
from gradgui.catalog.registry import layer_kinds
from gradgui.document.experiment import Experiment, Schedule
from gradgui.document.parameters import draw, freeze
from gradgui.document.targets import Targets, coded
from gradgui.engine.network import INPUT, How, Network
from gradgui.engine.parts import Layer
from gradgui.engine.samples import Samples
from gradgui.engine.training import Trainer
from gradgui.engine.update import Rule
from gradgui.engine.update import Schedule as Factor
from gradgui.errors import UserError
from gradgui.text import Text


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


def compile_experiment(experiment: Experiment, folder: Path | None = None) -> Compiled:
    """Build everything; raises UserError naming the place that cannot work. `folder` is where CSV paths start."""
    examples = experiment.data.load(folder)
    features = experiment.features or examples.names
    x = mapped(examples.x, examples.names, experiment.features)
    loss = experiment.loss.build()
    network = _network(experiment, examples, x.shape[1], loss)
    targets = coded(examples, network, loss)
    draw(network, experiment)
    freeze(network, experiment)
    cut = len(x) - examples.test
    test = Samples(x[cut:], targets.y[cut:]) if examples.test else None
    return Compiled(
        experiment, network, Samples(x[:cut], targets.y[:cut]), test, _rule(experiment), examples, targets, features
    )


def _network(experiment: Experiment, examples: Examples, inputs: int, loss: LossKind) -> Network:
    shape = examples.shape if examples.shape is not None and experiment.features is None else (inputs,)
    layers: list[tuple[Layer, tuple[int, ...], How]] = []
    if not experiment.network.layers:
        raise UserError(Text(en="network.layers: there is no layer.", zh="network.layers：一层也没有。"))
    for index, spec in enumerate(experiment.network.layers):
        sources, how = _sources(experiment, index)
        layers.append((_built(spec, index), sources, how))
        try:
            network = Network(shape, layers, loss, mean=experiment.loss.reduction == "mean")
        except UserError as error:
            raise _at(f"network.layers[{index}]", error) from None
    return network


def _at(place: str, error: UserError) -> UserError:
    return UserError(Text(en="{place}: {why}", zh="{place}：{why}"), place=place, why=error.text)


def _built(spec: LayerSpec, index: int) -> Layer:
    try:
        return spec.build()
    except UserError as error:
        raise _at(f"network.layers[{index}]", error) from None


def _sources(experiment: Experiment, index: int) -> tuple[tuple[int, ...], How]:
    links = [link for link in experiment.network.links if link.target == f"L{index + 1}"]
    kind = layer_kinds()[type(experiment.network.layers[index]).__struct_config__.tag]  # type: ignore[index]
    how = How.CONCAT if kind.id == "concat" or any(link.how == "concat" for link in links) else How.ADD
    return (index - 1, *(_source(link.source, index) for link in links)), how


def _source(name: str, target: int) -> int:
    number = INPUT if name == "x" else int(name[1:]) - 1 if re.fullmatch(r"L[1-9]\d{0,3}", name) else None
    if number is None or number >= target - 1:
        raise UserError(
            Text(
                en="network.links: {source} cannot feed L{target}; a link starts at x or at a layer before L{before}.",
                zh="network.links：{source} 不能连到 L{target}；连线要从 x 或 L{before} 之前的层开始。",
            ),
            source=name,
            target=target + 1,
            before=target,
        )
    return number


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
