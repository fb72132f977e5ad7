"""The key to the picture: classes by colour and shape, and how sure the network is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.data import words
from gradgui.gui.data.answers import Answers
from gradgui.gui.data.colours import Colours, Pixels
from gradgui.gui.data.glyphs import brush_and_pen, class_ink, draw_glyph
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme, number
from gradgui.gui.widgets.plotting import line_pen
from gradgui.session.snapshot import DataView

_ROW, _BAR = 22, 10


class Legend(QWidget):
    """Drawn by hand: a row per class, then a bar from one end of the answers to the other."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._data: DataView | None = None
        self._answers: Answers | None = None
        self._bar: Pixels | None = None
        self._line = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_data(self, data: DataView, answers: Answers, colours: Colours, bar: bool, line: bool) -> None:
        """Explain a data set; `bar` where the answers are painted, `line` where they are a curve."""
        self._line = line
        self._data, self._answers = data, answers
        self._bar = _bar_pixels(colours, answers) if bar else None
        self.updateGeometry()
        self.update()

    def words_width(self) -> int:
        """So wide is its longest line."""
        if self._data is None or self._answers is None:
            return 0
        metrics, px = QFontMetricsF(self._theme.font(Size.SMALL)), self._theme.px
        said = [self._speech.say(words.class_name(self._data, k)) for k in range(self._answers.classes)]
        said += [self._speech.say(words.MODEL)] if self._line else []
        return round(max((metrics.horizontalAdvance(line) for line in said), default=0.0)) + px(26)

    def sizeHint(self) -> QSize:
        """One row per class, two for the bar."""
        return QSize(self._theme.px(100), self._theme.px(_ROW * self._rows()))

    def minimumSizeHint(self) -> QSize:
        """Rows are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key."""
        if self._data is None or self._answers is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(self._theme.font(Size.SMALL))
        row = self._theme.px(_ROW)
        for k in range(self._answers.classes):
            self._draw_class(painter, k, k * row)
        if self._line:
            self._draw_line(painter, self._answers.classes * row)
        if self._bar is not None:
            self._draw_bar(painter, self._answers.classes * row)

    def _rows(self) -> int:
        classes = 0 if self._answers is None else self._answers.classes
        return classes + (2 if self._bar is not None else 0) + self._line

    def _draw_class(self, painter: QPainter, k: int, top: int) -> None:
        assert self._data is not None
        px = self._theme.px
        box = QRectF(px(2), top + px(6), px(10), px(10))
        ink = class_ink(self._theme, k)
        draw_glyph(painter, box, k, *brush_and_pen(self._theme, ink, hollow=False))
        painter.setPen(QColor(self._theme.palette.ink))
        room = QRectF(px(22), top, self.width() - px(22), px(_ROW))
        said = self._speech.say(words.class_name(self._data, k))
        cut = QFontMetricsF(painter.font()).elidedText(said, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)

    def _draw_line(self, painter: QPainter, top: int) -> None:
        px, p = self._theme.px, self._theme.palette
        painter.setPen(line_pen(p.curve_train, 2.5 * self._theme.factor))
        middle = top + px(_ROW) / 2
        painter.drawLine(QPointF(px(1), middle), QPointF(px(16), middle))
        painter.setPen(QColor(p.ink))
        room = QRectF(px(22), top, self.width() - px(22), px(_ROW))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._speech.say(words.MODEL))

    def _draw_bar(self, painter: QPainter, top: int) -> None:
        assert self._bar is not None
        px, p = self._theme.px, self._theme.palette
        box = QRectF(0.5, top + px(8), self.width() - 1, px(_BAR))
        outline = QPainterPath()
        outline.addRoundedRect(box, px(3), px(3))
        painter.save()
        painter.setClipPath(outline)
        image = QImage(self._bar.tobytes(), len(self._bar), 1, QImage.Format.Format_RGBA8888)
        painter.drawImage(box, image)
        painter.restore()
        painter.setPen(QPen(QColor(p.line), 1))
        painter.drawPath(outline)
        painter.setPen(QColor(p.muted))
        below = QRectF(0, box.bottom() + px(2), self.width(), px(18))
        for side, said in zip(_SIDES, self._ends(), strict=True):
            painter.drawText(below, side | Qt.AlignmentFlag.AlignTop, said)

    def _ends(self) -> tuple[str, str, str]:
        say, answers = self._speech.say, self._answers
        assert answers is not None
        if answers.one_hot:
            return say(words.UNSURE), "", say(words.CERTAIN)
        low, high = (answers.low, answers.high)
        if not answers.classes and answers.signed:
            high = max(-low, high)
            low = -high
        return number(low, 3), number((low + high) / 2, 3), number(high, 3)


_SIDES = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)


def _bar_pixels(colours: Colours, answers: Answers) -> Pixels:
    """For several classes the strength of the first stands for all, in grey."""
    table = colours.bar()
    if not answers.one_hot:
        return table
    shades = table[: len(table) // answers.classes].copy()
    shades[:, :3] = np.rint(shades[:, :3].mean(axis=1, keepdims=True)).astype(np.uint8)
    return shades
