"""Round numbers along an axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gradgui.gui.theme import MINUS

_NICE = (1, 2, 2.5, 5, 10)


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round values from `low` to `high`, about `wanted` + 1 of them; empty where there is no room."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return []
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(n * power for n in _NICE if n * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def log_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Powers of ten from `low` to `high`; few enough to read."""
    if not 0 < low < high:
        return []
    powers = list(range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1))
    if len(powers) < 2:
        return ticks(low, high, wanted)
    stride = -(-len(powers) // (wanted + 1))
    return [10.0**p for p in powers[::stride]]


def labels(values: Sequence[float]) -> list[str]:
    """The numbers of ticks; where the ground is so flat that two would read alike, the first and how much is added."""
    words = [label(value) for value in values]
    if len(set(words)) == len(words):
        return words
    return [words[0], *(f"+{label(float(f'{value - values[0]:.2g}'))}" for value in values[1:])]


def label(value: float) -> str:
    """A tick's number, as short as it can be."""
    ordinary = value == 0 or 1e-3 <= abs(value) < 1e5
    words = f"{value:.4g}" if ordinary else f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")
    return words.replace("-", MINUS)
