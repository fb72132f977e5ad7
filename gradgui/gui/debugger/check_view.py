"""Check it: the gradient of the backward pass beside that of two nudges, with the relative error for every ε."""

from __future__ import annotations

import math
from html import escape

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.gui.debugger.chain import Target, name_of, strongest
from gradgui.gui.debugger.chain_view import fitting
from gradgui.gui.debugger.figures import gradient
from gradgui.gui.debugger.page import Page
from gradgui.gui.language import Speech
from gradgui.gui.theme import MINUS, Size, Space, Theme, number
from gradgui.session.check import CheckRow, CheckView
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

_NAME = Text(en="Second opinion", zh="再核对一遍")
_WAITING = Text(en="Every parameter is nudged a little…", zh="正在把每个参数各推一小步……")
_HINT = Text(
    en="Nudge a parameter a little both ways and see how the loss really moves: (L(w+ε) − L(w−ε)) / 2ε.",
    zh="把参数往两边各轻轻推一下，看损失到底怎么动：(L(w+ε) − L(w−ε)) / 2ε。",
)
_LAYER, _ALL = Text(en="layer {n}", zh="第 {n} 层"), Text(en="everything", zh="全部")
_AGREES = Text(en="Both agree: relative error {error}", zh="两种算法一致：相对误差 {error}")
_DIFFERS = Text(en="They disagree: relative error {error}", zh="两种算法不一致：相对误差 {error}")
_HEADS = (
    Text(en="name", zh="参数"),
    Text(en="backward", zh="反向传播"),
    Text(en="nudged", zh="推出来的"),
    Text(en="error", zh="误差"),
)
_CORNER = Text(en="corner", zh="拐点")
_LEFT_OUT = Text(en="{count} more were left out", zh="还有 {count} 个没有核对")
_PLOT = Text(en="error against ε", zh="误差随 ε 变化")
SHOWN = 40
_WIDE, _TIGHT, _GAP = 10, 4, 5
"""Pixels beside the words of a button, and between two columns."""


class EpsilonPlot(QWidget):
    """Too large an ε sees the curve, too small a one only rounding: a valley in between."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._found: CheckView | None = None

    def show_check(self, found: CheckView) -> None:
        """Draw the errors of one check."""
        self._found = found
        self.update()

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(self._theme.px(96), self._theme.px(92))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Both axes in powers of ten, ε growing to the right."""
        if self._found is None:
            return
        painter, palette, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(px(10), px(8), self.width() - px(18), self.height() - px(38))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        with np.errstate(divide="ignore"):
            heights = np.clip(np.log10(self._found.errors), -12.0, 0.0)
        xs = np.log10(self._found.epsilons)
        points = [
            QPointF(
                box.left() + box.width() * (x - xs.min()) / np.ptp(xs), box.bottom() - box.height() * (y + 12.0) / 12.0
            )
            for x, y in zip(xs.tolist(), heights.tolist(), strict=True)
        ]
        painter.setPen(QPen(QColor(palette.curve_train), 2 * self._theme.factor))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.curve_train))
        for point in points:
            painter.drawEllipse(point, px(2.5), px(2.5))
        self._draw_words(painter, box)

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        assert self._found is not None
        painter.setFont(self._theme.font(Size.SMALL))
        painter.setPen(QColor(self._theme.palette.muted))
        below = QRectF(0, box.bottom() + 2, self.width(), self._theme.px(15))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "10⁻¹¹")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, "ε 0.1")
        painter.drawText(below.translated(0, self._theme.px(15)), Qt.AlignmentFlag.AlignCenter, self._speech.say(_PLOT))


class _Rows(Page):
    def __init__(self, speech: Speech, theme: Theme, parent: QWidget) -> None:
        super().__init__(_NAME, speech, theme, parent)
        self._found: CheckView | None = None
        self._waiting = False
        self.retranslate()

    def wait(self) -> None:
        """Say that the answer is under way."""
        self._found, self._waiting = None, True
        self.write()

    def show_check(self, found: CheckView) -> None:
        self._found, self._waiting = found, False
        self.write()

    def html(self, snapshot: Snapshot) -> str:
        found, palette = self._found, self._theme.palette
        if found is None:
            return self.paragraph(self.muted(self.say(_WAITING if self._waiting else _HINT)), 0)
        words = _AGREES if found.agrees else _DIFFERS
        lone = len(found.rows) == 1 and not found.left_out  # its own error, not that of a list of one
        error = found.rows[0].error if lone else found.error
        head = self.span(self.say(words, error=_size(error)), palette.done if found.agrees else palette.stop, True)
        names = self.row((self.muted(self.say(text)) for text in _HEADS), gap=_GAP)
        rows = "".join(self._row(row) for row in found.rows[:SHOWN])
        letters = f"font-size:{self._theme.px(Size.SMALL)}px"  # four columns beside the plot
        table = f'<table cellspacing="0" cellpadding="1" style="{letters}">{names}{rows}</table>'
        rest = found.left_out + max(0, len(found.rows) - SHOWN)
        end = self.paragraph(self.muted(self.say(_LEFT_OUT, count=f"{rest:,}"))) if rest else ""
        return self.paragraph(head, 0) + table + end

    def _row(self, row: CheckRow) -> str:
        sign = "✓" if row.agrees else "✗"
        colour = self._theme.palette.done if row.agrees else self._theme.palette.stop
        error = f"{sign}&nbsp;" + (self.say(_CORNER) if row.corner else _size(row.error, 0))
        cells = (
            escape(_short(row.name)),
            escape(gradient(row.analytic)),
            escape(gradient(row.numeric)),
            self.span(error, colour),
        )
        return self.row(cells, gap=_GAP)


