"""Small networks for tests, and the comparison with the independent opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.optimizers.sgd import Sgd
from gradgui.catalog.registry import layer_kinds, loss_kinds
from gradgui.engine.network import How, Network
from gradgui.engine.program import Program
from gradgui.engine.samples import Samples
from gradgui.engine.streams import Purpose, stream
from gradgui.engine.training import Trainer
from gradgui.engine.update import Rule
from tests.engine import oracle

SEED = 5
Layers = Sequence[LayerSpec | tuple[LayerSpec, tuple[int, ...], str]]


def layer(kind: str, **options: object) -> LayerSpec:
    return layer_kinds()[kind].spec(**options)


def dense(units: int, activation: str = "tanh") -> LayerSpec:
    return layer("dense", units=units, activation=activation)


def conv(filters: int, activation: str = "tanh", **options: int) -> LayerSpec:
    return layer("conv2d", filters=filters, activation=activation, **options)


def wired(layers: Layers) -> list[tuple[LayerSpec, tuple[int, ...], str]]:
    """A plain layer follows the one before it."""
    return [entry if isinstance(entry, tuple) else (entry, (i - 1,), "add") for i, entry in enumerate(layers)]


def targets(loss: str, count: int, outputs: int, rng: np.random.Generator) -> np.ndarray:
    """Targets that this loss understands, soft ones where it allows them."""
    kind = loss_kinds()[loss].labels
    if kind == "zero_one":
        return rng.uniform(0.05, 0.95, (count, outputs))
    if kind == "plus_minus":
        return rng.choice([-1.0, 1.0], (count, outputs))
    if kind == "shares":
        return rng.dirichlet(np.ones(outputs), count)
    return rng.normal(0, 2, (count, outputs))


@dataclass
class Case:
    """A network with random parameters, a batch for it, and the same model for the independent opinion."""

    layers: Layers
    loss: str = "half_mse"
    mean: bool = True
    shape: tuple[int, ...] = (2,)
    count: int = 5
    seed: int = 0
    network: Network = field(init=False)
    samples: Samples = field(init=False)
    model: oracle.Model = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        rows = wired(self.layers)
        built = [(spec.build(), sources, How(how)) for spec, sources, how in rows]
        loss = loss_kinds()[self.loss].spec().build()
        self.network = Network(self.shape, built, loss, mean=self.mean)
        self.network.theta[...] = rng.normal(0, 0.7, self.network.size)
        x = rng.normal(0, 1, (self.count, self.network.inputs))
        self.samples = Samples(x, targets(self.loss, self.count, self.network.outputs, rng))
        self.model = oracle.Model(rows, self.loss, self.mean, self._masks())

    def trainer(self, rule: Rule | None = None, **options: object) -> Trainer:
        return Trainer(self.network, self.samples, rule or Rule(Sgd(), 0.0), seed=SEED, **options)

    def parameters(self) -> oracle.Parameters:
        nothing = np.zeros(0)
        pairs = []
        for index in range(len(self.network.places)):
            weights, biases = self.network.weights(index), self.network.biases(index)
            pairs.append((nothing, nothing) if weights is None else (weights.copy(), biases.copy()))
        return pairs

    def expected(self) -> tuple[float, np.ndarray, np.ndarray]:
        """(loss, flat gradient, ∂L/∂x (N, inputs)) by the independent opinion."""
        x = self.samples.x.reshape(self.count, *self.shape)
        parameters = self.parameters()
        pairs, dx = self.model.gradients(parameters, x, self.samples.y)
        flat = [np.column_stack([dW, db]).ravel() for dW, db in pairs if dW.size]
        loss = float(self.model.value(parameters, x, self.samples.y))
        return loss, np.concatenate(flat or [np.zeros(0)]), dx.reshape(self.count, -1)

    def _masks(self) -> dict[int, np.ndarray]:
        masks = {}
        for index, place in enumerate(self.network.places):
            rate = getattr(place.layer, "rate", None)
            if rate is not None:
                draws = stream(SEED, Purpose.DROPOUT, 0, 0, index).random((place.units, self.count))
                masks[index] = np.where(draws < rate, 0.0, 1 / (1 - rate)).T
        return masks

    def prove(self, tolerance: float = 1e-12, floor: float = 0.0) -> None:
        """Loss, every parameter block and ∂L/∂x agree with the independent opinion; stepping and training as well.

        `floor`: blocks whose gradient is truly zero are measured against this share of the largest gradient.
        """
        loss, flat, dx = self.expected()
        trainer = self.trainer()
        start = trainer.moment()
        trainer.run(1)
        trained = self.network.grad.copy()
        trainer.restore(start)
        program = step_through(trainer)
        assert np.array_equal(trained, self.network.grad), "stepping and training differ"
        assert abs(program.buffers.loss - loss) <= tolerance * max(abs(loss), 1.0)
        largest = np.abs(flat).max(initial=0.0)
        for index, place in enumerate(self.network.places):
            scale = max(np.abs(flat[place.parameters]).max(initial=0.0), floor * largest)
            gap = np.abs(trained[place.parameters] - flat[place.parameters]).max(initial=0.0)
            assert gap <= tolerance * scale, f"L{index + 1}: {gap / scale:.2e}"
        first = program.buffers.layers[0].dx1[: self.network.inputs].T
        assert np.abs(first - dx).max() <= tolerance * np.abs(dx).max() or self._others_see_x()

    def _others_see_x(self) -> bool:
        return sum(sources.count(-1) for _, sources, _ in wired(self.layers)) > 1


def step_through(trainer: Trainer) -> Program:
    """One whole step, event by event; the program whose buffers it filled."""
    program = trainer.program
    for _ in trainer.events:
        trainer.run_event()
    trainer.close_step()
    return program
