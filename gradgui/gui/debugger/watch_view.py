"""Watches: expressions with their value, the one before, the difference, and how they went."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gradgui.errors import UserError
from gradgui.gui.debugger.expression_line import ExpressionLine
from gradgui.gui.debugger.figures import gradient, quantity
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.session.notebook import Notebook
from gradgui.session.snapshot import Array, Snapshot
from gradgui.session.watches import Reading
from gradgui.text import Text

_NAME = Text(en="Watches", zh="监视")
_LINE = Text(en="Expression to watch", zh="要监视的表达式")
_HINT = Text(en="Watch: loss, grad('L1.W') …", zh="监视：loss、grad('L1.W')……")
_EMPTY = Text(
    en="Nothing is watched. Type an expression, or right-click a wire or neuron and pin it.",
    zh="还没有监视任何东西。输入表达式，或右键点一条连线或神经元，把它钉住。",
)
_ROW, _LOW_ROW, _SPARK, _CROSS = 40, 27, 48, 16
_ROOMY = 360
"""From this width on everything stands in one line."""


class WatchRows(QWidget):
    """The expression, and beside or below it its numbers; the sparkline at the right."""

    removed = Signal(object)
    """The expression whose cross was clicked."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._readings: tuple[Reading, ...] = ()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_readings(self, readings: tuple[Reading, ...]) -> None:
        """Show these."""
        if len(readings) != len(self._readings):
            self.updateGeometry()
        self._readings = readings
        self.setAccessibleDescription("\n".join(self.words))
        self.update()

    @property
    def words(self) -> list[str]:
        """Every watch in one line."""
        return [
            f"{reading.source} = {self._value(reading)} {self._change(reading)}".strip() for reading in self._readings
        ]

    def sizeHint(self) -> QSize:
        """As many rows as there are, room for a sentence if there are none."""
        return QSize(self._theme.px(240), max(self._theme.px(2 * _ROW), self._row * len(self._readings)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    @property
    def _is_roomy(self) -> bool:
        return self.width() >= self._theme.px(_ROOMY)

    @property
    def _row(self) -> int:
        return self._theme.px(_LOW_ROW if self._is_roomy else _ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the cross removes the watch."""
        place = int(event.position().y() // self._row)
        if place < len(self._readings) and event.position().x() > self.width() - self._theme.px(_CROSS + 4):
            self.removed.emit(self._readings[place].source)
        self._chosen = min(place, max(len(self._readings) - 1, 0))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a watch, Delete removes it."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if steps is not None and self._readings:
            self._chosen = min(max(self._chosen + steps, 0), len(self._readings) - 1)
            self.update()
        elif event.key() == Qt.Key.Key_Delete and self._chosen < len(self._readings):
            self.removed.emit(self._readings[self._chosen].source)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row by row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._readings:
            painter.setFont(self._theme.font(Size.BODY))
            painter.setPen(QColor(self._theme.palette.muted))
            painter.drawText(
                self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), self._speech.say(_EMPTY)
            )
            return
        height = self._row
        for place, reading in enumerate(self._readings):
            self._draw(painter, reading, QRectF(0, place * height, self.width(), height), place)

    def _draw(self, painter: QPainter, reading: Reading, area: QRectF, place: int) -> None:
        palette, px = self._theme.palette, self._theme.px
        if place == self._chosen and self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.hover))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), px(6), px(6))
        inside = area.adjusted(px(4), px(2), -px(_CROSS + 8), -px(2))
        upper, lower = self._boxes(inside)
        painter.setFont(self._theme.font(Size.SMALL))
        painter.setPen(QColor(palette.muted))
        room = round(upper.width() - px(8))
        words = painter.fontMetrics().elidedText(reading.source, Qt.TextElideMode.ElideRight, room)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, words)
        if reading.trouble is not None:
            painter.setPen(QColor(palette.stop))
            trouble = painter.fontMetrics().elidedText(
                self._speech.say(reading.trouble), Qt.TextElideMode.ElideRight, round(lower.width())
            )
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, trouble)
        else:
            self._draw_numbers(painter, reading, lower)
            self._draw_spark(
                painter,
                reading.past,
                QRectF(inside.right() - px(_SPARK), area.top() + px(6), px(_SPARK), area.height() - px(12)),
            )
        painter.setPen(QColor(palette.forward))
        painter.setFont(self._theme.font(Size.BODY))
        painter.drawText(
            QRectF(area.right() - px(_CROSS), area.top(), px(_CROSS), area.height()), Qt.AlignmentFlag.AlignVCenter, "×"
        )

    def _boxes(self, inside: QRectF) -> tuple[QRectF, QRectF]:
        """Where the expression and where its numbers stand."""
        width = inside.width() - self._theme.px(_SPARK + 8)
        if self._is_roomy:
            name = min(round(0.46 * width), self._longest())
            return (
                QRectF(inside.left(), inside.top(), name, inside.height()),
                QRectF(inside.left() + name, inside.top(), width - name, inside.height()),
            )
        upper = QRectF(inside.left(), inside.top(), width, inside.height() / 2)
        return upper, upper.translated(0, upper.height())

    def _longest(self) -> int:
        """The width of the longest expression: what it leaves belongs to the numbers."""
        metrics = QFontMetrics(self._theme.font(Size.SMALL))
        words = max((metrics.horizontalAdvance(reading.source) for reading in self._readings), default=0)
        return words + self._theme.px(12)

    def _draw_numbers(self, painter: QPainter, reading: Reading, box: QRectF) -> None:
        palette = self._theme.palette
        unknown = reading.value is None
        painter.setFont(self._theme.font(Size.BODY, bold=True))
        painter.setPen(QColor(palette.muted if unknown else palette.ink))
        value = self._value(reading)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, value)
        left = painter.fontMetrics().horizontalAdvance(value) + self._theme.px(10)
        painter.setFont(self._theme.font(Size.SMALL))
        painter.setPen(QColor(palette.muted))
        rest = box.adjusted(left, 0, 0, 0)
        words = self._change(reading)
        if painter.fontMetrics().horizontalAdvance(words) > rest.width():
            words = words.partition("   ")[2]
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_spark(self, painter: QPainter, past: Array, box: QRectF) -> None:
        good = past[np.isfinite(past)]
        if good.size < 2:
            return
        low, high = float(good.min()), float(good.max())
        span = high - low or 1.0
        points = [
            QPointF(box.left() + box.width() * n / (good.size - 1), box.bottom() - box.height() * (value - low) / span)
            for n, value in enumerate(good.tolist())
        ]
        painter.setPen(QPen(QColor(self._theme.palette.curve_train), 1.5 * self._theme.factor))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(self._theme.palette.current))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(points[-1], self._theme.px(2.5), self._theme.px(2.5))

    def _value(self, reading: Reading) -> str:
        if reading.trouble is not None:
            return self._speech.say(reading.trouble)
        if reading.value is None:
            return "?"
        signed = reading.source.startswith("grad(") and reading.count == 1
        words = gradient(reading.value) if signed else quantity(reading.value)
        return words if reading.count == 1 else f"‖·‖ {words} ({reading.count})"

    @staticmethod
    def _change(reading: Reading) -> str:
        if reading.previous is None or reading.change is None:
            return ""
        return f"← {quantity(reading.previous)}   Δ {gradient(reading.change)}"


class WatchView(QWidget):
    """A line to type in, and the watches below."""

    def __init__(self, speech: Speech, theme: Theme, notebook: Notebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._notebook = speech, theme, notebook
        self.line = ExpressionLine(_LINE, _HINT, speech, theme, self)
        self.rows = WatchRows(speech, theme, self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self.rows)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.line)
        self._column.addWidget(self._scroll, 1)
        self.line.asked.connect(self._add)
        self.rows.removed.connect(notebook.remove_watch)
        notebook.watches_changed.connect(self.rows.show_readings)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The notebook works the watches out; here only the names change."""
        self.line.use_network(snapshot.network)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        self.rows.setAccessibleName(self._speech.say(_NAME))
        self.rows.update()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        self._column.setContentsMargins(px(4), px(6), px(4), 0)
        self._column.setSpacing(px(Space.TINY))
        self.rows.updateGeometry()
        self.rows.update()

    def _add(self, source: str) -> None:
        try:
            if source:
                self._notebook.add_watch(source)
        except UserError as error:
            self.line.show_trouble(error)
        else:
            self.line.clear()
