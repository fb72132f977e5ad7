"""Plateau: a hole in a plain so level that hardly any slope leads to it."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text


class Plateau(FormulaKind):
    """1 − exp(−(w² + b²) / 2)."""

    id = "plateau"
    name = Text(en="Plateau", zh="高原")
    latex = r"1-e^{-\frac{1}{2}(@w^2+@b^2)}"
    w_latex = r"@w\,e^{-\frac{1}{2}(@w^2+@b^2)}"
    b_latex = r"@b\,e^{-\frac{1}{2}(@w^2+@b^2)}"
    spans = ((-4.0, 4.0), (-4.0, 4.0))
    start = (-2.2, 1.4)
    minima = ((0.0, 0.0),)

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        f: Numbers = 1 - np.exp(-0.5 * (w * w + b * b))
        return f

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        near = np.exp(-0.5 * (w * w + b * b))
        return w * near, b * near


KIND = Plateau()
