"""The numbers of the ball's place: how high, how steep, how long the step, and what it will bring."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextDocumentFragment
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.surface.calm_label import CalmLabel
from gradgui.gui.theme import DOWN, SURFACE_MOMENTUM, UP, Size, Space, Theme, number
from gradgui.session.snapshot import BallView, SurfaceView
from gradgui.text import Text

HEADS = (
    Text(en="loss", zh="损失"),
    Text(en="slope |∇|", zh="坡度 |∇|"),
    Text(en="step length", zh="步长"),
    Text(en="predicted ΔL", zh="预测 ΔL"),
    Text(en="actual ΔL", zh="实际 ΔL"),
)
HELP = (
    Text(en="The true loss of the network now", zh="网络此刻真正的损失"),
    Text(en="Length of the gradient over all parameters", zh="全部参数的梯度长度"),
    Text(
        en="How far the step goes; plain descent: learning rate times slope, η|∇|",
        zh="这一步走多远；普通梯度下降：学习率乘坡度，η|∇|",
    ),
    Text(
        en="What the slope promises of this step; plain descent: −η|∇|²",
        zh="坡度对这一步许诺的变化；普通梯度下降：−η|∇|²",
    ),
    Text(en="What the last update really changed", zh="上一次更新真正带来的变化"),
)
APART = Text(
    en="true L {true} · slice L {slice} · gap {gap} · {away} away from the slice",
    zh="真实 L {true} · 切片 L {slice} · 差 {gap} · 离切片 {away}",
)
MOMENTUM = Text(en="momentum {size}", zh="动量 {size}")
SQUARED = Text(en="divided by √g²: {x} | {y}", zh="除以 √g²：{x} | {y}")
CUT_ANEW = Text(en="cut anew", zh="重新切片")
_UNKNOWN = "?"
_WIDEST = "−8.8e−88"
_LEAST_MISSED = (2, 3, 4, 1)
"""Where there is no room, the step length goes first, then the promised change, the real one, and the slope."""
_SAME = 1e-9
_NOTHING = 1e-13
"""Rounding, not a slope."""
_SMALL = 1e-3
"""Below, numbers are written with powers of ten, and two digits are all there is room for."""


class Readout(QWidget):
    """A row of five numbers and a line about the two axes; "?" stays until a number is known."""

    reslice_wanted = Signal()

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._surface: SurfaceView | None = None
        self._ball: BallView | None = None
        self._heads = tuple(QLabel(self) for _ in HEADS)
        self._numbers = tuple(QLabel(self) for _ in HEADS)
        for shown in self._numbers:
            shown.setIndent(0)  # a line below would shift the number by half a letter: it stands under its head
        self._details = CalmLabel(self)
        self._details.setTextFormat(Qt.TextFormat.RichText)
        self._details.linkActivated.connect(self._hear_link)
        self._grid = self._laid_out()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def show_place(self, surface: SurfaceView | None, ball: BallView | None) -> None:
        """Fill the numbers in."""
        self._surface, self._ball = surface, ball
        for shown, value in zip(self._numbers, _values(ball), strict=True):
            self._fill(shown, value)
        self._details.setText(self._details_text())
        self._grid.activate()  # numbers that need more room have it in the next picture, not in one more

    def retranslate(self) -> None:
        """Say the headings in the chosen language."""
        for head, value, words, why in zip(self._heads, self._numbers, HEADS, HELP, strict=True):
            head.setText(self._speech.say(words))
            head.setToolTip(self._speech.say(why))
            value.setToolTip(self._speech.say(why))
            value.setAccessibleName(self._speech.say(words))
        self._details.setText(self._details_text())
        self._make_room()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        muted = f"color: {self._theme.palette.muted};"
        for head in self._heads:
            head.setFont(self._theme.font(Size.SMALL))
            head.setStyleSheet(muted)
        self._details.setFont(self._theme.font(Size.SMALL))
        self._details.setStyleSheet(muted)
        for shown in self._numbers:
            shown.setFont(self._theme.font(Size.LARGE, bold=True))
        self._make_room()
        self.show_place(self._surface, self._ball)

    def show_details(self, shown: bool) -> None:
        """Whether there is room for the line about the axes."""
        self._details.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow pane leave out whole numbers rather than show halves of all."""
        gap = self._grid.horizontalSpacing()
        widest = self._numbers[0].fontMetrics().horizontalAdvance(_WIDEST)
        needed = [max(head.sizeHint().width(), widest) + gap for head in self._heads]
        for column in _LEAST_MISSED:
            room = sum(needed) - gap <= self.width()
            for part in (self._heads[column], self._numbers[column]):
                part.setVisible(room)
            self._grid.setColumnStretch(column, int(room))
            if not room:
                needed[column] = 0

    def row_height(self) -> int:
        """Pixels that the numbers take with their heads."""
        return self._heads[0].sizeHint().height() + self._numbers[0].sizeHint().height() + self._theme.px(Space.SMALL)

    def number_texts(self) -> tuple[str, ...]:
        """The five numbers as shown."""
        return tuple(shown.text() for shown in self._numbers)

    def details_text(self) -> str:
        """The line about the axes, without its colours."""
        return QTextDocumentFragment.fromHtml(self._details.text()).toPlainText().replace("\xa0", " ")

    def _laid_out(self) -> QGridLayout:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(int(Space.SMALL))
        grid.setVerticalSpacing(2)
        for column, (head, shown) in enumerate(zip(self._heads, self._numbers, strict=True)):
            grid.addWidget(head, 0, column)
            grid.addWidget(shown, 1, column, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(column, 1)
        grid.setRowMinimumHeight(2, int(Space.TINY))
        grid.addWidget(self._details, 3, 0, 1, len(HEADS))
        return grid

    def _fill(self, shown: QLabel, value: str) -> None:
        """A style is read again only where it is another one: that takes longer than all the words."""
        palette = self._theme.palette
        known = f"color: {palette.ink}; border-bottom: 2px solid transparent; padding-right: 0;"
        unknown = f"color: {palette.muted}; border-bottom: 2px dotted {palette.forward}; padding-right: 12px;"
        style = unknown if value == _UNKNOWN else known
        if shown.styleSheet() != style:
            shown.setStyleSheet(style)
        shown.setText(value)

    def _details_text(self) -> str:
        if self._surface is None or self._ball is None:
            return ""
        apart = self._apart(self._ball)
        if apart:
            return apart
        places = (self._ball.x, self._ball.y)
        parts = [
            f"{axis.label} {figure(place)} &nbsp; ∂L/∂{axis.label} {self._partial(slope)}"
            for axis, place, slope in zip(self._surface.axes, places, self._ball.gradient, strict=True)
            if axis.label
        ]
        if self._ball.momentum is not None:
            size = self._speech.say(MOMENTUM, size=figure(math.hypot(*self._ball.momentum)))
            parts.append(f'<span style="color:{SURFACE_MOMENTUM}">⬤</span>{_tied(" " + size)}')
        if self._ball.squared is not None:
            x, y = self._ball.squared
            divided = self._speech.say(SQUARED, x=figure(x), y=figure(y))
            parts.append(f'<span style="color:{SURFACE_MOMENTUM}">■</span>{_tied(" " + divided)}')
        return " &nbsp;·&nbsp; ".join(parts)

    def _apart(self, ball: BallView) -> str:
        """The truth and the slice, once they differ."""
        gap = ball.loss - ball.slice_loss
        if self._surface is None or not self._surface.held or not (abs(gap) > _SAME or ball.off_plane > _SAME):
            return ""
        said = self._speech.say(
            APART,
            true=number(ball.loss),
            slice=number(ball.slice_loss),
            gap=number(gap, signed=True),
            away=number(ball.off_plane),
        )
        if ball.running:
            return said
        style = f"color:{self._theme.palette.ink}"
        return f'{said} &nbsp; <a href="cut" style="{style}">{self._speech.say(CUT_ANEW)}</a>'

    def _hear_link(self) -> None:
        self.reslice_wanted.emit()

    def _partial(self, slope: float | None) -> str:
        if slope is None:
            return _UNKNOWN
        slope = slope if abs(slope) >= _NOTHING else 0.0
        glyph = DOWN if slope > 0 else UP if slope < 0 else ""
        colour = self._theme.gradient_colour(slope)
        return f'<span style="color:{colour}; font-weight:600">{glyph} {figure(slope, signed=True)}</span>'


def _tied(words: str) -> str:
    """All on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _values(ball: BallView | None) -> tuple[str, ...]:
    if ball is None:
        return tuple(_UNKNOWN for _ in HEADS)
    norm = ball.gradient_norm
    plain = None if norm is None else norm * ball.learning_rate
    step = plain if ball.step_length is None else ball.step_length
    return (
        figure(ball.loss),
        _known(norm),
        _known(step),
        _known(ball.predicted_change, True),
        _known(ball.actual_change, True),
    )


def _known(value: float | None, signed: bool = False) -> str:
    return _UNKNOWN if value is None else figure(value, signed)


def figure(value: float, signed: bool = False) -> str:
    """Three digits that count even for small numbers: a flat slope of 0.00108 is not 0.001."""
    size = abs(value)
    if size < _NOTHING:
        return "0"
    if size < _SMALL:
        return number(value, 2, signed)
    return number(value, 4 - (math.floor(math.log10(size)) + 1 if size < 1 else 0), signed)
