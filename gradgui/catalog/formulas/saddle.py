"""Saddle: a pass between two valleys, level in the middle although it is not the bottom."""

from __future__ import annotations

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text


class Saddle(FormulaKind):
    """w² + (b² − 4)² / 8."""

    id = "saddle"
    name = Text(en="Saddle", zh="马鞍")
    latex = r"@w^2+\frac{1}{8}(@b^2-4)^2"
    w_latex = r"2\,@w"
    b_latex = r"\frac{1}{2}\,@b\,(@b^2-4)"
    spans = ((-2.0, 2.0), (-3.0, 3.0))
    start = (1.5, 0.05)
    minima = ((0.0, -2.0), (0.0, 2.0))

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        return w * w + (b * b - 4) ** 2 / 8

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        return 2 * w, 0.5 * b * (b * b - 4)


KIND = Saddle()
