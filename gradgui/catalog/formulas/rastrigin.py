"""Rastrigin: a bowl full of dents; each of them looks like the bottom from inside."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.formulas._base import FormulaKind, Numbers
from gradgui.text import Text

_TURN = 2 * np.pi


class Rastrigin(FormulaKind):
    """20 + w² − 10 cos 2πw + b² − 10 cos 2πb (Rastrigin 1974)."""

    id = "rastrigin"
    name = Text(en="Rastrigin's egg carton", zh="Rastrigin 蛋托")
    latex = r"20+@w^2-10\cos(2\pi @w)+@b^2-10\cos(2\pi @b)"
    w_latex = r"2\,@w+20\pi\sin(2\pi @w)"
    b_latex = r"2\,@b+20\pi\sin(2\pi @b)"
    spans = ((-5.12, 5.12), (-5.12, 5.12))
    start = (3.3, -2.7)
    minima = ((0.0, 0.0),)

    def value(self, w: Numbers, b: Numbers) -> Numbers:
        """f."""
        f: Numbers = 20 + w * w - 10 * np.cos(_TURN * w) + b * b - 10 * np.cos(_TURN * b)
        return f

    def slopes(self, w: float, b: float) -> tuple[float, float]:
        """∂f/∂w and ∂f/∂b."""
        return 2 * w + 10 * _TURN * np.sin(_TURN * w), 2 * b + 10 * _TURN * np.sin(_TURN * b)


KIND = Rastrigin()
