"""What went wrong when numbers stop being numbers: the first step, event and layer with NaN or ∞, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.events import EventKind, EventName, Phase
from gradgui.engine.gradient_check import LossAt
from gradgui.engine.network import INPUT
from gradgui.engine.state import Moment
from gradgui.engine.tape import Array
from gradgui.engine.training import Trainer
from gradgui.text import Text, same

ROUNDS = 12
"""Of turning towards the direction of largest curvature."""
NUDGE = 1e-4


class Reason(Enum):
    """Why numbers stopped being numbers."""

    DATA = "not a number in the examples"
    LOGARITHM = "logarithm of zero"
    DIVISION = "division by zero"
    RATE = "learning rate against curvature"
    OVERFLOW = "overflow"


WHAT = {
    EventKind.LINEAR: Text(en="the weighted sums", zh="加权和"),
    EventKind.ACTIVATION: Text(en="the activations", zh="激活值"),
    EventKind.LOSS: Text(en="the losses", zh="损失"),
    EventKind.UPDATE: Text(en="the updated parameters", zh="更新后的参数"),
}
SENTENCE = Text(
    en="Training step {step}, layer {layer}: {what} are no longer finite. {why}",
    zh="第 {step} 步训练，第 {layer} 层：{what}不再是有限的数。{why}",
)
WHY = {
    Reason.DATA: Text(en="The examples themselves contain NaN or ∞.", zh="样本里本来就有 NaN 或 ∞。"),
    Reason.LOGARITHM: Text(
        en="An answer became 0 or 1 exactly, or left that range, and the loss takes its logarithm.",
        zh="有一个答案恰好变成 0 或 1，或超出了这个范围，而损失要对它取对数。",
    ),
    Reason.DIVISION: Text(
        en="The optimiser divided by 0: its ε is 0 and a gradient is exactly 0.",
        zh="优化器除以了 0：它的 ε 为 0，而某个梯度恰好为 0。",
    ),
    Reason.RATE: Text(
        en="The learning rate {rate:.3g} is too large here: the loss bends with a curvature of {curvature:.3g}, and"
        " above 2 / curvature = {limit:.3g} every step overshoots further than the one before.",
        zh="学习率 {rate:.3g} 在这里太大了：损失的曲率是 {curvature:.3g}，"
        "一旦学习率超过 2 / 曲率 = {limit:.3g}，每一步都比前一步冲得更远。",
    ),
    Reason.OVERFLOW: Text(
        en="Numbers of up to {largest:.3g} were multiplied or added up to more than a number can hold."
        " A smaller learning rate or gradient clipping helps.",
        zh="大到 {largest:.3g} 的数相乘或相加，超出了一个数能表示的范围。减小学习率或启用梯度裁剪会有帮助。",
    ),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """The first moment at which a number was no longer finite."""

    iteration: int
    """The step in which it happened, from 0."""
    event: EventName
    reason: Reason
    text: Text
    """All of it in a sentence or two."""
    safe: Moment
    """The last moment at which everything was finite: the start of that step."""
    learning_rate: float
    curvature: float | None = None
    """Largest curvature of the loss where the search began; None where it could not be measured."""

    @property
    def limit(self) -> float | None:
        """2 / curvature: above it, plain gradient descent overshoots further with every step."""
        return 2 / self.curvature if self.curvature else None


def run_carefully(trainer: Trainer, steps: int, every: int = 100) -> Trouble | None:
    """Train, looking at the parameters every so many steps; stops at trouble, back at the last finite moment."""
    while steps > 0:
        good, count = trainer.moment(), min(steps, every)
        trainer.run(count)
        steps -= count
        trouble = None if is_finite(trainer) else find_trouble(trainer, good)
        if trouble is not None:
            return trouble
    return None


def is_finite(trainer: Trainer) -> bool:
    """Whether the parameters, everything remembered, and the loss are numbers."""
    remembered = (trainer.network.theta, trainer.updater.memory, trainer.network.state)
    return all(_finite(part) for part in remembered) and math.isfinite(trainer.evaluate())


def find_trouble(trainer: Trainer, good: Moment) -> Trouble | None:
    """Walk from a good moment event by event, up to the step that begins where the trainer stands now.

    Afterwards the trainer stands at the last finite moment, or where it stood if there is no trouble.
    """
    last = trainer.iteration
    trainer.restore(good)
    while True:
        safe = trainer.moment()
        event = _first_bad_event(trainer)
        if event is not None:
            trouble = _explained(trainer, event, good, safe)
            trainer.restore(safe)
            return trouble
        if safe.iteration == last:
            trainer.restore(safe)
            return None
        trainer.close_step()


def largest_curvature(at: LossAt, theta: NDArray[np.float64], trainable: NDArray[np.bool_]) -> float | None:
    """|λ| of the Hessian's largest eigenvalue: nudge along the gradient, turning towards where it bends most."""
    curvature = None
    step = NUDGE * max(1.0, float(np.abs(theta).max()))
    with np.errstate(all="ignore"):
        direction = at.gradient(theta) * trainable
        for _ in range(ROUNDS):
            length = float(np.linalg.norm(direction))
            if not 0 < length < math.inf:
                break
            nudge = step * direction / length
            direction = (at.gradient(theta + nudge) - at.gradient(theta - nudge)) * trainable / (2 * step)
            size = float(np.linalg.norm(direction))
            curvature = size if math.isfinite(size) else curvature
    return curvature


