"""The stand beside a race: who runs, how fast the picture goes, who arrived when, and who overshot how often."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QMoveEvent, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.surface.pens import runner_colour
from gradgui.gui.surface.racer_card import RacerCard
from gradgui.gui.theme import SURFACE_SHADE, Size, Space, Theme, number
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.segmented import Segmented
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.race_names import race_names
from gradgui.session.race_view import RaceView, RaceWish, RunnerView
from gradgui.text import Text

ENTRANTS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lion", "qhm", "qhadam")
"""Catalog ids in the order of their numbers."""

_START, _PAUSE, _ON = Text(en="Start", zh="开始"), Text(en="Pause", zh="暂停"), Text(en="Go on", zh="继续")
_TUNE = Text(en="Options…", zh="选项……")
_RESET = Text(en="Reset", zh="重置")
_CLOSE = Text(en="Close the race", zh="关闭赛跑")
_SPEEDS = (Text(en="slow", zh="慢"), Text(en="normal", zh="中"), Text(en="fast", zh="快"))
_SPEED = Text(en="Speed of the race", zh="赛跑速度")
_STEPS_PER_SECOND = (8.0, 60.0, 600.0)
_GOAL = Text(en="Goal: loss below", zh="目标：损失低于")
_RATE = Text(en="Rate η", zh="学习率 η")
_ARRIVED = Text(en="{rank}. · {steps} steps · {over} overshoots", zh="第 {rank} 名 · {steps} 步 · 冲过 {over} 次")
_UNDER_WAY = Text(en="step {steps} · {over} overshoots", zh="第 {steps} 步 · 冲过 {over} 次")
_NOT_ARRIVED = Text(en="not there after {steps} steps", zh="{steps} 步后仍未到达")
_LOST = Text(en="lost: the loss exploded at step {steps}", zh="失控：第 {steps} 步损失爆炸")
_HINT = Text(
    en="All start where the ball is; click the picture to start elsewhere. Untick those that should not be seen. "
    "An arrow is the momentum: the average of past gradients.",
    zh="所有优化器从小球处出发；点击图像可换一个起点。取消勾选即可隐藏。箭头是动量：过去梯度的平均方向。",
)
_OPTIONS = Text(en="Options of the racers", zh="各优化器的选项")
_FRAME_MS = 33


class RacePanel(QWidget):
    """Asks for a race, plays it, and keeps the score."""

    race_asked = Signal(object)
    """RaceWish."""
    closed = Signal()
    progressed = Signal()
    """Another step is to be shown, or other runners."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._race: RaceView | None = None
        self._at, self._wanted = 0.0, False
        self._play, self._reset = QPushButton(self), QPushButton(self)
        self._close, self._tune = QToolButton(self), QPushButton(self)
        self._card: RacerCard | None = None
        self._speed = Segmented(speech, theme, _SPEEDS, _SPEED, self)
        self._speed.choose(1)
        self._rate = NumberField(_RATE, 0.1, speech, theme, parent=self)
        self._goal = NumberField(_GOAL, 0.001, speech, theme, parent=self)
        self._names = tuple(SaidLabel(speech, theme, t, size=Size.SMALL, tone=Tone.MUTED) for t in (_RATE, _GOAL))
        self._ticks = tuple(Toggle(theme, _Bib(theme, n), self) for n in range(len(ENTRANTS)))
        self._scores = tuple(QLabel(self) for _ in ENTRANTS)
        self._hint = SaidLabel(speech, theme, _HINT, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._advance)
        self._lay_out()
        self._connect()
        self.restyle()
        self.retranslate()

    # --- what is shown

    @property
    def race(self) -> RaceView | None:
        """The race on the screen."""
        return self._race

    @property
    def step(self) -> int:
        """The step on the screen."""
        return int(self._at)

    @property
    def hidden(self) -> frozenset[int]:
        """Numbers of runners that are not to be seen."""
        return frozenset(n for n, tick in enumerate(self._ticks) if not tick.isChecked())

    @property
    def is_playing(self) -> bool:
        """Whether the picture moves."""
        return self._timer.isActive()

    def propose(self, rate: float, goal: float) -> None:
        """Offer the rate of the run and a goal that suits the landscape; what was typed stays during a race."""
        if self._race is None:
            self._rate.set_value(rate)
            self._goal.set_value(float(f"{goal:.3g}"))

    def show_race(self, race: RaceView | None) -> None:
        """Show the race as far as it is known; a new one is played at once."""
        known = self._race
        self._race = race
        if race is None:
            self._timer.stop()
            self._at = 0.0
        elif known is None or known.number != race.number:
            self._at = 0.0
            self._wanted = True
        if race is not None and self._wanted and not self._timer.isActive() and self.isVisible():
            self._timer.start()
        self._say_scores()
        self.progressed.emit()

    @property
    def card(self) -> RacerCard:
        """The racers' own options; made when they are first asked for."""
        if self._card is None:
            self._card = RacerCard(self._speech, self._theme, self._icons, self)
            self._card.changed.connect(self._take_options)
        return self._card

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        say = self._speech.say
        self._reset.setText(say(_RESET))
        self._tune.setText(say(_TUNE))
        self._tune.setToolTip(say(_OPTIONS))
        self._tune.setAccessibleName(say(_OPTIONS))
        self._close.setToolTip(say(_CLOSE))
        self._close.setAccessibleName(say(_CLOSE))
        self._say_scores()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        small = self._theme.font(Size.SMALL)
        for part in (self._play, self._reset, self._tune, *self._scores):
            part.setFont(small)
        for score in self._scores:
            score.setStyleSheet(f"color: {self._theme.palette.muted};")
        self._close.setIcon(self._icons.icon("close", self._theme.palette.muted))

    # --- inside

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(int(Space.SMALL))
        row = QHBoxLayout()
        row.setSpacing(int(Space.SMALL))
        for part in (self._play, self._reset, self._speed, self._tune):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._close)
        column.addLayout(row)
        fields = QHBoxLayout()
        fields.setSpacing(int(Space.SMALL))
        for name, field in zip(self._names, (self._rate, self._goal), strict=True):
            fields.addWidget(name)
            fields.addWidget(field)
        fields.addStretch(1)
        column.addLayout(fields)
        grid = QGridLayout()
        grid.setHorizontalSpacing(int(Space.SMALL))
        grid.setVerticalSpacing(0)
        half = len(ENTRANTS) // 2
        for n, (tick, score) in enumerate(zip(self._ticks, self._scores, strict=True)):
            grid.addWidget(tick, n % half, 2 * (n // half))
            grid.addWidget(score, n % half, 2 * (n // half) + 1)
            tick.setChecked(True)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        self._hint.setWordWrap(True)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self._play.clicked.connect(self._play_or_pause)
        self._reset.clicked.connect(self._to_start)
        self._close.clicked.connect(self.closed)
        self._tune.clicked.connect(self._open_card)
        for tick in self._ticks:
            tick.toggled.connect(self._tell)
        for field in (self._rate, self._goal):
            field.value_committed.connect(self._ask)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _play_or_pause(self) -> None:
        if self._timer.isActive():
            self._wanted = False
            self._timer.stop()
        elif self._race is None or self._is_over(self._race):
            self._ask()
        else:
            self._wanted = True
            self._timer.start()
        self._say_scores()

    def _ask(self) -> None:
        """Everyone off from where the ball is now."""
        self.race_asked.emit(
            RaceWish(ENTRANTS, self._rate.value, self._goal.value, own=() if self._card is None else self._card.own)
        )

    def start_again(self) -> None:
        """Everyone off, if a race is on the screen; else they wait for the start."""
        if self._race is not None:
            self._wanted = True
            self._ask()

    def _open_card(self) -> None:
        """Above the panel; in the window, because the pane may be low."""
        card = self.card
        if card.parentWidget() is not self.window():
            card.setParent(self.window())
        self._place_card(card)
        card.begin(self._rate.value)

    def _place_card(self, card: RacerCard) -> None:
        card.stand_on(self.mapTo(self.window(), QPoint(self.width() // 2, 0)))

    def moveEvent(self, event: QMoveEvent) -> None:
        """Called by Qt."""
        super().moveEvent(event)
        if self._card is not None and self._card.isVisible():
            self._place_card(self._card)

    def _take_options(self) -> None:
        """Other options count from the start."""
        self._say_scores()
        self.start_again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Called by Qt."""
        if self._card is not None:
            self._card.hide()
        super().hideEvent(event)

    def _to_start(self) -> None:
        self._wanted = False
        self._timer.stop()
        self._at = 0.0
        self._say_scores()
        self.progressed.emit()

    def _advance(self) -> None:
        race = self._race
        if race is None:
            self._timer.stop()
            return
        self._at = min(self._at + _STEPS_PER_SECOND[self._speed.choice] * _FRAME_MS / 1000, float(race.steps))
        if self._is_over(race):
            self._timer.stop()
        self._say_scores()
        self.progressed.emit()

    def _is_over(self, race: RaceView) -> bool:
        return race.done and self._at >= race.steps

    def _tell(self) -> None:
        self.progressed.emit()

    def _say_scores(self) -> None:
        say, race = self._speech.say, self._race
        self._play.setText(say(_PAUSE if self._timer.isActive() else _START if self.step == 0 or race is None else _ON))
        if race is not None and self._is_over(race):
            self._play.setText(say(_START))
        self._hint.setVisible(race is None)
        for n, score in enumerate(self._scores):
            runner = None if race is None or n >= len(race.runners) else race.runners[n]
            score.setText("" if runner is None else say(self._score(runner)))
        self._name_runners()

    def _name_runners(self) -> None:
        for tick, entrant in zip(self._ticks, ENTRANTS, strict=True):
            rate = None if self._card is None else self._card.rate_of(entrant)
            name = self._speech.say(race_names()[entrant])
            tick.setText(name if rate is None else f"{name} · η {number(rate, 3)}")

    def _score(self, runner: RunnerView) -> Text:
        seen = min(self.step, len(runner.path) - 1)
        losses = runner.path[: seen + 1, 2]
        over = int((losses[1:] > losses[:-1]).sum())
        if runner.arrived is not None and self.step >= runner.arrived:
            return _ARRIVED.filled(rank=runner.rank, steps=runner.arrived, over=runner.overshoots)
        if runner.lost and self.step >= len(runner.path) - 1:
            return _LOST.filled(steps=len(runner.path) - 1)
        if self._race is not None and self._is_over(self._race):
            return _NOT_ARRIVED.filled(steps=seen)
        return _UNDER_WAY.filled(steps=seen, over=over)


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
