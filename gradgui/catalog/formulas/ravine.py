"""Ravine: steep walls and a floor that hardly slopes; no single step length suits both."""

from __future__ import annotations

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text


class Ravine(FormulaKind):
    """w² / 20 + 2 b²: curved 40 times as much across as along."""

    id = "ravine"
    name = Text(en="Ravine", zh="峡谷")
    latex = r"\frac{@w^2}{20}+2\,@b^2"
    w_latex = r"\frac{@w}{10}"
    b_latex = r"4\,@b"
    spans = ((-6.0, 6.0), (-2.0, 2.0))
    start = (-5.0, 1.0)
    minima = ((0.0, 0.0),)

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        return w * w / 20 + 2 * b * b

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        return w / 10, 4 * b


KIND = Ravine()
