"""When training is to stop by itself: after so many epochs, at a loss, at an accuracy, or where nothing improves."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gradgui.session.run import Run
from gradgui.text import Text

IMPROVEMENT = 1e-3
"""A loss that has not fallen by this share of itself counts as standing still."""
EPOCHS = Text(en="{epochs} epochs are done.", zh="已训练满 {epochs} 个 epoch。")
LOSS = Text(en="The training loss {now:.4g} is below {wanted:.4g}.", zh="训练损失 {now:.4g} 已低于 {wanted:.4g}。")
ACCURACY = Text(
    en="The training accuracy {now:.1%} has reached {wanted:.1%}.", zh="训练准确率 {now:.1%} 已达到 {wanted:.1%}。"
)
PLATEAU = Text(
    en="The training loss has hardly fallen for {epochs} epochs: it stands at {now:.4g}.",
    zh="连续 {epochs} 个 epoch 训练损失几乎没有下降，停在 {now:.4g}。",
)


@dataclass(frozen=True, slots=True)
class StopWhen:
    """Conditions that end training; None for those that don't count. Any one that comes true is enough."""

    epochs: int | None = None
    """Epochs of the run as a whole."""
    loss: float | None = None
    """Training loss below this."""
    accuracy: float | None = None
    """Training accuracy, 0 to 1, at least this."""
    plateau: int | None = None
    """Training loss not improved for so many epochs."""


class Goal:
    """Looks at the end of every epoch whether training has reached what was wanted.

    What is true already when training begins does not stop it: whoever presses Play again wants to go on.
    """

    def __init__(self, wanted: StopWhen, run: Run) -> None:
        made = run.iteration + (run.cursor == run.events)
        done = wanted.epochs is not None and made >= wanted.epochs * run.trainer.steps_per_epoch
        self._epochs = None if done else wanted.epochs
        self._loss, self._accuracy, self._plateau = wanted.loss, wanted.accuracy, wanted.plateau
        if self.looks:
            train, _, accuracy = run.losses()
            self._loss = None if self._loss is not None and train < self._loss else self._loss
            self._accuracy = None if self._accuracy is not None and accuracy >= self._accuracy else self._accuracy
        self._best, self._best_at = math.inf, run.trainer.epoch

    @property
    def looks(self) -> bool:
        """Whether the loss of the whole set has to be known after every epoch."""
        return not (self._loss is None and self._accuracy is None and self._plateau is None)

    def steps_left(self, run: Run) -> int | None:
        """Steps until there is something to look at; None for never."""
        trainer = run.trainer
        here = trainer.iteration
        if self.looks:
            return trainer.steps_per_epoch - here % trainer.steps_per_epoch
        return None if self._epochs is None else max(1, self._epochs * trainer.steps_per_epoch - here)

    def reason(self, run: Run) -> Text | None:
        """Why to stop between these two steps, if at all."""
        trainer = run.trainer
        epoch, rest = divmod(trainer.iteration, trainer.steps_per_epoch)
        if rest or (self._epochs is None and not self.looks):
            return None
        if self._epochs is not None and epoch >= self._epochs:
            return EPOCHS.filled(epochs=self._epochs)
        return self._look(run, epoch) if self.looks else None

    def _look(self, run: Run, epoch: int) -> Text | None:
        train, _, accuracy = run.losses()
        if self._loss is not None and train < self._loss:
            return LOSS.filled(now=train, wanted=self._loss)
        if self._accuracy is not None and accuracy >= self._accuracy:
            return ACCURACY.filled(now=accuracy, wanted=self._accuracy)
        if train < self._best * (1 - IMPROVEMENT):
            self._best, self._best_at = train, epoch
        if self._plateau is not None and epoch - self._best_at >= self._plateau:
            return PLATEAU.filled(epochs=self._plateau, now=train)
        return None
