"""The names of what happens in one training step, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """The four parts of one training step."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"


class EventKind(Enum):
    """What one event computes; the values are part of the trace format."""

    LINEAR = "linear"
    ACTIVATION = "activation"
    NORMALIZE = "normalize"
    DROPOUT = "dropout"
    POOL = "pool"
    FLATTEN = "flatten"
    JOIN = "join"
    COPY = "copy"
    FORMULA = "formula"
    LOSS = "loss"
    D_OUTPUT = "dL/da"
    D_PREACTIVATION = "dL/dz"
    D_WEIGHT = "dL/dW"
    D_BIAS = "dL/db"
    D_INPUT = "dL/dx"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class EventName:
    """One event of a network's training step: which kind, in which layer (0 is the first)."""

    index: int
    phase: Phase
    kind: EventKind
    layer: int

    @property
    def layer_id(self) -> str:
        """The layer's name in files and traces: L1, L2, …"""
        return f"L{self.layer + 1}"
