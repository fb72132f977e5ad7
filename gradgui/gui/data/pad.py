"""The drawing pad: the mouse is a pen, its right button an eraser."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradgui.gui.data import bitmap
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.thumbnail import grey_picture
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.session.snapshot import Array

_SIDE = 196


class Pad(QWidget):
    """Ink on paper; Delete wipes it clean."""

    drawn = Signal()
    """The ink changed."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._ink = bitmap.blank(8)
        self._last: tuple[float, float] | None = None
        self._erasing = False
        self.coarse = False
        """Fill the network's own pixels rather than draw freely."""
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()

    @property
    def ink(self) -> Array:
        """Fine pixels, 0 or 1."""
        return self._ink

    def use_side(self, side: int) -> None:
        """So many pixels along the side of what the network sees; a change wipes the paper."""
        if len(self._ink) != side * bitmap.FINE:
            self._ink = bitmap.blank(side)
            self.update()

    def put(self, ink: Array) -> None:
        """Show another drawing."""
        self._ink = ink
        self.update()
        self.drawn.emit()

    def clear(self) -> None:
        """Wipe the paper clean."""
        self.put(bitmap.blank(len(self._ink) // bitmap.FINE))

    def retranslate(self) -> None:
        """Name the pad in the language of now."""
        self.setAccessibleName(self._speech.say(words.PAD))
        self.update()

    def restyle(self) -> None:
        """Take the size of now."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._theme.px(_SIDE), self._theme.px(_SIDE))

    def minimumSizeHint(self) -> QSize:
        """A square, whatever stands beside it."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen, or the eraser, on the paper."""
        self._erasing = event.button() is Qt.MouseButton.RightButton
        self._last = self._place(event.position())
        self._touch(self._last)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if self._last is not None:
            self._touch(self._place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        self._last = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete wipes."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, ink, and the borders of the network's pixels."""
        painter, p = QPainter(self), self._theme.palette
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawImage(box, grey_picture(self._ink, self._theme))
        painter.setPen(QPen(QColor(p.line), 1))
        cells = len(self._ink) // bitmap.FINE
        for number in range(1, cells):
            at = box.x() + number * box.width() / cells
            painter.drawLine(QPointF(at, box.top()), QPointF(at, box.bottom()))
            painter.drawLine(QPointF(box.left(), at), QPointF(box.right(), at))
        painter.setPen(QPen(QColor(p.current if self.hasFocus() else p.forward), 1))
        painter.drawRect(box)
        if not self._ink.any():
            painter.setPen(QColor(p.muted))
            painter.setFont(self._theme.font(Size.BODY))
            inside = box.adjusted(8, 8, -8, -8)
            painter.drawText(
                inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._speech.say(words.PAD_HINT)
            )

    def _touch(self, place: tuple[float, float]) -> None:
        assert self._last is not None
        if self.coarse:
            ink = self._ink
            for between in bitmap.places_between(self._last, place, len(ink) // bitmap.FINE):
                ink = bitmap.dabbed(ink, between, self._erasing)
        else:
            ink = bitmap.stroked(self._ink, self._last, place, self._erasing)
        self._last = place
        self.put(ink)

    def _place(self, at: QPointF) -> tuple[float, float]:
        return at.x() / self.width(), at.y() / self.height()
