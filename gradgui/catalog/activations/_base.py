"""What every activation file provides."""

from __future__ import annotations

from typing import ClassVar

from gradgui.catalog.entry import Entry
from gradgui.engine.parts import Activation


class ActivationKind(Entry, Activation):
    """An activation with its names and formulas."""

    slope_latex: ClassVar[str]
