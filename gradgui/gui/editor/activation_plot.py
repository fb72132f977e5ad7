"""The curve of an activation with its slope, and on it where the neurons of a layer stand now."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.theme import Size, Space, Theme, number
from gradgui.session.response import curve, response, shares
from gradgui.session.snapshot import Array

HEIGHT = 150
NEAR, FAR = 4.0, 12.0
"""The curve reaches at least and at most so far to both sides."""
POINTS = 161
FAINT = 70
"""Opacity of the dots of the other samples, of 255."""
MOST_DOTS = 600


class ActivationPlot(QWidget):
    """f in one line, f′ in a dashed one; a dot for each neuron at its sum, pale ones for the other samples."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._activation: str | None = None
        self._z: Array = np.zeros((0, 0))
        self._sample = 0
        self._reach = NEAR
        self._lines: tuple[Array, Array, Array] = (np.zeros(0), np.zeros(0), np.zeros(0))
        self._low, self._high = -1.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.restyle)

    @property
    def dots(self) -> list[tuple[float, float]]:
        """(z, a) of the sample that is looked at, one a neuron."""
        if self._activation is None or self._sample >= len(self._z):
            return []
        z = self._z[self._sample]
        a = response(self._activation, self._z.T)[0][:, self._sample]
        return [(float(x), float(y)) for x, y in zip(z, a, strict=True)]

    def show_layer(self, activation: str | None, z: Array | None, sample: int) -> None:
        """Show one layer; z is (samples, units), None where it is not computed yet."""
        known = z if z is not None and z.ndim == 2 else np.zeros((0, 1))
        spread = float(np.abs(known[np.isfinite(known)]).max(initial=0.0))
        reach = NEAR if spread <= NEAR else FAR if spread > 8 else 8.0
        if (activation, reach) != (self._activation, self._reach) or not self._lines[0].size:
            self._activation, self._reach = activation, reach
            self._draw_lines(known.shape[1])
        self._z, self._sample = known, min(sample, max(len(known) - 1, 0))
        self.update()

    def restyle(self) -> None:
        """Take the sizes of now."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(280), self._theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axes, curves, dots."""
        if self._activation is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        palette, px = self._theme.palette, self._theme.px
        x, a, slope = self._lines
        pen = QPen(QColor(palette.curve_test), px(2))
        pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        painter.drawPolyline(self._polygon(x, slope))
        painter.setPen(QPen(QColor(palette.curve_train), px(2)))
        painter.drawPolyline(self._polygon(x, a))
        self._paint_dots(painter)
        painter.end()

    def _draw_lines(self, units: int) -> None:
        assert self._activation is not None
        x = np.linspace(-self._reach, self._reach, POINTS)
        a, slope = curve(self._activation, x, max(units, 2) if shares(self._activation) else 1)
        self._lines = x, a, slope
        both = np.concatenate([a, slope])
        self._low, self._high = min(float(both.min()), 0.0), max(float(both.max()), 1.0)

    def _box(self) -> QRectF:
        pad = self._theme.px(Space.SMALL)
        low = self._theme.px(Space.WIDE)
        return QRectF(self.rect()).adjusted(pad, pad, -pad, -low)

    def _place(self, z: float, y: float) -> QPointF:
        box = self._box()
        across = (min(max(z, -self._reach), self._reach) + self._reach) / (2 * self._reach)
        down = (self._high - y) / (self._high - self._low)
        return QPointF(box.left() + across * box.width(), box.top() + down * box.height())

    def _polygon(self, x: Array, y: Array) -> QPolygonF:
        return QPolygonF([self._place(u, v) for u, v in zip(x.tolist(), y.tolist(), strict=True)])

    def _paint_axes(self, painter: QPainter) -> None:
        palette, box = self._theme.palette, self._box()
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(self._place(-self._reach, 0), self._place(self._reach, 0))
        painter.drawLine(self._place(0, self._low), self._place(0, self._high))
        painter.setPen(QColor(palette.muted))
        painter.setFont(self._theme.font(Size.SMALL))
        below = QRectF(box.left(), box.bottom(), box.width(), self.height() - box.bottom())
        for side, z in ((Qt.AlignmentFlag.AlignLeft, -self._reach), (Qt.AlignmentFlag.AlignRight, self._reach)):
            painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, number(z, 1))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "z")
        beside = self._theme.px(Space.TINY)
        high, low = self._place(-self._reach, self._high), self._place(0, self._low)
        painter.drawText(QPointF(high.x(), high.y() + 2 * beside), number(self._high, 2))  # no curve is high there
        if self._low < 0:
            painter.drawText(QPointF(low.x() + beside, low.y() - beside / 2), number(self._low, 2))

    def _paint_dots(self, painter: QPainter) -> None:
        if not len(self._z) or self._activation is None:
            return
        palette = self._theme.palette
        a = response(self._activation, self._z.T)[0].T
        painter.setPen(Qt.PenStyle.NoPen)
        pale = QColor(palette.curve_train)
        pale.setAlpha(FAINT)
        painter.setBrush(pale)
        small = self._theme.px(2)
        every = max(1, self._z.size // MOST_DOTS)
        for z, y in zip(self._z.ravel()[::every].tolist(), a.ravel()[::every].tolist(), strict=True):
            painter.drawEllipse(self._place(z, y), small, small)
        painter.setPen(QPen(QColor(palette.panel), 1.5))
        painter.setBrush(QColor(palette.ink))
        large = self._theme.px(4)
        for z, y in zip(self._z[self._sample].tolist(), a[self._sample].tolist(), strict=True):
            painter.drawEllipse(self._place(z, y), large, large)
