"""What every formula file provides."""

from __future__ import annotations

from typing import ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.entry import Entry

Span = tuple[float, float]
Numbers = TypeVar("Numbers", float, NDArray[np.float64])
"""One number, or many at once."""


class FormulaKind(Entry):
    """f(w, b) with its exact derivatives; `latex` writes the parameters as @w and @b."""

    w_latex: ClassVar[str]
    """∂f/∂w."""
    b_latex: ClassVar[str]
    """∂f/∂b."""
    spans: ClassVar[tuple[Span, Span]]
    """From where to where w and b are worth looking at."""
    start: ClassVar[tuple[float, float]]
    """A good place to start from."""
    minima: ClassVar[tuple[tuple[float, float], ...]]
    """Lowest places."""

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f, also of whole arrays."""
        raise NotImplementedError

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        raise NotImplementedError
