"""Fonts of the window: the system's own, in five sizes, with figures of one width."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from gradgui.gui.theme import Theme


def font(theme: Theme, size: float, bold: bool = False) -> QFont:
    """The window's font at `size` pixels (before the presenter factor); digits line up in columns."""
    chosen = QFont(QApplication.font())
    chosen.setPixelSize(theme.px(size))
    chosen.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen
