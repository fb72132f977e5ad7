"""All pictures of a data set, small; one click chooses the one to be traced."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gradgui.gui.data.thumbnail import grey_picture
from gradgui.gui.theme import Size, Theme
from gradgui.session.snapshot import Array

_SIDE, _GAP = 34, 4
_ACROSS = 64
"""Pictures side by side in the one image that holds them all."""


class ThumbGrid(QWidget):
    """Only what can be seen is painted; arrow keys move, Enter chooses."""

    chosen = Signal(object)
    """The number of a training sample."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: Array = np.zeros((0, 8, 8))
        self._atlas = QImage()
        self._samples: NDArray[np.intp] = np.zeros(0, np.intp)
        self._marks: dict[int, str] = {}
        self._traced: int | None = None
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.restyle)

    @property
    def samples(self) -> NDArray[np.intp]:
        """The samples shown, in order."""
        return self._samples

    @property
    def traced(self) -> int | None:
        """The sample with a ring."""
        return self._traced

    def show_pictures(self, pictures: Array) -> None:
        """(N, rows, columns) all pictures there are."""
        self._pictures = pictures
        self.restyle()

    def show_samples(self, samples: NDArray[np.intp]) -> None:
        """Show these of them."""
        if not np.array_equal(samples, self._samples):
            self._samples = samples
            self._current = 0
            self._fit()
            self.update()

    def mark(self, marks: dict[int, str]) -> None:
        """Write a small word on some samples: what the network takes them for."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def ring(self, sample: int | None) -> None:
        """Ring the sample that is traced."""
        if sample != self._traced:
            self._traced = sample
            self.update()

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        self._atlas = _atlas(self._pictures, self._theme)
        self._fit()
        self.update()

    def whole_height(self, height: int) -> int:
        """The largest height that is not more than this and shows no row of pictures in part."""
        gap = self._theme.px(_GAP)
        return max((height + gap) // self.step * self.step - gap, min(height, self._theme.px(_SIDE)))

    def place_of(self, sample: int) -> QRect:
        """Where a sample is shown."""
        return self._cell(int(np.flatnonzero(self._samples == sample)[0]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        number = self._number_at(event.position().x(), event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and number is not None:
            self._current = number
            self.chosen.emit(int(self._samples[number]))
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and choose."""
        across = self._across()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: across, Qt.Key.Key_Up: -across}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._samples):
            self._current += step
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and len(self._samples):
            self.chosen.emit(int(self._samples[self._current]))
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(self._theme.px(10 * (_SIDE + _GAP)), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures that lie in the exposed part."""
        painter, step, across = QPainter(self), self.step, self._across()
        first, last = event.rect().top() // step * across, (event.rect().bottom() // step + 1) * across
        for number in range(max(first, 0), min(last, len(self._samples))):
            self._draw(painter, number)

    def _draw(self, painter: QPainter, number: int) -> None:
        p, sample, cell = self._theme.palette, int(self._samples[number]), self._cell(number)
        rows, columns = self._pictures.shape[1:]
        row, column = divmod(sample, _ACROSS)
        source = QRectF(column * columns, row * rows, columns, rows)
        painter.drawImage(QRectF(cell), self._atlas, source)
        edge = p.current if sample == self._traced or (self.hasFocus() and number == self._current) else p.line
        painter.setPen(QPen(QColor(edge), 2 if sample == self._traced else 1))
        painter.drawRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5))
        word = self._marks.get(sample)
        if word is not None:
            painter.setFont(self._theme.font(Size.SMALL, bold=True))
            wide = painter.fontMetrics().horizontalAdvance(word) + self._theme.px(6)
            tag = QRectF(cell.right() - wide + 1, cell.bottom() - self._theme.px(15) + 1, wide, self._theme.px(15))
            painter.fillRect(tag, QColor(p.ink))
            painter.setPen(QColor(p.panel))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, word)

    def _fit(self) -> None:
        rows = -(-len(self._samples) // self._across())
        self.setMinimumHeight(max(rows, 1) * self.step - self._theme.px(_GAP))

    @property
    def step(self) -> int:
        """From one row of pictures to the next, in pixels."""
        return self._theme.px(_SIDE) + self._theme.px(_GAP)

    def _across(self) -> int:
        return max(1, self.width() // self.step)

    def _cell(self, number: int) -> QRect:
        row, column = divmod(number, self._across())
        side = self._theme.px(_SIDE)
        return QRect(column * self.step, row * self.step, side, side)

    def _number_at(self, x: float, y: float) -> int | None:
        column, row = int(x) // self.step, int(y) // self.step
        number = row * self._across() + column
        return number if column < self._across() and 0 <= number < len(self._samples) else None


def _atlas(pictures: Array, theme: Theme) -> QImage:
    """One image with all pictures in it, row after row."""
    if not len(pictures):
        return QImage()
    count, rows, columns = pictures.shape
    lines = -(-count // _ACROSS)
    sheet = np.full((lines * _ACROSS, rows, columns), pictures.min())
    sheet[:count] = pictures
    flat = sheet.reshape(lines, _ACROSS, rows, columns).transpose(0, 2, 1, 3).reshape(lines * rows, _ACROSS * columns)
    return grey_picture(flat, theme, float(pictures.min()), float(pictures.max()))
