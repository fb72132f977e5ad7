"""A tick box with a small picture of what it shows or hides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QWidget

from gradgui.gui.theme import Size, Theme

Picture = Callable[[QPainter, QRectF], None]
_PALE = 0.4


class Toggle(QCheckBox):
    """Box, picture, words in one row."""

    def __init__(self, theme: Theme, picture: Picture | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._picture = theme, picture
        self._has_box = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        self.updateGeometry()
        self.update()

    def use_box(self, box: bool) -> None:
        """Draw the tick box; without one, what is off is pale."""
        self._has_box = box
        self.restyle()

    def sizeHint(self) -> QSize:
        """Room for box, picture and words."""
        words = QFontMetrics(self._letters).horizontalAdvance(self.text())
        return QSize(self._words_left() + words + self._theme.px(4), self._theme.px(24 if self._has_box else 20))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def hitButton(self, place: object) -> bool:
        """The whole row can be clicked."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(Size.SMALL))  # the widget's own is lost where the style sheet changes
        middle = self.height() / 2
        if self._has_box:
            self._draw_box(painter, QRectF(1.5, middle - px(14) / 2, px(14), px(14)))
        elif self.hasFocus():
            painter.setPen(QPen(QColor(p.current), 1.2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), px(3), px(3))
        if not (self._has_box or self.isChecked()):
            painter.setOpacity(_PALE)
        if self._picture is not None:
            painter.setPen(QPen(QColor(p.ink if self.isChecked() else p.muted), 1.2))
            painter.setBrush(QColor(p.panel))
            self._picture(painter, QRectF(self._picture_left(), middle - px(6), px(12), px(12)))
        painter.setPen(QColor(p.ink))
        painter.setFont(self._letters)
        words = QRectF(self._words_left(), 0, self.width() - self._words_left(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    @property
    def _letters(self) -> QFont:
        """Asked of the theme each time: Qt forgets a widget's own font when it gets another parent."""
        return self._theme.font(Size.SMALL)

    def _draw_box(self, painter: QPainter, box: QRectF) -> None:
        p, px = self._theme.palette, self._theme.px
        painter.setPen(QPen(QColor(p.current if self.hasFocus() else p.muted), 1.2))
        painter.setBrush(QColor(p.ink) if self.isChecked() else QColor(p.panel))
        painter.drawRoundedRect(box, px(3), px(3))
        if self.isChecked():
            self._draw_tick(painter, box)

    def _draw_tick(self, painter: QPainter, box: QRectF) -> None:
        pen = QPen(QColor(self._theme.palette.panel), self._theme.px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        at = [(0.24, 0.54), (0.43, 0.72), (0.78, 0.3)]
        corners = [QPointF(box.x() + u * box.width(), box.y() + v * box.height()) for u, v in at]
        painter.drawPolyline(QPolygonF(corners))

    def _words_left(self) -> int:
        return self._picture_left() + self._theme.px(17 if self._picture is not None else 0)

    def _picture_left(self) -> int:
        return self._theme.px(23 if self._has_box else 3)
