"""Words below a picture: when they grow shorter they keep their room, so that the picture does not jump."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

_MOST_LINES = 2
"""More are shown where they are needed, but not kept."""


class CalmLabel(QLabel):
    """Keeps as many lines as it once needed, as long as its width and its font stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)

    def setText(self, words: str) -> None:
        """Show these words."""
        super().setText(words)
        self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setMinimumHeight(0)
            self._keep()

    def changeEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.setMinimumHeight(0)
            self._keep()

    def _keep(self) -> None:
        if self.isVisible():
            needed = min(self.heightForWidth(self.width()), _MOST_LINES * self.fontMetrics().lineSpacing())
            self.setMinimumHeight(max(self.minimumHeight(), needed))
