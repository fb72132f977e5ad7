"""The update: gradient in, step out, parameters minus step; whole vector at once, or layer by layer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradgui.engine.network import Network
from gradgui.engine.parts import Clock, Dials, Flat, Optimizer
from gradgui.engine.tape import Array, Call

Schedule = Callable[[float, int], float]
"""(epoch counted in fractions, training step from 0) → factor on the learning rate."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How parameters are updated."""

    optimizer: Optimizer
    learning_rate: float
    schedule: Schedule | None = None
    l1: float = 0.0
    l2: float = 0.0
    clip_norm: float = 0.0
    """0 for no clipping."""
    clip_value: float = 0.0


class Updater:
    """Owns the optimiser's memory and writes the calls of an update."""

    def __init__(self, network: Network, rule: Rule, clock: Clock, steps_per_epoch: int) -> None:
        self.rule = rule
        self.memory: Array = np.zeros((rule.optimizer.slots, network.size), network.dtype)
        self.step: Array = np.zeros(network.size, network.dtype)
        self.rate: Array = np.array(rule.learning_rate, network.dtype)
        zero = np.zeros(4, network.dtype)
        self._dials: Dials = (
            zero[0:1].reshape(()),
            zero[1:2].reshape(()),
            zero[2:3].reshape(()),
            zero[3:4].reshape(()),
        )
        self._network = network
        self._clock = clock
        self._steps_per_epoch = steps_per_epoch
        self._penalised = bool(rule.l1 or rule.l2 or rule.clip_norm or rule.clip_value)
        self._gradient = np.zeros(network.size, network.dtype) if self._penalised else network.grad
        self._frozen = ~network.trainable
        self._weights = network.weight_mask().astype(network.dtype)
        self._spare = np.zeros(network.size, network.dtype)

    def learning_rate(self, iteration: int) -> float:
        """The learning rate of that step."""
        schedule = self.rule.schedule
        if schedule is None:
            return self.rule.learning_rate
        return self.rule.learning_rate * schedule(iteration / self._steps_per_epoch, iteration)

    def prepare(self) -> list[Call]:
        """What must happen once before parameters move: dials, penalties, clipping."""
        calls: list[Call] = []
        if self.rule.schedule is not None or self.rule.optimizer.counts_steps:
            calls.append((self._tick, ()))
        return calls + self._penalties() + self._clipping()

    def move(self, part: slice) -> list[Call]:
        """Calls that update the parameters in `part` of the flat vector."""
        network, step = self._network, self.step[part]
        flat = Flat(self._gradient[part], network.theta[part], self.memory[:, part], step, self._spare[part])
        rows = self.rule.optimizer.step(flat, self.rate, self._dials)
        if not network.trainable[part].all():
            still = np.zeros((), network.dtype)
            rows = [*rows, (np.copyto, (step, still, "same_kind", ~network.trainable[part]))]
        return [*rows, (np.subtract, (network.theta[part], step, network.theta[part]))]

    def _tick(self) -> None:
        rate = self.learning_rate(self._clock.iteration)
        self.rate[()] = rate
        self.rule.optimizer.tick(self._clock.iteration + 1, rate, self._dials)

    def _penalties(self) -> list[Call]:
        """Gradient of l1·Σ|w| + l2/2·Σw², over weights and never over biases."""
        if not self._penalised:
            return []
        theta, gradient, spare, kind = self._network.theta, self._gradient, self._spare, self._network.dtype
        calls: list[Call] = [(np.copyto, (gradient, self._network.grad))]
        if self.rule.l2:
            mask = (self._weights * self.rule.l2).astype(kind)
            calls += [(np.multiply, (theta, mask, spare)), (np.add, (gradient, spare, gradient))]
        if self.rule.l1:
            mask = (self._weights * self.rule.l1).astype(kind)
            calls += [(np.sign, (theta, spare)), (np.multiply, (spare, mask, spare))]
            calls += [(np.add, (gradient, spare, gradient))]
        return calls

    def _clipping(self) -> list[Call]:
        calls: list[Call] = []
        if self.rule.clip_value:
            limit = self.rule.clip_value
            calls.append((np.clip, (self._gradient, -limit, limit, self._gradient)))
        if self.rule.clip_norm:
            calls.append((self._clip_norm, ()))
        return calls

    def _clip_norm(self) -> None:
        """Frozen entries do not count; measured in units of the largest entry, since squares may overflow."""
        np.copyto(self._gradient, 0.0, where=self._frozen)
        peak = float(np.abs(self._gradient).max(initial=0.0))
        if not 0 < peak < math.inf:
            return
        np.divide(self._gradient, peak, self._spare)
        norm = peak * math.sqrt(self._spare.dot(self._spare))
        if norm > self.rule.clip_norm:
            np.multiply(self._spare, self.rule.clip_norm / norm * peak, self._gradient)
