"""Our own engine, used as the program uses it."""

from __future__ import annotations

import numpy as np

from gradgui.bench.cases import LEARNING_RATE, Case, Matrix, directions
from gradgui.bench.measure import Contender
from gradgui.catalog.layers.dense import Dense
from gradgui.catalog.registry import activation_kinds, loss_kinds, optimizer_kinds
from gradgui.engine.maps import NeuronMaps
from gradgui.engine.network import How, Network
from gradgui.engine.planes import Plane
from gradgui.engine.samples import Samples
from gradgui.engine.surface import LossSurface
from gradgui.engine.training import Trainer
from gradgui.engine.update import Rule

STEPS_PER_MOMENT = 256
"""How often time travel keeps a moment."""


def network(case: Case) -> Network:
    """The case on the engine; documents limit a layer to 64 units, the engine does not."""
    activations = activation_kinds()
    hidden, last = ("relu", "softmax") if case.classes else ("tanh", "tanh")
    names = [hidden] * (len(case.sizes) - 2) + [last]
    layers = [
        (Dense(units, activations[name]), (index - 1,), How.ADD)
        for index, (units, name) in enumerate(zip(case.sizes[1:], names, strict=True))
    ]
    loss = loss_kinds()["cross_entropy" if case.classes else "half_mse"]
    made = Network((case.sizes[0],), layers, loss)
    made.theta[...] = case.flat()
    return made


def trainer(case: Case, *, shuffle: bool = False) -> Trainer:
    """Ready to learn by plain gradient descent."""
    rule = Rule(optimizer_kinds()["sgd"], LEARNING_RATE)
    return Trainer(
        network(case), Samples(*case.samples(case.count)), rule, batch_size=case.batch, shuffle=shuffle, seed=1
    )


def epoch(case: Case, *, shuffle: bool = False) -> Contender:
    """One pass over the samples."""
    ready = trainer(case, shuffle=shuffle)
    steps = ready.steps_per_epoch
    return Contender(lambda: ready.run(steps), steps)


def recorded(case: Case) -> Contender:
    """Training that keeps a moment now and then, the newest thousand of them."""
    ready = trainer(case)
    kept = [ready.moment()] * 1000

    def run() -> None:
        ready.run(STEPS_PER_MOMENT)
        kept[ready.iteration // STEPS_PER_MOMENT % len(kept)] = ready.moment()

    return Contender(run, STEPS_PER_MOMENT)


def unrecorded(case: Case) -> Contender:
    """The same without."""
    ready = trainer(case)
    return Contender(lambda: ready.run(STEPS_PER_MOMENT), STEPS_PER_MOMENT)


def plane(case: Case) -> Plane:
    """Two random directions."""
    return Plane(case.flat(), *directions(case))


def surface(case: Case, side: int, count: int) -> Contender:
    """One finished picture; buffers are already there."""
    ready = LossSurface(network(case), Samples(*case.samples(count)))
    where, line = plane(case), np.linspace(-1, 1, side)
    return Contender(lambda: ready.heights(where, line, line), close=ready.close)


def first_picture(case: Case, count: int) -> Contender:
    """Everything after an edit: new buffers, then the coarse picture."""
    samples, where, net = Samples(*case.samples(count)), plane(case), network(case)

    def run() -> None:
        with LossSurface(net, samples) as ready:
            next(ready.levels(where, (-1, 1), (-1, 1)))

    return Contender(run)


def until_level(case: Case, count: int, finest: int, level: int) -> Contender:
    """From nothing to the level-th picture of the progressive surface (0 is the coarsest)."""
    ready, where = LossSurface(network(case), Samples(*case.samples(count))), plane(case)

    def run() -> None:
        levels = ready.levels(where, (-1, 1), (-1, 1), finest)
        for _ in range(level + 1):
            next(levels)

    return Contender(run, close=ready.close)


def maps(case: Case, points: Matrix, side: int) -> Contender:
    """Pictures of all neurons."""
    return Contender(NeuronMaps(network(case), points, (side, side)).layers)
