"""When a sample comes to be learnt from: the training step whose batch it is in."""

from __future__ import annotations

import math

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.streams import shuffled


def batches_per_epoch(compiled: Compiled) -> int:
    """So many training steps go once through all examples."""
    count, size = len(compiled.train), compiled.experiment.training.batch_size
    return 1 if size <= 0 else math.ceil(count / min(size, count))


def next_step_with(compiled: Compiled, sample: int, since: int) -> int:
    """The first training step from `since` on, counted from 0, with this training sample in its batch."""
    training, count, steps = compiled.experiment.training, len(compiled.train), batches_per_epoch(compiled)
    size = count if training.batch_size <= 0 else min(training.batch_size, count)
    epoch = since // steps
    while True:
        mixed = training.shuffle and steps > 1
        order = shuffled(training.seed, epoch, count) if mixed else np.arange(count)
        step = epoch * steps + int(np.flatnonzero(order == sample)[0]) // size
        if step >= since:
            return step
        epoch += 1
