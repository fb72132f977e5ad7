"""Who runs in a race, who is seen, who arrived when, and who overshot how often."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.surface.pens import runner_colour
from gradgui.gui.theme import SURFACE_SHADE, Size, Space, Theme, number
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.race_names import race_names
from gradgui.session.race_view import RaceView, RunnerView
from gradgui.text import Text

ENTRANTS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lion", "qhm", "qhadam")
"""Catalog ids in the order of their numbers."""

_ARRIVED = Text(en="{rank}. · {steps} steps · {over} overshoots", zh="第 {rank} 名 · {steps} 步 · 冲过 {over} 次")
_UNDER_WAY = Text(en="step {steps} · {over} overshoots", zh="第 {steps} 步 · 冲过 {over} 次")
_NOT_ARRIVED = Text(en="not there after {steps} steps", zh="{steps} 步后仍未到达")
_LOST = Text(en="lost: the loss exploded at step {steps}", zh="失控：第 {steps} 步损失爆炸")
_BRIEFLY = {
    _ARRIVED: Text(en="{rank}. {steps} · over {over}", zh="{rank}. {steps} 步 · 冲 {over}"),
    _UNDER_WAY: Text(en="{steps} · over {over}", zh="{steps} 步 · 冲 {over}"),
    _NOT_ARRIVED: Text(en="not there", zh="未到达"),
    _LOST: Text(en="lost at {steps}", zh="第 {steps} 步失控"),
}
_OWN_RATE = "{name} · η {rate}"
_CARD, _MOST_CARDS = 86, 5
"""Pixels a racer needs at least where all stand close together; racers in a row."""


class Scoreboard(QWidget):
    """A tick and a score for each racer: in two columns, or close together where there is little room."""

    chosen = Signal()
    """Other racers are to be seen."""

    def __init__(self, speech: Speech, theme: Theme, rate_of: Callable[[str], float | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._rate_of = speech, theme, rate_of
        self._race: RaceView | None = None
        self._step, self._over = 0, False
        self._close = False
        self.ticks = tuple(Toggle(theme, _Bib(theme, n), self) for n in range(len(ENTRANTS)))
        self.scores = tuple(QLabel(self) for _ in ENTRANTS)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        for tick, score in zip(self.ticks, self.scores, strict=True):
            tick.setChecked(True)
            tick.toggled.connect(self.chosen)
            score.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._place()
        speech.changed.connect(self.say)
        theme.changed.connect(self.restyle)
        self.restyle()
        self.say()

    @property
    def hidden(self) -> frozenset[int]:
        """Numbers of racers that are not to be seen."""
        return frozenset(n for n, tick in enumerate(self.ticks) if not tick.isChecked())

    def show_race(self, race: RaceView | None, step: int, over: bool) -> None:
        """The scores at this step; `over`: nobody runs any more."""
        self._race, self._step, self._over = race, step, over
        self.say()

    def stand_close(self, close: bool) -> None:
        """Several racers in a row, with short scores below their names; or two columns with whole ones."""
        if close != self._close:
            self._close = close
            for tick in self.ticks:
                tick.use_box(not close)
            self._place()
            self.say()

    def rows_within(self, width: int) -> int:
        """How many rows of racers that stand close together such a width needs."""
        return -(-len(ENTRANTS) // self._cards(width))

    def say(self) -> None:
        """Say names and scores in the chosen language."""
        for n, (tick, score, entrant) in enumerate(zip(self.ticks, self.scores, ENTRANTS, strict=True)):
            self._say_name(tick, entrant)
            runner = None if self._race is None or n >= len(self._race.runners) else self._race.runners[n]
            whole, brief = ("", "") if runner is None else self._score(runner)
            score.setText(brief if self._close else whole)
            score.setToolTip(whole if self._close else "")
            score.setVisible(bool(whole) or not self._close)

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        for score in self.scores:
            score.setFont(self._theme.font(Size.SMALL))
            score.setStyleSheet(f"color: {self._theme.palette.muted};")
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if self._close:
            self._place()

    # --- inside

    def _place(self) -> None:
        gap = int(Space.TINY if self._close else Space.SMALL)
        self._grid.setHorizontalSpacing(gap)
        cards = self._cards(self.width())
        half = len(ENTRANTS) // 2
        for n, (tick, score) in enumerate(zip(self.ticks, self.scores, strict=True)):
            if self._close:
                self._grid.addWidget(tick, 2 * (n // cards), n % cards)
                self._grid.addWidget(score, 2 * (n // cards) + 1, n % cards)
            else:
                self._grid.addWidget(tick, n % half, 2 * (n // half))
                self._grid.addWidget(score, n % half, 2 * (n // half) + 1)
        for column in range(_MOST_CARDS):
            self._grid.setColumnStretch(column, int(column < cards) if self._close else int(column in (1, 3)))

    def _cards(self, width: int) -> int:
        return min(_MOST_CARDS, max(1, (width + int(Space.TINY)) // (self._theme.px(_CARD) + int(Space.TINY))))

    def _say_name(self, tick: Toggle, entrant: str) -> None:
        """Its name, without what stands in brackets, and its own rate."""
        whole, rate = self._speech.say(race_names()[entrant]), self._rate_of(entrant)
        name = whole.partition("（")[0]
        if rate is not None:
            whole = _OWN_RATE.format(name=whole, rate=number(rate, 3))
            name = f"{name} · η" if self._close else _OWN_RATE.format(name=name, rate=number(rate, 3))
        tick.setText(name)
        tick.setToolTip("" if whole == name else whole)
        tick.setAccessibleName(whole)

    def _score(self, runner: RunnerView) -> tuple[str, str]:
        """At the step that is shown; the whole sentence and the short one."""
        text, fields = self._found(runner)
        return self._speech.say(text, **fields), self._speech.say(_BRIEFLY[text], **fields)

    def _found(self, runner: RunnerView) -> tuple[Text, dict[str, object]]:
        seen = min(self._step, len(runner.path) - 1)
        if runner.arrived is not None and self._step >= runner.arrived:
            return _ARRIVED, {"rank": runner.rank, "steps": runner.arrived, "over": runner.overshoots}
        if runner.lost and self._step >= len(runner.path) - 1:
            return _LOST, {"steps": len(runner.path) - 1}
        if self._over:
            return _NOT_ARRIVED, {"steps": seen}
        losses = runner.path[: seen + 1, 2]
        return _UNDER_WAY, {"steps": seen, "over": int((losses[1:] > losses[:-1]).sum())}


class _Bib:
    """The number and colour of a runner, as on the landscape."""

    def __init__(self, theme: Theme, number: int) -> None:
        self._theme, self._number = theme, number

    def __call__(self, painter: QPainter, box: QRectF) -> None:
        """Draw it."""
        painter.save()
        painter.setPen(QPen(QColor(SURFACE_SHADE), 1))
        painter.setBrush(QColor(runner_colour(self._number)))
        painter.drawEllipse(box.adjusted(-1, -1, 1, 1))
        painter.setPen(QColor(SURFACE_SHADE))
        painter.setFont(self._theme.font(Size.SMALL * 0.85, bold=True))
        painter.drawText(box.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, str(self._number + 1))
        painter.restore()
