"""Bowl: equally steep all around; every way down leads to the same place."""

from __future__ import annotations

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text


class Bowl(FormulaKind):
    """½ (w² + b²)."""

    id = "bowl"
    name = Text(en="Bowl", zh="碗")
    latex = r"\frac{1}{2}(@w^2+@b^2)"
    w_latex = r"@w"
    b_latex = r"@b"
    spans = ((-3.0, 3.0), (-3.0, 3.0))
    start = (2.0, 1.5)
    minima = ((0.0, 0.0),)

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        return 0.5 * (w * w + b * b)

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        return w, b


KIND = Bowl()
