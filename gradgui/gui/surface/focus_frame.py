"""A frame round the picture that the keyboard has reached; a mouse needs none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gradgui.gui.theme import Theme

_WIDTH = 2.0
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class FocusFrame(QObject):
    """Knows how a view got the focus."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self.by_key = False
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt."""
        if isinstance(event, QFocusEvent):
            by_key = event.gotFocus() and event.reason() in _BY_KEY
            if by_key != self.by_key:
                self.by_key = by_key
                self._view.update()
        return False

    def paint(self, painter: QPainter, over: QWidget) -> None:
        """Draw it along the border."""
        half = self._theme.px(_WIDTH) / 2
        painter.setPen(QPen(QColor(self._theme.palette.current), 2 * half))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(over.rect()).adjusted(half, half, -half, -half))
