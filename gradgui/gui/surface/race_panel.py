"""The stand beside a race: start it, choose how fast the picture goes, and see the scores."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QMoveEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.surface.racer_card import RacerCard
from gradgui.gui.surface.scoreboard import ENTRANTS, Scoreboard
from gradgui.gui.theme import Size, Space, Theme, number
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.log_slider import LogSlider
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.race_view import RaceView, RaceWish
from gradgui.text import Text

_START, _PAUSE, _ON = Text(en="Start", zh="开始"), Text(en="Pause", zh="暂停"), Text(en="Go on", zh="继续")
_TUNE = Text(en="Options…", zh="选项……")
_RESET = Text(en="Reset", zh="重置")
_CLOSE = Text(en="Close the race", zh="关闭赛跑")
_SPEED = Text(en="Speed of the race", zh="赛跑速度")
_TIMES = "{times}×"
_STEPS_PER_SECOND = 60.0
_SLOWEST, _FASTEST = 0.1, 10.0
"""Times that."""
_SLIDER = 76
_GOAL = Text(en="Goal: loss below", zh="目标：损失低于")
_RATE = Text(en="Rate η", zh="学习率 η")
_HINT = Text(
    en="All start where the ball is; click the picture to start elsewhere. Untick those that should not be seen. "
    "An arrow is the momentum, the average of past gradients; “Show” offers more.",
    zh="所有优化器从小球处出发；点击图像可换一个起点。取消勾选即可隐藏。箭头是动量，即过去梯度的平均；“显示”中还有更多标记。",
)
_OPTIONS = Text(en="Options of the racers", zh="各优化器的选项")
_FRAME_MS = 33
_WHOLE_HEIGHT, _BESIDE, _BUTTONS, _CARDS = 290, (470, 250), 36, 36
"""Pixels: from which height below the picture everything has a place; what pane has one beside the picture; how high
the buttons are, and a row of racers."""
_BESIDE_WIDTH, _ANY_WIDTH = 206, 16_777_215


class Form(Enum):
    """How much of the stand is shown."""

    WHOLE = "whole"
    BESIDE = "beside"
    """Everything stands close together beside the picture; rate and goal are shown only before the start."""
    BELOW = "below"
    """The same below the picture."""
    BUTTONS = "buttons"


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
        self.slider = LogSlider(_SPEED, _SLOWEST, _FASTEST, speech, self)
        self._times, self._speed = QLabel(self), QHBoxLayout()
        self._quickness = 1.0
        self._rate = NumberField(_RATE, 0.1, speech, theme, parent=self)
        self._goal = NumberField(_GOAL, 0.001, speech, theme, parent=self)
        self._names = tuple(SaidLabel(speech, theme, t, size=Size.SMALL, tone=Tone.MUTED) for t in (_RATE, _GOAL))
        self.board = Scoreboard(speech, theme, self._rate_of, self)
        self._form = Form.WHOLE
        self._hint = SaidLabel(speech, theme, _HINT, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._column, self._row, self._fields = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._advance)
        self._lay_out()
        self._connect()
        self.slider.show_value(self._quickness)
        self._hurry(self._quickness)
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
        return self.board.hidden

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

    def fit(self, pane: QSize, below: int) -> bool:
        """Fit into a pane of this size, with so many pixels below the picture; whether it stands beside it instead."""
        px, form = self._theme.px, Form.BUTTONS
        rows = self.board.rows_within(pane.width())
        if below >= px(_WHOLE_HEIGHT):
            form = Form.WHOLE
        elif pane.width() >= px(_BESIDE[0]) and pane.height() >= px(_BESIDE[1]):
            form = Form.BESIDE
        elif below >= px(_BUTTONS) + rows * px(_CARDS):
            form = Form.BELOW
        if form is not self._form:
            self._form = form
            self.board.stand_close(form is not Form.WHOLE)
            self.board.setVisible(form is not Form.BUTTONS)
            self._arrange()
            self.restyle()
            self.retranslate()
        return form is Form.BESIDE

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
        whole = self._form is Form.WHOLE
        for button, words, tip in ((self._reset, _RESET, _RESET), (self._tune, _TUNE, _OPTIONS)):
            button.setText(say(words) if whole else "")
            button.setToolTip(say(tip))
        self._reset.setAccessibleName(say(_RESET))
        self._tune.setAccessibleName(say(_OPTIONS))
        self._close.setToolTip(say(_CLOSE))
        self._close.setAccessibleName(say(_CLOSE))
        self._say_scores()

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        small = self._theme.font(Size.SMALL)
        for part in (self._play, self._reset, self._tune, self._times):
            part.setFont(small)
        self._times.setStyleSheet(f"color: {self._theme.palette.muted};")
        self._times.setFixedWidth(self._times.fontMetrics().horizontalAdvance(_TIMES.format(times="0.10")))
        self.slider.setFixedWidth(self._theme.px(_SLIDER))
        self._dress_buttons()
        beside = self._form is Form.BESIDE
        self.setMinimumWidth(self._theme.px(_BESIDE_WIDTH) if beside else 0)
        self.setMaximumWidth(self._theme.px(_BESIDE_WIDTH) if beside else _ANY_WIDTH)
        self._close.setIcon(self._icons.icon("close", self._theme.palette.muted))

    # --- inside

    def _lay_out(self) -> None:
        column, row = self._column, self._row
        column.setContentsMargins(0, 0, 0, 0)
        for layout in (column, row, self._fields, self._speed):
            layout.setSpacing(int(Space.SMALL))
        for part in (self._play, self._reset, self._tune):
            row.addWidget(part)
        row.insertLayout(2, self._speed)
        self._speed.addWidget(self.slider)
        self._speed.addWidget(self._times)
        self._speed.addStretch(1)
        row.addStretch(1)
        row.addWidget(self._close)
        column.addLayout(row)
        for name, field in zip(self._names, (self._rate, self._goal), strict=True):
            pair = QHBoxLayout()
            pair.addWidget(name)
            pair.addWidget(field)
            pair.addStretch(1)
            self._fields.addLayout(pair)
        self._fields.addStretch(1)
        column.addLayout(self._fields)
        column.addWidget(self.board)
        self._hint.setWordWrap(True)
        column.addWidget(self._hint)
        column.addStretch(1)

    def _arrange(self) -> None:
        """Beside the picture what else stands in a row stands in a column."""
        beside = self._form is Form.BESIDE
        self._fields.setDirection(QBoxLayout.Direction.TopToBottom if beside else QBoxLayout.Direction.LeftToRight)
        self._column.setSpacing(int(Space.TINY if beside else Space.SMALL))
        for layout in (self._row, self._column):
            layout.removeItem(self._speed)
        self._speed.setParent(None)
        if beside:
            self._column.insertLayout(1, self._speed)
        else:
            self._row.insertLayout(2, self._speed)

    def _connect(self) -> None:
        self._play.clicked.connect(self._play_or_pause)
        self._reset.clicked.connect(self._to_start)
        self._close.clicked.connect(self.closed)
        self.slider.value_chosen.connect(self._hurry)
        self._tune.clicked.connect(self._open_card)
        self.board.chosen.connect(self.progressed)
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
        pane, window = self.parentWidget() or self, self.window()
        at = self.mapTo(window, QPoint(self.width() // 2, 0))
        card.stand_on(at, pane.mapTo(window, QPoint()).y())

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

    def _hurry(self, times: float) -> None:
        self._quickness = times
        self._times.setText(_TIMES.format(times=number(times, 2)))

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
        self._at = min(self._at + _STEPS_PER_SECOND * self._quickness * _FRAME_MS / 1000, float(race.steps))
        if self._is_over(race):
            self._timer.stop()
        self._say_scores()
        self.progressed.emit()

    def _is_over(self, race: RaceView) -> bool:
        return race.done and self._at >= race.steps

    def _say_scores(self) -> None:
        say, race = self._speech.say, self._race
        self._play.setText(say(_PAUSE if self._timer.isActive() else _START if self.step == 0 or race is None else _ON))
        over = race is not None and self._is_over(race)
        if over:
            self._play.setText(say(_START))
        self.board.show_race(race, self.step, over)
        self._make_room()

    def _make_room(self) -> None:
        """Before the start: what can be chosen; afterwards the scores."""
        before = self.step == 0 and not self._timer.isActive()
        self._hint.setVisible(self._form is Form.WHOLE and self._race is None)
        for part in (*self._names, self._rate, self._goal):
            part.setVisible(self._form is Form.WHOLE or (self._form is not Form.BUTTONS and before))

    def _dress_buttons(self) -> None:
        """Words where there is room, else pictures."""
        whole, ink = self._form is Form.WHOLE, self._theme.palette.ink
        for button, picture in ((self._reset, "reset"), (self._tune, "settings")):
            mark(button, "square", not whole)
            button.setIcon(QIcon() if whole else self._icons.icon(picture, ink))

    def _rate_of(self, racer: str) -> float | None:
        return None if self._card is None else self._card.rate_of(racer)
