"""A stretch of training from one start under one rule, retraced so that every step of it can be counted."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from gradgui.catalog.registry import loss_kinds, optimizer_kinds
from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.expressions import Expression, Names
from gradgui.lessons.facts import Array, Facts, Play

MOST_STEPS = 6000
"""Beyond these a stretch is no longer looked at step by step."""
SAME = 1e-9
"""Relative change up to which a loss counts as unchanged."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the steps of a stretch came to."""

    steps_to: float = float("nan")
    """Steps until the goal; NaN while it has not been reached."""
    bounce: int = 0
    """Steps in a row that moved without changing the loss."""
    max_err: float = 0.0
    """The largest |answer − target| on the way."""


class Stretch:
    """Begins wherever parameters are put; training is deterministic, so retracing it gives the same numbers."""

    def __init__(
        self, experiment: Experiment, theta: Array, iteration: int, *, placed: bool, arrived: Expression | None
    ) -> None:
        self.placed = placed
        """Whether it began where somebody put the parameters by hand."""
        self.start = theta.astype(np.float64)
        self.steps = 0
        """Updates that the student has seen."""
        self.experiment, self._iteration, self._arrived = experiment, iteration, arrived
        self.play = Play(experiment)
        self.play.begin_at(iteration, theta)
        self.last = self.start
        self._before = self.start
        self._traced, self._row = 0, 0
        self._tally = Tally()
        self._count(self.play.facts())

    def follow(self, theta: Array, updates: int) -> None:
        """The run stands here now."""
        self.last, self.steps = theta.astype(np.float64), max(0, updates - self._iteration)

    def retrace(self, seconds: float) -> bool:
        """Look at the steps so far; False if the time was not enough."""
        wanted, end = min(self.steps, MOST_STEPS), time.perf_counter() + seconds
        while self._traced < wanted:
            self.play.run(1)
            self._traced += 1
            self._count(self.play.facts())
            if time.perf_counter() > end:
                return self._traced >= wanted
        return True

    @property
    def losses(self) -> tuple[float, ...]:
        """Loss after 0, 1, 2, … steps, as far as it was retraced."""
        return self.play.losses

    def first_number(self) -> float:
        """Where its first parameter that can move began."""
        free = np.flatnonzero(self.play.compiled.network.trainable)
        return float(self.start[free[0]]) if free.size else float("nan")

    def names(self) -> Names:
        """What runs('…') may ask."""
        now = self.play.facts() if self._traced == self.steps else self._facts_at_end()
        optimizer, loss = (
            type(spec).__struct_config__.tag for spec in (self.experiment.optimizer, self.experiment.loss)
        )
        return {
            **{kind: kind for kind in (*optimizer_kinds(), *loss_kinds())},
            "optimizer": str(optimizer),
            "loss": str(loss),
            "lr": self.experiment.optimizer.learning_rate,
            "batch": self.experiment.training.batch_size or len(self.play.compiled.train),
            "steps": self.steps,
            "steps_to": self._tally.steps_to,
            "bounce": self._tally.bounce,
            "max_err": self._tally.max_err,
            "end_norm": float(np.linalg.norm(now.grads)),
            "end_loss": now.loss,
        }

    def _facts_at_end(self) -> Facts:
        kept = self.play.compiled.network.theta.copy()
        facts = self.play.facts_at(self.last, rate=self.experiment.optimizer.learning_rate, steps=self.steps)
        self.play.compiled.network.theta[...] = kept
        return facts

    def _count(self, facts: Facts) -> None:
        old, error = self._tally, float(np.max(np.abs(facts.layers[-1].a - facts.y)))
        theta = self.play.compiled.network.theta.astype(np.float64)
        losses = self.play.losses
        still = len(losses) > 1 and abs(losses[-1] - losses[-2]) <= SAME * max(abs(losses[-2]), 1e-300)
        moved = not np.array_equal(theta, self._before)
        self._row = self._row + 1 if still and moved else 0
        self._before = theta
        self._tally = Tally(self._steps_to(facts), max(old.bounce, self._row), max(old.max_err, error))

    def _steps_to(self, facts: Facts) -> float:
        reached = self._tally.steps_to
        if self._arrived is None or reached == reached:
            return reached
        try:
            return float(self._traced) if self._arrived.truth(facts.names) else reached
        except UserError:
            return reached
