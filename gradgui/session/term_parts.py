"""What products are made of: factors that know where on the network they come from, and running sums."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from gradgui.session.snapshot import Array, LayerInfo, Snapshot


class Quantity(Enum):
    """What a factor is."""

    INPUT = "x"
    """An output of the source, or an input feature."""
    WEIGHT = "W"
    BIAS = "b"
    SUM = "z"
    OUTPUT = "a"
    BLAME_SUM = "dz"
    BLAME_OUTPUT = "da"
    SLOPE = "slope"
    ONE = "1"
    SHARE = "share"
    """How much of something counts: a part of a mean, the winner of a maximum, what a mask lets through."""
    NORMAL = "x̂"
    SPREAD = "1/σ"
    NORMAL_SPREAD = "x̂/σ"
    SCALED_BLAME = "g"
    """W · ∂L/∂a of a layer that normalises."""
    MEAN_BLAME = "−mean(g)"
    MEAN_PULL = "−mean(g·x̂)"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a factor comes from on the network; for a weight `column` is its input, else None."""

    quantity: Quantity
    layer: int
    """−1 is the network's input."""
    unit: int
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """One number of a product, and where it comes from."""

    value: float
    source: Source


@dataclass(frozen=True, slots=True)
class Term:
    """One path: the product of its factors, and the sum with all paths before it."""

    factors: tuple[Factor, ...]
    value: float
    running: float


def old(now: Array | None, before: Array | None) -> Array | None:
    """The parameters that took part in this step's passes."""
    return now if before is None else before


def layer_sources(info: LayerInfo, layer: int) -> tuple[int, ...]:
    """The layers that feed layer number `layer`; −1 is the network's input."""
    return info.sources or (layer - 1,)


def inputs_of(snapshot: Snapshot, layer: int) -> Array | None:
    """(B, inputs) what flows into a layer: the batch, or what its sources gave, added or side by side."""
    info = snapshot.network.layers[layer]
    arrays = [snapshot.x if s < 0 else snapshot.layers[s].a for s in layer_sources(info, layer)]
    known = [array for array in arrays if array is not None]
    if len(known) < len(arrays):
        return None
    if len(known) == 1:
        return known[0]
    beside = sum(array.shape[1] for array in known) == info.inputs
    return np.concatenate(known, axis=1) if beside else np.sum(known, axis=0)


def added(pairs: list[tuple[Factor, Factor]]) -> tuple[Term, ...]:
    """Every product, with the sum of all up to it."""
    found, running = [], 0.0
    for first, second in pairs:
        value = first.value * second.value
        running += value
        found.append(Term((first, second), value, running))
    return tuple(found)


def row_of(snapshot: Snapshot) -> int:
    """The row of the chosen sample in the batch."""
    return min(max(snapshot.sample, 0), len(snapshot.x) - 1)


def one(layer: int, unit: int) -> Factor:
    """What a bias is multiplied by."""
    return Factor(1.0, Source(Quantity.ONE, layer, unit))


def input_factor(snapshot: Snapshot, layer: int, column: int, value: float) -> Factor:
    """An input of a layer: usually output `column` of its only source."""
    sources = layer_sources(snapshot.network.layers[layer], layer)
    source = sources[0] if len(sources) == 1 else layer - 1
    return Factor(float(value), Source(Quantity.INPUT, source, column, column))
