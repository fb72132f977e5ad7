"""The sentence under the network: what has just happened."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradgui.gui.editor.geometry import Plan
from gradgui.gui.editor.marks import BODY, Marks
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size
from gradgui.gui.widgets.sentences import sentence
from gradgui.session.snapshot import Snapshot

_WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


class SentenceItem(QGraphicsItem):
    """At most two lines in violet; muted before anything has happened; silent while training runs."""

    def __init__(self, laid: Plan, marks: Marks, speech: Speech) -> None:
        super().__init__()
        self._marks = marks
        self._speech = speech
        self.text = ""
        self._lit = False
        height, self._inset = laid.sentence_height, marks.length(20)
        self._box = QRectF(self._inset, laid.sentence - height / 2, laid.width - 2 * self._inset, height)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say what the current event did."""
        self.text = "" if snapshot.running else self._speech.say(sentence(snapshot))
        self._lit = snapshot.current is not None
        self.update()

    def stand_between(self, left: float, right: float) -> None:
        """Stay in the middle of what can be seen."""
        self.prepareGeometryChange()
        self._box.setLeft(left + self._inset)
        self._box.setRight(right - self._inset)

    def boundingRect(self) -> QRectF:
        """The lines below the network."""
        return self._box

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Centred, wrapped where the pane is narrow."""
        if self._box.height() <= 0:
            return
        palette = self._marks.palette
        painter.setFont(self.font_that_fits())
        painter.setPen(QColor(palette.current if self._lit else palette.muted))
        painter.drawText(self._box, _WRAPPED, self.text)

    def font_that_fits(self) -> QFont:
        """Smaller letters where the sentence would need more lines than there is room for."""
        body, small = (self._marks.theme.font(size) for size in (BODY, Size.SMALL))
        fits = QFontMetricsF(body).boundingRect(self._box, _WRAPPED, self.text).height() <= self._box.height()
        return body if fits else small
