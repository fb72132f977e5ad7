"""The list of a task: what is achieved already gets a tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.lessons.option_card import TICK, _inside
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.theme import Space, Theme
from gradgui.gui.widgets.said_label import Tone
from gradgui.text import Text

DONE = Text(en="{words}: done", zh="{words}：已完成")
OPEN = Text(en="{words}: not yet", zh="{words}：未完成")


class Tick(QWidget):
    """A small round field, empty or ticked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._on = theme, False
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_on(self, on: bool) -> None:
        """Ticked or not."""
        self._on = on
        self.update()

    def restyle(self) -> None:
        """Take the size of now."""
        self.setFixedSize(QSize(1, 1) * self._theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(QColor(p.done if self._on else p.forward), 1.5))
        painter.setBrush(QColor(p.done) if self._on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if self._on:
            pen = QPen(QColor(p.panel), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([_inside(box, *place) for place in TICK]))
        painter.end()


class TickList(QWidget):
    """One row a part."""

    def __init__(self, speech: Speech, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._rows = [(Tick(theme, self), Prose(speech, theme, parent=self)) for _ in range(count)]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for tick, words in self._rows:
            row = QHBoxLayout()
            row.setSpacing(theme.px(Space.SMALL))
            row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            self._column.addLayout(row)
        self.setVisible(count > 0)

    def show_parts(self, texts: Sequence[Text], done: Sequence[bool]) -> None:
        """Show which of them are achieved."""
        for (tick, words), text, on in zip(self._rows, texts, done, strict=True):
            tick.show_on(on)
            words.tell(text)
            words.set_tone(Tone.PLAIN if on else Tone.MUTED)
            words.setAccessibleName(self._speech.say(DONE if on else OPEN, words=text))
