"""How numbers are written in the debugger: short, with a real minus, in words or in LaTeX."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gradgui.gui.theme import MINUS, number

Array = NDArray[np.float64]


def gradient(value: float) -> str:
    """A gradient: always with its sign, no idle zeros; +2, −0.42."""
    words = _significant(value)
    return f"+{words}" if value > 0 else words


def bare(value: float) -> str:
    """The same without a plus, for a factor inside a product."""
    return _significant(value)


def quantity(value: float) -> str:
    """A value of the forward pass: at least one decimal, so that 1.0 does not look like a count."""
    words = _significant(value)
    whole = words.lstrip(MINUS).isdigit()
    return f"{words}.0" if whole and abs(value) < 1e5 else words


def parameter(value: float, step: float = 0.0) -> str:
    """A weight or bias with decimals enough that a change of `step` can be seen."""
    return fixed(value, 3 if not step or not math.isfinite(step) else math.ceil(1 - math.log10(abs(step))))


def fixed(value: float, decimals: int) -> str:
    """A weight or bias with so many decimals, but at least three and at most nine."""
    if not math.isfinite(value) or abs(value) >= 1e6:
        return number(value)
    return f"{value:.{min(max(decimals, 3), 9)}f}".replace("-", MINUS)


def size(value: float) -> str:
    """A norm: three digits are enough."""
    return _significant(value, digits=3)


def norm(array: Array) -> float:
    """The Euclidean length of all the numbers together; ∞ or NaN only where one of them is."""
    flat = array.reshape(-1)
    with np.errstate(over="ignore"):
        squared = float(np.dot(flat, flat))
    if math.isinf(squared) and np.isfinite(flat).all():  # the squares are too large, not the numbers
        largest = float(np.abs(flat).max())
        return largest * norm(flat / largest)
    return math.sqrt(squared)


def shape(array: Array) -> str:
    """Rows × columns of an array, as on the blackboard."""
    return "×".join(str(side) for side in array.shape)


def summary(array: Array, signed: bool) -> str:
    """A lone number as it is; anything larger as its length and shape."""
    if array.size == 1:
        value = float(array.reshape(-1)[0])
        return gradient(value) if signed else quantity(value)
    return f"‖·‖ {size(norm(array))} ({shape(array)})"


def tex(words: str) -> str:
    """A written number as LaTeX: an ASCII minus, powers of ten written out."""
    words = words.replace(MINUS, "-").replace("∞", r"\infty ")
    if "e" not in words:
        return words
    mantissa, exponent = words.split("e")
    return rf"{mantissa}\cdot 10^{{{int(exponent)}}}"


def _significant(value: float, digits: int = 4) -> str:
    """At most `digits` significant digits, three below 1, without trailing zeros."""
    if value == 0 or not math.isfinite(value):
        return number(value)
    if abs(value) < 1:
        digits = min(digits, 3)
    if abs(value) < 1e-4 or abs(value) >= 1e6:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        words = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    else:
        decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        words = f"{value:.{decimals}f}"
        words = words.rstrip("0").rstrip(".") if "." in words else words
    return words.replace("-", MINUS)
