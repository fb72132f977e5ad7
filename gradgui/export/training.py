"""A whole run, epoch by epoch, with its curves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.evaluation import Evaluator


@dataclass(frozen=True, slots=True)
class Point:
    """Where a run stands after `epoch` epochs; NaN where there is nothing to measure."""

    epoch: int
    train_loss: float
    test_loss: float
    accuracy: float
    """Share of right answers on the training set, 0 to 1; NaN for regression."""

    @property
    def finite(self) -> bool:
        """Whether the loss is still a number."""
        return math.isfinite(self.train_loss)


class Run:
    """One experiment learning; it owns the compiled network."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.trainer = compiled.trainer()
        self._train = Evaluator(compiled.network, compiled.train)
        self._test = Evaluator(compiled.network, compiled.test) if compiled.test is not None else None

    def now(self) -> Point:
        """Measure the whole training and test set."""
        loss, answers = self._train.loss_and_answers()
        accuracy = self.compiled.targets.right(answers, self.compiled.train.y)
        return Point(self.trainer.epoch, loss, self._test.loss() if self._test else math.nan, accuracy)

    def epochs(self, count: int, every: int = 1) -> Iterator[Point]:
        """Learn for `count` epochs; a point at the start, every `every` epochs and at the end.

        It ends early where the parameters are no longer finite: nothing could be learnt from then on.
        """
        yield self.now()
        for epoch in range(1, count + 1):
            self.trainer.run(self.trainer.steps_per_epoch)
            alive = bool(np.isfinite(self.compiled.network.theta.sum()))
            if epoch % every == 0 or epoch == count or not alive:
                yield self.now()
            if not alive:
                return
