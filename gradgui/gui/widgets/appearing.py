"""What has just appeared is painted in the next picture only, and not once more in the one after it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


def paint_with_the_rest(*parts: QWidget) -> None:
    """Qt notes down that widgets have appeared, and asks for their picture later: it is asked for now."""
    for part in parts:
        QCoreApplication.sendPostedEvents(part, QEvent.Type.UpdateLater.value)