class CheckTab(QWidget):
    """Three buttons: this parameter, this layer, everything; the answers and the ε plot below."""

    asked = Signal(object)
    """A parameter such as L1.W[0,1], a layer such as L1, or an empty text for everything."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._snapshot: Snapshot | None = None
        self._target: Target | None = None
        self._buttons = tuple(QPushButton(self) for _ in range(3))
        self._rows, self._plot = _Rows(speech, theme, self), EpsilonPlot(speech, theme, self)
        self._plot.hide()
        self._lay_out()
        for button, slot in zip(self._buttons, (self._ask_one, self._ask_layer, self._ask_all), strict=True):
            button.clicked.connect(slot)
        self.asked.connect(self._wait)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Offer the parameter and the layer of this moment."""
        self._snapshot = snapshot
        self._rows.show_snapshot(snapshot)
        if self.isVisible():
            self.retranslate()

    def look_at(self, target: Target | None) -> None:
        """Offer this parameter."""
        self._target = target
        self.retranslate()

    def _wait(self) -> None:
        self._plot.hide()
        self._rows.wait()

    def show_check(self, found: CheckView) -> None:
        """Both opinions have arrived."""
        self._plot.show()
        self._plot.show_check(found)
        self._rows.show_check(found)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        target, say = self._chosen(), self._speech.say
        one, layer, everything = self._buttons
        everything.setText(say(_ALL))
        one.setVisible(target is not None)
        if target is not None and self._snapshot is not None:
            one.setText(name_of(self._snapshot, target))
            layer.setText(say(_LAYER, n=target.layer + 1))
        self._make_room()
        self._plot.update()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        self._column.setContentsMargins(px(4), px(6), 0, 0)
        self._column.setSpacing(px(Space.TINY))
        for button in self._buttons:
            button.setFont(self._theme.font(Size.SMALL))
        self._make_room()
        self._plot.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt: while nobody looked, buttons were not named."""
        super().showEvent(event)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow tab the buttons stand closer, and the layer's makes room: everything includes it."""
        _one, layer, _everything = self._buttons
        layer.setVisible(self._chosen() is not None)
        for pad in (_WIDE, _TIGHT):
            self._pad(pad)
            if self._needed() <= self.width():
                return
        layer.hide()

    def _pad(self, pad: int) -> None:
        px = self._theme.px
        style = f"min-height: {px(22)}px; padding: 0 {px(pad)}px; border-radius: {px(6)}px;"
        for button in self._buttons:
            if button.styleSheet() != style:
                button.setStyleSheet(style)

    def _needed(self) -> int:
        """How wide the row of buttons is."""
        seen = [button.sizeHint().width() for button in self._buttons if not button.isHidden()]
        return sum(seen) + self._theme.px(4) + len(seen) * self._theme.px(Space.SMALL)

    def _lay_out(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            top.addWidget(button)
        top.addStretch(1)
        below.addWidget(self._rows, 1)
        below.addWidget(self._plot, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addLayout(below, 1)

    def _chosen(self) -> Target | None:
        if self._snapshot is None:
            return None
        return fitting(self._snapshot, self._target) or strongest(self._snapshot)

    def _ask_one(self) -> None:
        target = self._chosen()
        if target is not None:
            self.asked.emit(full_name(target))

    def _ask_layer(self) -> None:
        target = self._chosen()
        if target is not None:
            self.asked.emit(f"L{target.layer + 1}")

    def _ask_all(self) -> None:
        self.asked.emit("")


def full_name(target: Target) -> str:
    """L2.W[0,1] or L2.b[0], as in files."""
    where = f"b[{target.unit}]" if target.column is None else f"W[{target.unit},{target.column}]"
    return f"L{target.layer + 1}.{where}"


def _short(name: str) -> str:
    """W2[0,1] for L2.W[0,1]: there is little room here."""
    layer, _, rest = name.partition(".")
    return f"{rest[0]}{layer[1:]}{rest[1:]}"


def _size(value: float, decimals: int = 1) -> str:
    if not math.isfinite(value):
        return number(value)
    mantissa, _, exponent = f"{value:.{decimals}e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
