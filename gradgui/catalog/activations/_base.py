"""What every activation file provides."""

from __future__ import annotations

import math
from typing import ClassVar

from gradgui.catalog.entry import Entry
from gradgui.catalog.writing import by_sign, filled
from gradgui.engine.parts import Activation


class ActivationKind(Entry, Activation):
    """An activation with its names and formulas, each written once: the rule in letters follows from its template."""

    elementwise: ClassVar[bool] = True
    """False where every z moves every a; then only the rules in letters are written."""
    lowest: ClassVar[float] = -math.inf
    """No f(z) lies below; it need not be reached."""
    highest: ClassVar[float] = math.inf
    """No f(z) lies above."""
    written: ClassVar[str] = ""
    """Template of f(z)."""
    written_below: ClassVar[str] = ""
    """That of f(z) for z ≤ 0 where it follows another rule there."""
    slope_written: ClassVar[str] = ""
    """Template of f′(z); `a` is f(z)."""
    slope_written_below: ClassVar[str] = ""
    slope_latex: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.elementwise:
            cls.latex = filled(by_sign(cls.written, cls.written_below), z="z")
            cls.slope_latex = filled(by_sign(cls.slope_written, cls.slope_written_below), z="z")

    def template_at(self, z: float) -> str:
        """The template of f that this z follows."""
        return self.written_below if self.written_below and z <= 0 else self.written

    def slope_template_at(self, z: float) -> str:
        """The template of f′ that this z follows."""
        return self.slope_written_below if self.slope_written_below and z <= 0 else self.slope_written
