"""Why an edit cannot be, in one sentence at the place itself."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradgui.errors import UserError
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.text import Text

WIDEST = 300
WHERE = re.compile(r"^network(\.layers\[\d+\]|\.links\[\d+\])?(\.\w+)?[:：]\s*")


class Refusal(QWidget):
    """A note that stays until the next edit or a click on it; nothing in the network has changed."""

    def __init__(self, over: QWidget, speech: Speech, theme: Theme) -> None:
        super().__init__(over)
        self._over, self._theme = over, theme
        self._label = SaidLabel(speech, theme, size=Size.SMALL, parent=self)
        self._label.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.hide()

    @property
    def words(self) -> str:
        """What is said now, or nothing."""
        return "" if self.isHidden() else self._label.text()

    def say(self, error: UserError, place: QPoint) -> None:
        """Say it beside a place of the view."""
        self._label.say(short_reason(error))
        px = self._theme.px
        width = min(px(WIDEST), self._over.width() - px(Space.SMALL))
        margins = self._column.contentsMargins()
        inner = width - margins.left() - margins.right()
        words = self._label.fontMetrics().horizontalAdvance(self._label.text())
        inner = min(inner, words + px(Space.TINY))
        self._label.setFixedWidth(inner)
        self.setFixedWidth(inner + margins.left() + margins.right())
        self.setFixedHeight(self._label.heightForWidth(inner) + margins.top() + margins.bottom())
        self._stand_near(place)
        self.setAccessibleName(self._label.text())
        self.show()
        self.raise_()

    def restyle(self) -> None:
        """Take the distances of now."""
        px = self._theme.px
        self._column.setContentsMargins(px(Space.GAP), px(Space.SMALL), px(Space.GAP), px(Space.SMALL))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Neither the press nor the release is a click on what lies below."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click puts it away."""
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card with a warm edge."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.gradient_plus), 1.5))
        painter.setBrush(QColor(palette.panel))
        radius = self._theme.px(Space.RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()

    def _stand_near(self, place: QPoint) -> None:
        """Above the place where there is room, else below it; always whole."""
        away = self._theme.px(Space.WIDE)
        x = min(max(place.x() - self.width() // 2, 0), max(self._over.width() - self.width(), 0))
        above = place.y() - away - self.height()
        y = above if above >= 0 else min(place.y() + away, max(self._over.height() - self.height(), 0))
        self.move(x, y)


def short_reason(error: UserError) -> Text:
    """The sentence without the place in the file, which is what the note stands beside."""
    said = {"en": WHERE.sub("", error.text.en), "zh": WHERE.sub("", error.text.zh)}
    return Text(en=_sentence(said["en"], "."), zh=_sentence(said["zh"], "。"))


def _sentence(words: str, stop: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "。", "!", "？", "?")) else stop)
