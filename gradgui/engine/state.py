"""A moment of training: everything that the next step depends on, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.engine.tape import Array

OVERHEAD = 480
"""Bytes that Python and NumPy take for a moment besides its numbers: in a small network most of its memory."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The state after `iteration` updates; batch order and dropout follow from the seed and need no memory."""

    iteration: int
    theta: Array
    memory: Array
    """(slots, P) what the optimiser remembers."""
    state: Array
    """What layers remember, such as running means."""

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return self.theta.nbytes + self.memory.nbytes + self.state.nbytes + OVERHEAD
