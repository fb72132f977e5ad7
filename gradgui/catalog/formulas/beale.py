"""Beale: a long flat floor between cliffs at its corners."""

from __future__ import annotations

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text

_TARGETS = ((1, 1.5), (2, 2.25), (3, 2.625))
"""k and c of each of the three squares."""


class Beale(FormulaKind):
    """(1.5 − w + wb)² + (2.25 − w + wb²)² + (2.625 − w + wb³)² (Beale 1958)."""

    id = "beale"
    name = Text(en="Beale's cliffs", zh="Beale 峭壁")
    latex = r"(1.5-@w+@w @b)^2+(2.25-@w+@w @b^2)^2+(2.625-@w+@w @b^3)^2"
    w_latex = r"2\sum_{k=1}^{3}(c_k-@w+@w @b^k)\,(@b^k-1)"
    b_latex = r"2\sum_{k=1}^{3}(c_k-@w+@w @b^k)\,k\,@w @b^{k-1}"
    spans = ((-4.5, 4.5), (-4.5, 4.5))
    start = (1.0, 1.5)
    minima = ((3.0, 0.5),)

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        first, second, third = ((c - w + w * b**k) ** 2 for k, c in _TARGETS)
        return first + second + third

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        gaps = [(k, c - w + w * b**k) for k, c in _TARGETS]
        along_w = sum(2 * gap * (b**k - 1) for k, gap in gaps)
        along_b = sum(2 * gap * k * w * b ** (k - 1) for k, gap in gaps)
        return along_w, along_b


KIND = Beale()
