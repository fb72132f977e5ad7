"""How far the answers of a neuron reach, so that its small map and its large one are coloured alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RANGES = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
"""Activations whose answers have a fixed range; other maps are scaled to their own largest value."""


def centre_and_scale(values: NDArray[np.floating], activation: str | None) -> tuple[float, float]:
    """What is drawn without colour, and how far from it the colours are full."""
    low, high = RANGES.get(activation or "", (0.0, 0.0))
    if high > low:
        return (low + high) / 2, (high - low) / 2
    return 0.0, spread(values)


def spread(values: NDArray[np.floating]) -> float:
    """The largest finite size among the values; 1 if there is none."""
    largest = float(max(values.max(), -values.min())) if values.size else 0.0
    if not np.isfinite(largest):
        finite = np.abs(values[np.isfinite(values)])
        largest = float(finite.max()) if finite.size else 0.0
    return largest or 1.0
