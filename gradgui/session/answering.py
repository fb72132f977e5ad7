"""What the network would answer to inputs that are not in its batch, worked out in the engine's thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from gradgui.catalog.features import mapped
from gradgui.engine.maps import NeuronMaps
from gradgui.session.requests import Engine
from gradgui.session.run import Run
from gradgui.session.snapshot import Array


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Answers to one question."""

    question: object
    """Whatever the asker gave to know it again."""
    revision: int
    outputs: Array | None
    """(outputs, N); None from a network that takes inputs of another kind: ask again once it is another one."""


class Replies(QObject):
    """Where answers arrive in the window's thread."""

    answered = Signal(object)
    """An AnswerView."""


@dataclass(frozen=True, slots=True)
class AskNetwork:
    """Ask about (N, raw inputs) with the parameters of now; training goes on, and there is always a reply."""

    question: object
    x: Array
    replies: Replies

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        run = engine.run
        fits = run is not None and self.x.shape[1] == run.compiled.examples.x.shape[1]
        found = answers(run, self.x) if run is not None and fits else None
        self.replies.answered.emit(AnswerView(self.question, 0 if run is None else run.revision, found))


def answers(run: Run, x: Array) -> Array:
    """(outputs, N) answers to (N, raw inputs)."""
    compiled = run.compiled
    points = mapped(x, compiled.examples.names, compiled.experiment.features)
    maps = NeuronMaps(run.trainer.network, points, (1, len(points)), np.float64)
    found = maps.layers()[-1][:, 0, :].astype(np.float64)
    found.setflags(write=False)
    return found
