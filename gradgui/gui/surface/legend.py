"""What the colours mean: the lowest and the highest loss, and every shade between."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.surface.relief import Relief
from gradgui.gui.surface.shading import Paint, colour_table
from gradgui.gui.surface.ticks import label
from gradgui.gui.theme import Size, Space, Theme, number

_BAR = 72
_THICK = 8
_DIGITS = 3
_NOTHING = 5e-4


class Legend(QWidget):
    """A strip of the colour map between two losses."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._low = self._high = ""
        self._strip = _strip(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.restyle)

    def show_relief(self, relief: Relief | None, painted: Paint | None) -> None:
        """Name the two ends."""
        low = high = ""
        if relief is not None and painted is not None:
            self._strip = _strip(painted.by_slope)
            low = "|∇| 0" if painted.by_slope else _low_end(relief)
            high = ("≥ " if painted.cut else "") + _high_end(relief, painted)
            self.update()
        if (low, high) != (self._low, self._high):
            self._low, self._high = low, high
            self.updateGeometry()
            self.update()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        metrics = QFontMetricsF(self._theme.font(Size.SMALL))
        words = metrics.horizontalAdvance(self._low) + metrics.horizontalAdvance(self._high)
        return QSize(int(words + self._theme.px(_BAR + 2 * Space.SMALL)) + 2, int(metrics.height()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt."""
        if not self._low:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font(Size.SMALL))
        painter.setPen(QColor(self._theme.palette.muted))
        gap = self._theme.px(Space.SMALL)
        middle = Qt.AlignmentFlag.AlignVCenter
        start = painter.fontMetrics().horizontalAdvance(self._low) + gap
        words = start + gap + painter.fontMetrics().horizontalAdvance(self._high)
        long = max(self._theme.px(_THICK), min(self._theme.px(_BAR), self.width() - words))  # the words are whole
        bar = QRectF(start, (self.height() - self._theme.px(_THICK)) / 2, long, self._theme.px(_THICK))
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignLeft, self._low)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, self._strip)
        rest = QRectF(bar.right() + gap, 0, self.width(), self.height())
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignLeft, self._high)
        painter.end()


def _strip(by_slope: bool) -> QImage:
    table = (colour_table(by_slope) * 255).astype(np.uint8)
    return QImage(table.tobytes(), len(table), 1, QImage.Format.Format_RGBA8888).copy()


def _high_end(relief: Relief, painted: Paint) -> str:
    """The highest value; where it would read like the lowest, how much is added."""
    said = number(painted.high, _DIGITS)
    alike = not painted.by_slope and said == number(relief.low, _DIGITS)
    return f"+{label(float(f'{painted.high - relief.low:.2g}'))}" if alike and painted.high > relief.low else said


def _low_end(relief: Relief) -> str:
    """The lowest loss; far below the highest it is as good as nothing."""
    nothing = not relief.log and 0 < relief.low < relief.top * _NOTHING
    return "L ≈ 0" if nothing else f"L {number(relief.low, _DIGITS)}"
