"""How a layer's weights are spread: bars from the most negative to the most positive."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.theme import Size, Space, Theme, number
from gradgui.session.snapshot import Array

BINS = 24
HEIGHT = 68


class WeightHistogram(QWidget):
    """Symmetric about 0; negative weights and positive ones in their own colours."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.counts: list[int] = []
        self.reach = 1.0
        """The largest size of a weight."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.restyle)

    def show_weights(self, weights: Array | None) -> None:
        """Count them."""
        finite = np.zeros(0) if weights is None else weights[np.isfinite(weights)].ravel()
        self.reach = float(np.abs(finite).max(initial=0.0)) or 1.0
        # As shares of the largest: bins between the smallest or the largest of all numbers could not be told apart.
        counts, _ = np.histogram(finite / self.reach, BINS, (-1.0, 1.0))
        self.counts = counts.tolist()
        self.update()

    def restyle(self) -> None:
        """Take the sizes of now."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(280), self._theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars over a line, with the ends of the scale below."""
        painter, palette, px = QPainter(self), self._theme.palette, self._theme.px
        pad, low = px(Space.SMALL), px(Space.WIDE)
        box = QRectF(self.rect()).adjusted(pad, pad / 2, -pad, -low)
        painter.setPen(QColor(palette.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        most, wide = max(self.counts, default=0) or 1, box.width() / BINS
        painter.setPen(Qt.PenStyle.NoPen)
        for place, count in enumerate(self.counts):
            high = box.height() * count / most
            colour = palette.weight_minus if place < BINS / 2 else palette.weight_plus
            painter.setBrush(QColor(colour))
            painter.drawRect(QRectF(box.left() + place * wide + 1, box.bottom() - high, wide - 2, high))
        painter.setPen(QColor(palette.muted))
        painter.setFont(self._theme.font(Size.SMALL))
        below = QRectF(box.left(), box.bottom(), box.width(), self.height() - box.bottom())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | middle, number(-self.reach, 3))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | middle, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | middle, number(self.reach, 3))
        painter.end()
