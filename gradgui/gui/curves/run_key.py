"""One line that tells the runs apart by their colours; a click opens the list of all that is known of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gradgui.gui.curves.legend import Entry, colour_of, full_words
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.plotting import DOTTED, line_pen
from gradgui.text import Text

NAME = Text(en="Runs: a click opens the list", zh="各次运行：点击打开列表")
COUNT = Text(en="{n} runs", zh="{n} 次运行")
_LINE, _BESIDE, _BETWEEN, _HEIGHT, _CHEVRON = 16, 6, 12, 20, 14
"""Pixels: a piece of line, between it and its words, between two runs, of the whole, of the sign at the end."""
_PALE = 0.4


class RunKey(QAbstractButton):
    """A row of lines with their runs' names: all that sets them apart where there is room, and in the tip always."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._entries: tuple[Entry, ...] = ()
        self._hidden: frozenset[int] = frozenset()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        speech.changed.connect(self._name)
        theme.changed.connect(self.updateGeometry)

    def show_runs(self, entries: tuple[Entry, ...]) -> None:
        """Name these runs; without any the list is closed."""
        if entries != self._entries:
            self._entries = entries
            self._name()
        if not entries:
            self.setChecked(False)

    def hide_runs(self, hidden: frozenset[int]) -> None:
        """Draw the runs with these numbers pale."""
        self._hidden = hidden
        self.update()

    def words(self) -> tuple[str, ...]:
        """What stands beside each line: all of it, the names, or nothing where there is no room for these either."""
        whole = tuple(full_words(self._speech, entry) for entry in self._entries)
        names = tuple(self._speech.say(entry.name) for entry in self._entries)
        return next((words for words in (whole, names) if self._span(words) <= self.width()), ("",) * len(names))

    def sizeHint(self) -> QSize:
        """As wide as there is room; one line high."""
        return QSize(self._theme.px(_LINE), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Called by Qt."""
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(Size.SMALL))
        left, words = float(px(2)), self.words()
        for entry, said in zip(self._entries, words, strict=True):
            painter.setOpacity(_PALE if entry.number in self._hidden else 1.0)
            left = self._draw_run(painter, entry, said, left)
        painter.setOpacity(1.0)
        if self._entries and not any(words):
            left = self._write(painter, self._speech.say(COUNT, n=len(self._entries)), left) + px(_BESIDE)
        sign = self._icons.pixmap(
            "chevron_up" if self.isChecked() else "chevron_down", self.devicePixelRatio(), p.muted
        )
        side = px(_CHEVRON)
        painter.drawPixmap(QRectF(left, (self.height() - side) / 2, side, side), sign, QRectF(sign.rect()))
        if self.hasFocus():
            painter.setPen(QPen(QColor(p.current), 1.2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), px(3), px(3))

    def _draw_run(self, painter: QPainter, entry: Entry, said: str, left: float) -> float:
        """One line with its words; returns where the next begins."""
        own, px, middle = entry.number < 0, self._theme.px, self.height() / 2
        colour = self._theme.palette.curve_train if own else colour_of(entry.number)
        painter.setPen(line_pen(colour, 2 * self._theme.factor, () if own else DOTTED))
        painter.drawLine(round(left), round(middle), round(left + px(_LINE)), round(middle))
        return self._write(painter, said, left + px(_LINE) + px(_BESIDE)) + px(_BETWEEN if said else _BESIDE)

    def _write(self, painter: QPainter, said: str, left: float) -> float:
        painter.setPen(QColor(self._theme.palette.ink))
        wide = painter.fontMetrics().horizontalAdvance(said)
        painter.drawText(QRectF(left, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, said)
        return left + wide

    def _span(self, words: tuple[str, ...]) -> float:
        metrics, px = QFontMetrics(self._theme.font(Size.SMALL)), self._theme.px
        beside = px(_LINE) + px(_BESIDE) + px(_BETWEEN)
        return sum(metrics.horizontalAdvance(each) + beside for each in words) + px(_CHEVRON) + px(Space.TINY)

    def _name(self) -> None:
        lines = [full_words(self._speech, entry) for entry in self._entries]
        self.setAccessibleName(self._speech.say(NAME))
        self.setAccessibleDescription("\n".join(lines))
        self.setToolTip("\n".join([*lines, self._speech.say(NAME)]))
        self.update()
