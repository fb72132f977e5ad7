"""Marks on widgets that the window's style sheet looks for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget


def mark(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property the style sheet selects by, and dress the widget anew if it is dressed already."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        own_font = QFont(widget.font())
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.setFont(own_font)  # Qt forgets it while a style sheet is taken off and put on again
        widget.update()
