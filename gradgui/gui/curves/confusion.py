"""Which class is taken for which: a table of counts, the right answers on its diagonal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.session.snapshot import Array
from gradgui.text import Text

TRUE = Text(en="truly", zh="实际")
SAID = Text(en="network says", zh="网络的判断")
CELL = Text(en="{count} of class {true} were called {said}.", zh="类别 {true} 有 {count} 个被判为 {said}。")
NAME = Text(en="Confusion matrix", zh="混淆矩阵")
WIDEST = 64
LEFT, TOP = 64, 40
LEAST = 18
"""Cells narrower than this show no number, only their colour."""


class ConfusionMatrix(QWidget):
    """Rows are the true classes, columns the network's answers; colour is the share of the row."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._table: Array = np.zeros((0, 0))
        self._names: tuple[Text, ...] = ()
        self.setMouseTracking(True)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.update)
        self.retranslate()

    @property
    def table(self) -> Array:
        """(k, k) counts as shown."""
        return self._table

    def show_table(self, table: Array) -> None:
        """Show these counts."""
        if table is not self._table:
            self._table = table
            self.setAccessibleDescription("; ".join(" ".join(f"{n:.0f}" for n in row) for row in table))
            self.update()

    def name_classes(self, names: Sequence[Text]) -> None:
        """What the classes are called; with none they are numbered."""
        self._names = tuple(names)
        self.update()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.setAccessibleName(self._speech.say(NAME))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(180))

    def cell(self, row: int, column: int) -> QRectF:
        """Where one count stands."""
        left, top, side, high = self._grid()
        return QRectF(left + column * side, top + row * high, side, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt."""
        painter, say = QPainter(self), self._speech.say
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._table)
        if not count:
            return
        left, top, side, high = self._grid()
        painter.setFont(self._theme.font(Size.SMALL))
        painter.setPen(QColor(self._theme.palette.muted))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(left, 0, count * side, top / 2), centre, say(SAID))
        painter.drawText(QRectF(0, top / 2, left, top / 2), centre, say(TRUE))
        for place in range(count):
            name = self._short(self._name(place), side)
            painter.drawText(QRectF(left + place * side, top / 2, side, top / 2), centre, name)
            name = self._short(self._name(place), left)
            painter.drawText(QRectF(0, top + place * high, left, high), centre, name)
        totals = np.maximum(self._table.sum(axis=1), 1)
        for row in range(count):
            for column in range(count):
                self._paint_cell(painter, row, column, self._table[row, column] / totals[row])
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a cell means."""
        self.setToolTip(self._told(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.setToolTip("")

    def _told(self, place: QPointF) -> str:
        count = len(self._table)
        for row in range(count):
            for column in range(count):
                if self.cell(row, column).contains(place):
                    words = {"true": self._name(row), "said": self._name(column)}
                    return self._speech.say(CELL, count=f"{self._table[row, column]:.0f}", **words)
        return ""

    def _paint_cell(self, painter: QPainter, row: int, column: int, share: float) -> None:
        palette = self._theme.palette
        cell = self.cell(row, column).adjusted(1, 1, -1, -1)
        colour = QColor(palette.done if row == column else palette.stop)
        colour.setAlphaF(0.05 + 0.75 * float(share))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(cell, 3, 3)
        if min(cell.width(), cell.height()) >= self._theme.px(LEAST) - 4:
            painter.setPen(QColor(palette.on_accent if share > 0.6 else palette.ink))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{self._table[row, column]:.0f}")

    def _grid(self) -> tuple[float, float, float, float]:
        px, count = self._theme.px, max(1, len(self._table))
        left, top = px(LEFT), px(TOP)
        side = min((self.width() - 2 * left) / count, px(2 * WIDEST))
        high = min((self.height() - top - 2) / count, px(WIDEST))
        return (self.width() - side * count) / 2, top, side, high

    def _name(self, place: int) -> str:
        return self._speech.say(self._names[place]) if place < len(self._names) else str(place)

    def _short(self, name: str, room: float) -> str:
        metrics = self.fontMetrics()
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(1, int(room - 4)))
