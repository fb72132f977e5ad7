"""Rosenbrock's banana: a bent valley; its floor is easy to reach and hard to walk along."""

from __future__ import annotations

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text


class Rosenbrock(FormulaKind):
    """(1 − w)² + 100 (b − w²)² (Rosenbrock 1960)."""

    id = "rosenbrock"
    name = Text(en="Rosenbrock's banana", zh="Rosenbrock 香蕉谷")
    latex = r"(1-@w)^2+100\,(@b-@w^2)^2"
    w_latex = r"-2\,(1-@w)-400\,@w\,(@b-@w^2)"
    b_latex = r"200\,(@b-@w^2)"
    spans = ((-2.0, 2.0), (-1.0, 3.0))
    start = (-1.2, 1.0)
    minima = ((1.0, 1.0),)

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        return (1 - w) ** 2 + 100 * (b - w * w) ** 2

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        away = b - w * w
        return -2 * (1 - w) - 400 * w * away, 200 * away


KIND = Rosenbrock()
