"""Predict first: a question about the next number before the engine works it out, and the score of the answers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from gradgui.session.snapshot import Array, EventKind, EventName, Snapshot
from gradgui.session.terms import old

CLOSE = 0.05
"""A value counts as right within this share of the true one."""


class Guess(Enum):
    """What can be said about a number without working it out."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    ZERO = "zero"
    LARGER = "larger"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class Question:
    """Which number comes next."""

    iteration: int
    event: EventName
    unit: int
    column: int | None
    """The input of a weight; None elsewhere."""
    sample: int
    before: float | None
    """A number of the same kind that is already known, to compare sizes with: what arrives from behind."""

    @property
    def about_gradient(self) -> bool:
        """Whether the sign tells which way a parameter has to go."""
        return self.event.kind.value.startswith("dL/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was predicted: a value, or one guess."""

    value: float | None = None
    guess: Guess | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A prediction beside the truth."""

    question: Question
    answer: Answer
    truth: float
    right: bool


def next_question(snapshot: Snapshot) -> Question | None:
    """What Step would work out; None where the next event has no single number to ask about."""
    event = snapshot.upcoming
    if event is None or event.kind in _SILENT:
        return None
    unit, column = _asked(snapshot, event)
    return Question(snapshot.iteration, event, unit, column, snapshot.sample, _arrived(snapshot, event))


def judge(question: Question, answer: Answer, snapshot: Snapshot) -> Outcome | None:
    """Compare with what came out; None while the event has not run."""
    truth = true_value(question, snapshot)
    return None if truth is None else Outcome(question, answer, truth, _is_right(question, answer, truth))


def true_value(question: Question, snapshot: Snapshot) -> float | None:
    """The number that was asked for, once its event has run."""
    here = snapshot.iteration == question.iteration and snapshot.cursor > question.event.index
    if not here:
        return None
    event, values = question.event, snapshot.layers[question.event.layer]
    if event.kind is EventKind.LOSS:
        return snapshot.loss
    if event.kind is EventKind.UPDATE:
        return _at(values.W, question) if question.column is not None else _at(values.b, question)
    fields = {
        EventKind.LINEAR: values.z, EventKind.ACTIVATION: values.a, EventKind.D_OUTPUT: values.da,
        EventKind.D_PREACTIVATION: values.dz, EventKind.D_WEIGHT: values.dW, EventKind.D_BIAS: values.db,
        EventKind.D_INPUT: values.dx,
    }  # fmt: skip
    return _at(fields.get(event.kind), question)


_SILENT = frozenset(
    {
        EventKind.NORMALIZE,
        EventKind.DROPOUT,
        EventKind.POOL,
        EventKind.FLATTEN,
        EventKind.JOIN,
        EventKind.COPY,
        EventKind.FORMULA,
    }
)


def _is_right(question: Question, answer: Answer, truth: float) -> bool:
    if answer.value is not None:
        return math.isclose(answer.value, truth, rel_tol=CLOSE, abs_tol=5e-4)
    before = question.before or 0.0
    return {
        Guess.POSITIVE: truth > 0,
        Guess.NEGATIVE: truth < 0,
        Guess.ZERO: truth == 0,
        Guess.LARGER: abs(truth) > abs(before),
        Guess.SMALLER: abs(truth) < abs(before),
        None: False,
    }[answer.guess]


def _asked(snapshot: Snapshot, event: EventName) -> tuple[int, int | None]:
    """The first neuron and, for weights, its first input; where blame is known, the neuron that carries most."""
    values = snapshot.layers[event.layer]
    blame = values.dz if values.dz is not None else values.da
    unit = 0
    if blame is not None and event.kind is not EventKind.D_INPUT:
        unit = int(np.argmax(np.abs(blame).sum(axis=0)))
    weights = event.kind in (EventKind.D_WEIGHT, EventKind.UPDATE) and values.W is not None
    if values.W is not None and weights:
        unit = min(unit, len(values.W) - 1)
    return unit, 0 if weights else None


def _arrived(snapshot: Snapshot, event: EventName) -> float | None:
    values, n = snapshot.layers[event.layer], snapshot.sample
    unit, column = _asked(snapshot, event)
    if event.kind is EventKind.UPDATE:
        before = old(values.W if column is not None else values.b, None)
        return None if before is None else float(before[unit] if column is None else before[unit, column])
    table = {
        EventKind.ACTIVATION: values.z, EventKind.D_PREACTIVATION: values.da, EventKind.D_WEIGHT: values.dz,
        EventKind.D_BIAS: values.dz, EventKind.D_INPUT: values.dz,
    }  # fmt: skip
    found = table.get(event.kind)
    return None if found is None or unit >= found.shape[1] else float(found[min(n, len(found) - 1), unit])


def _at(array: Array | None, question: Question) -> float | None:
    if array is None:
        return None
    if question.event.kind in (EventKind.D_BIAS, EventKind.UPDATE) and question.column is None:
        return float(array[question.unit])
    if question.column is not None:
        return float(array[question.unit].reshape(-1)[question.column])
    return float(array[min(question.sample, len(array) - 1), question.unit])
