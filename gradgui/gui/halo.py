"""A ring around the mouse pointer, so that the last row of the class sees where the teacher points."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from gradgui.gui.theme import Theme

RADIUS, LINE = 26.0, 4.0
IDLE_MS = 2500
"""A pointer that rests so long points at nothing: the ring must not lie on the words below it."""
SOFT = 60
"""Of 255: the wash inside the ring."""


class Halo(QWidget):
    """Follows the pointer over the window, never in its way."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.hide)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.hide()

    def use(self, on: bool) -> None:
        """Follow the pointer from its next move on, or go away."""
        application = QApplication.instance()
        assert application is not None
        if on:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)
            self._idle.stop()
            self.hide()

    def restyle(self) -> None:
        """Take the size of now."""
        side = 2 * self._theme.px(RADIUS + LINE)
        self.resize(side, side)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every move of the mouse over this window, whichever pane it is for."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            window = self._window
            if isinstance(watched, QWidget) and watched.window() is window:
                self._go_to(window.mapFromGlobal(event.globalPosition().toPoint()))
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring with a soft inside."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, wash = QColor(self._theme.palette.current), QColor(self._theme.palette.current)
        wash.setAlpha(SOFT)
        painter.setPen(QPen(ink, self._theme.px(LINE)))
        painter.setBrush(wash)
        radius = self._theme.px(RADIUS)
        painter.drawEllipse(self.rect().center(), radius, radius)

    def _go_to(self, place: QPoint) -> None:
        inside = self._window.rect().contains(place)
        self.move(place - self.rect().center())
        if inside and not self.isVisible():
            self.show()
        if inside:
            self.raise_()
            self._idle.start()
        else:
            self.hide()