def _first_bad_event(trainer: Trainer) -> EventName | None:
    for _ in trainer.events:
        event = trainer.run_event()
        if not all(map(_finite, _written(trainer, event))):
            return event
    return None


def _written(trainer: Trainer, event: EventName) -> list[Array]:
    """What an event has written, as far as training goes on with it."""
    network, place = trainer.network, trainer.network.places[event.layer]
    buffers = trainer.program.buffers
    own = buffers.layers[event.layer]
    if event.phase is Phase.UPDATE:
        return [network.theta[place.parameters], trainer.updater.memory[:, place.parameters]]
    nobody_reads = all(source == INPUT for source in place.sources)
    table = {
        EventKind.LINEAR: [own.z],
        EventKind.JOIN: [own.joined],
        EventKind.LOSS: [np.array(buffers.loss)],
        EventKind.D_OUTPUT: [] if network.fused else [own.da],
        EventKind.D_PREACTIVATION: [own.dz],
        EventKind.D_WEIGHT: [network.grad[place.parameters]],
        EventKind.D_BIAS: [],
        EventKind.D_INPUT: [] if nobody_reads else [own.dx1[: place.inputs]],
    }
    return table.get(event.kind, [own.a])


def _explained(trainer: Trainer, event: EventName, good: Moment, safe: Moment) -> Trouble:
    rate = trainer.updater.learning_rate(safe.iteration)
    at = LossAt(trainer.network, trainer.samples)
    curvature = largest_curvature(at, good.theta.astype(np.float64), trainer.network.trainable)
    limit = 2 / curvature if curvature else math.inf
    reason = _reason(trainer, event) or (Reason.RATE if rate > limit else Reason.OVERFLOW)
    own = trainer.program.buffers.layers[event.layer]
    numbers = np.concatenate([part.ravel() for part in (safe.theta, own.z, own.a, own.da, own.dz)])
    largest = float(np.abs(numbers[np.isfinite(numbers)]).max(initial=0.0))
    why = WHY[reason].filled(rate=rate, curvature=curvature or 0.0, limit=limit, largest=largest)
    what = WHAT.get(event.kind, same(event.kind.value))
    text = SENTENCE.filled(step=safe.iteration + 1, layer=event.layer + 1, what=what, why=why)
    return Trouble(safe.iteration, event, reason, text, safe, rate, curvature)


def _reason(trainer: Trainer, event: EventName) -> Reason | None:
    """What can be seen without looking at the landscape."""
    network, program = trainer.network, trainer.program
    if not (_finite(program.x1) and _finite(program.y)):
        return Reason.DATA
    if event.kind is EventKind.LOSS and network.loss.fuses_with is not None and not network.fused:
        outside = (program.output <= 0) | (program.output >= 1)
        return Reason.LOGARITHM if outside.any() else None
    if event.phase is Phase.UPDATE and getattr(trainer.updater.rule.optimizer, "epsilon", 1.0) == 0:
        return Reason.DIVISION if _finite(network.grad) and not network.grad.all() else None
    return None


def _finite(numbers: Array) -> bool:
    return bool(np.isfinite(numbers).all())
