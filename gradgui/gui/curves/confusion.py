"""Which class is taken for which: a table of counts, the right answers on its diagonal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.segmented import Segmented
from gradgui.session.snapshot import Array, ConfusionView
from gradgui.text import Text

TRUE = Text(en="truly", zh="实际")
SAID = Text(en="network says", zh="网络的判断")
CELL = Text(en="{count} of class {true} were called {said}.", zh="类别 {true} 有 {count} 个被判为 {said}。")
NAME = Text(en="Confusion matrix", zh="混淆矩阵")
WHICH = Text(en="Which examples are counted", zh="统计哪些样本")
TRAINING, TEST = Text(en="training set", zh="训练集"), Text(en="test set", zh="测试集")
TESTED = 1
WIDEST = 64
SHARE = 0.6
"""Where there is much room, the table takes so much of the width."""
LEFT, HEAD, NAMES = 64, 28, 20
"""Room for the classes at the left; for the switch; for the classes above the table."""
LEAST, WIDE_ENOUGH = 9, 15
"""Cells smaller than this show no number, only their colour."""
DIGIT = 1.45
"""Size of letters whose digits are 1 wide."""


class ConfusionMatrix(QWidget):
    """Rows are the true classes, columns the network's answers; colour is the share of the row."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._table: Array = np.zeros((0, 0))
        self._names: tuple[Text, ...] = ()
        self._counts: ConfusionView | None = None
        self.sets = Segmented(speech, theme, (TRAINING, TEST), WHICH, self)
        self.sets.hide()
        self.sets.chosen.connect(self._turn)
        self.setMouseTracking(True)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.update)
        self.retranslate()

    @property
    def table(self) -> Array:
        """(k, k) counts as shown."""
        return self._table

    def show_counts(self, counts: ConfusionView) -> None:
        """Show the training or the test set, as chosen; without a test set there is no choice."""
        self._counts = counts
        self.sets.setVisible(counts.test is not None)
        tested = self.sets.choice == TESTED and counts.test is not None
        self.show_table(counts.test if tested and counts.test is not None else counts.train)

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
        self._place_sets()
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
        names, head = self._theme.px(NAMES), top - self._theme.px(NAMES)
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, count * side, head), where, say(SAID))
        beside = QRectF(left - self._theme.px(LEFT), 0, self._theme.px(LEFT), high)
        painter.drawText(QRectF(beside.left(), head, beside.width(), names), centre, say(TRUE))
        for place in range(count):
            name = self._short(self._name(place), side)
            painter.drawText(QRectF(left + place * side, head, side, names), centre, name)
            name = self._short(self._name(place), beside.width())
            painter.setFont(self._small(high))
            painter.drawText(beside.translated(0, top + place * high), centre, name)
            painter.setFont(self._theme.font(Size.SMALL))
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
        if cell.height() >= self._theme.px(LEAST) and cell.width() >= self._theme.px(WIDE_ENOUGH):
            digits = len(f"{self._table.max():.0f}")
            painter.setFont(self._small(min(cell.height(), cell.width() * DIGIT / digits)))
            none = not self._table[row, column]
            painter.setPen(QColor(palette.on_accent if share > 0.6 else palette.muted if none else palette.ink))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{self._table[row, column]:.0f}")

    def _grid(self) -> tuple[float, float, float, float]:
        px, count = self._theme.px, max(1, len(self._table))
        left, top = px(LEFT), px(HEAD + NAMES)
        side = min((self.width() - 2 * left) / count, max(px(2 * WIDEST), self.width() * SHARE / count))
        high = min((self.height() - top - 2) / count, max(px(WIDEST), side / 2))
        return (self.width() - side * count) / 2, top, side, high

    def _small(self, high: float) -> QFont:
        """Letters that fit a row of this height."""
        return self._theme.font(min(Size.SMALL, (high + 1) / self._theme.factor))

    def _turn(self, _choice: int) -> None:
        if self._counts is not None:
            self.show_counts(self._counts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The switch stays in its corner."""
        super().resizeEvent(event)
        self._place_sets()

    def _place_sets(self) -> None:
        self.sets.move(0, 0)
        self.sets.resize(self.sets.sizeHint())

    def _name(self, place: int) -> str:
        return self._speech.say(self._names[place]) if place < len(self._names) else str(place)

    def _short(self, name: str, room: float) -> str:
        metrics = self.fontMetrics()
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(1, int(room - 4)))
