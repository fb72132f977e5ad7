"""The network's answers to a whole set, with dropout off and nothing learnt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.buffers import Buffers
from gradgui.engine.network import Network
from gradgui.engine.parts import Clock
from gradgui.engine.program import Program
from gradgui.engine.samples import Samples
from gradgui.engine.tape import Call, run

CHUNK = 4096
"""Samples at once: enough to be fast, few enough to stay small."""


class Evaluator:
    """Forward passes over a fixed set; buffers are made once."""

    def __init__(self, network: Network, samples: Samples) -> None:
        self._network = network
        self._programs: list[Program] = []
        self._rests: dict[int, list[Call]] = {}
        buffers: dict[int, Buffers] = {}
        for start in range(0, len(samples.x), CHUNK):
            x, y = samples.x[start : start + CHUNK], samples.y[start : start + CHUNK]
            buffers.setdefault(len(x), Buffers(network, len(x)))
            x1 = np.ones((network.inputs + 1, len(x)), network.dtype)
            x1[:-1] = x.T
            y1 = np.ascontiguousarray(y.T, network.dtype)
            self._programs.append(Program(network, buffers[len(x)], x1, y1, Clock(), training=False))

    def loss(self) -> float:
        """The loss over the whole set; overflow shows as inf or NaN, not as a warning."""
        return self.loss_and_answers()[0]

    def loss_from(self, first: int) -> float:
        """The same, where no layer before `first` has changed since the last time."""
        if len(self._programs) > 1:  # they share their buffers
            return self.loss()
        program = self._programs[0]
        if first not in self._rests:
            self._rests[first] = [call for s in program.sections[first:] for stage in s.forward for call in stage.calls]
        with np.errstate(all="ignore"):
            run(self._rests[first])
            losses = program.losses()
        return float(losses.sum(dtype=np.float64)) / (len(losses) if self._network.mean else 1)

    def answers(self) -> NDArray[np.float64]:
        """(N, outputs)."""
        return self.loss_and_answers()[1]

    def loss_and_answers(self) -> tuple[float, NDArray[np.float64]]:
        """Both from one pass."""
        total, count, rows = 0.0, 0, []
        with np.errstate(all="ignore"):
            for program in self._programs:
                run(program.forward_calls)
                losses = program.losses()
                total += float(losses.sum(dtype=np.float64))
                count += len(losses)
                rows.append(program.output.T.astype(np.float64))
        return (total / count if self._network.mean else total), np.concatenate(rows)
