"""A training step that has just run, as breakpoints see it: the engine's own numbers, looked at and not copied."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gradgui.engine.network import Network
from gradgui.engine.tape import Array as Flat
from gradgui.engine.training import Trainer
from gradgui.session.snapshot import Array, LayerValues, NetworkInfo

if TYPE_CHECKING:
    from gradgui.session.run import Run


@dataclass(frozen=True, slots=True)
class Before:
    """What is remembered of the step before."""

    iteration: int
    gradient: Flat
    loss: float
    test_loss: float | None = None
    """Loss of the test set after its update; None if nobody asked."""


class Probe:
    """Step number `iteration`, done; good only until the next step runs."""

    def __init__(self, run: Run, theta_before: Flat, learning_rate: float, before: Before | None) -> None:
        trainer: Trainer = run.trainer
        self.iteration = trainer.iteration - 1
        self.epoch = self.iteration // trainer.steps_per_epoch
        self.network: NetworkInfo = run.info
        self.learning_rate = learning_rate
        self.before = before if before is not None and before.iteration == self.iteration - 1 else None
        self.theta_before = theta_before
        self._run, self._trainer = run, trainer
        self._buffers, self._x1, self._y, self.batch = trainer.last_step()

    @property
    def gradient(self) -> Flat:
        """(P,) ∇L of this step."""
        return self._trainer.network.grad

    @property
    def theta(self) -> Flat:
        """(P,) parameters after the update."""
        return self._trainer.network.theta

    @cached_property
    def loss(self) -> float:
        """Loss of the batch, before the update."""
        network, last = self._trainer.network, self._buffers.layers[-1]
        with np.errstate(all="ignore"):
            if network.fused:
                losses = network.loss.per_sample_fused(last.z, last.a, self._y)
            else:
                losses = network.loss.per_sample(last.a, self._y)
            return float(losses.mean() if network.mean else losses.sum())

    @property
    def x(self) -> Array:
        """(B, inputs)."""
        return np.asarray(self._x1[:-1].T, np.float64)

    @property
    def y(self) -> Array:
        """(B, outputs)."""
        return np.asarray(self._y.T, np.float64)

    @cached_property
    def layers(self) -> tuple[LayerValues, ...]:
        """Views into the engine, sample-major."""
        return tuple(self._values(index) for index in range(len(self.network.layers)))

    @property
    def train_loss(self) -> float:
        """Loss of the whole training set, after the update."""
        return self._run.losses()[0]

    @property
    def test_loss(self) -> float:
        """Loss of the test set, after the update."""
        return self._run.losses()[1]

    @property
    def accuracy(self) -> float:
        """Share of right answers, after the update."""
        return self._run.losses()[2]

    @property
    def trainer_network(self) -> Network:
        """The engine's network, for its views into flat vectors."""
        return self._trainer.network

    def remember(self, test_loss: bool = False) -> Before:
        """What the next step's probe may look back at; the test set is asked only if that is wanted."""
        return Before(self.iteration, self.gradient.copy(), self.loss, self.test_loss if test_loss else None)

    def of_layer(self, flat: Flat, layer: int | None) -> Flat:
        """The stretch of a flat vector that belongs to a layer; all of it for None."""
        return flat if layer is None else flat[self._trainer.network.places[layer].parameters]

    def _values(self, index: int) -> LayerValues:
        network, own = self._trainer.network, self._buffers.layers[index]
        return LayerValues(
            _seen(network.weights(index)),
            _seen(network.biases(index)),
            _seen(network.weights(index, self.theta_before)),
            _seen(network.biases(index, self.theta_before)),
            _known(own.z.T),
            _known(own.a.T),
            _known(own.da.T),
            _known(own.dz.T),
            _seen(network.weights(index, self.gradient)),
            _seen(network.biases(index, self.gradient)),
            _known(own.dx1[: network.places[index].inputs].T),
            _known(own.slope.T),
        )


def _seen(array: Flat | None) -> Array | None:
    return None if array is None else _known(array)


def _known(array: Flat) -> Array:
    """The same numbers; copied only where the engine counts in another precision."""
    return np.asarray(array, np.float64)
