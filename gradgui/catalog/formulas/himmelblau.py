"""Himmelblau: four equally deep valleys; where one ends depends on where one starts."""

from __future__ import annotations

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text


class Himmelblau(FormulaKind):
    """(w² + b − 11)² + (w + b² − 7)² (Himmelblau 1972)."""

    id = "himmelblau"
    name = Text(en="Himmelblau's four valleys", zh="Himmelblau 四谷")
    latex = r"(@w^2+@b-11)^2+(@w+@b^2-7)^2"
    w_latex = r"4\,@w\,(@w^2+@b-11)+2\,(@w+@b^2-7)"
    b_latex = r"2\,(@w^2+@b-11)+4\,@b\,(@w+@b^2-7)"
    spans = ((-5.0, 5.0), (-5.0, 5.0))
    start = (-0.5, -1.0)
    minima = (
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.283185991286170),
        (3.584428340330492, -1.848126526964404),
    )

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        return (w * w + b - 11) ** 2 + (w + b * b - 7) ** 2

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        first, second = w * w + b - 11, w + b * b - 7
        return 4 * w * first + 2 * second, 2 * first + 4 * b * second


KIND = Himmelblau()
