"""The few pixels that the network really sees of a drawing."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.data.thumbnail import grey_picture
from gradgui.gui.theme import Theme
from gradgui.session.snapshot import Array

_SIDE = 92


class SeenView(QWidget):
    """One picture, its pixels sharp."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Array = np.zeros((8, 8))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def picture(self) -> Array:
        """What is shown, from 0 to 1."""
        return self._picture

    def show_picture(self, picture: Array) -> None:
        """Show another one."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._theme.px(_SIDE), self._theme.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawImage(box, grey_picture(self._picture, self._theme))
        painter.setPen(QPen(QColor(self._theme.palette.line), 1))
        painter.drawRect(box)
