"""Curves: how the loss falls while the network learns."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gradgui.gui.curves.balloon import Balloon
from gradgui.gui.curves.plots import Plots
from gradgui.gui.curves.readout import LineSample, Readout
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.naming import compact
from gradgui.gui.widgets.segmented import Segmented
from gradgui.session.snapshot import CurvesView, Snapshot
from gradgui.text import Text

TRAIN_LOSS = Text(en="train loss", zh="训练损失")
TEST_LOSS = Text(en="test loss", zh="测试损失")
ACCURACY = Text(en="accuracy", zh="准确率")
STEP = Text(en="step {step}", zh="第 {step} 步")
STEPS = Text(en="steps", zh="步")
LINEAR, LOG = Text(en="Linear", zh="线性"), Text(en="Log", zh="对数")
SCALE = Text(en="Loss axis", zh="损失坐标")
EMPTY = Text(
    en="No curve yet.\nPress Play: every training step adds a point here.",
    zh="还没有曲线。\n点“播放”，每训练一步，这里就多一个点。",
)
NAME = Text(en="Curves", zh="曲线")


class CurvesPane(QWidget):
    """Loss and accuracy so far, the numbers now, and a way back to any moment."""

    moment_chosen = Signal(object)
    """The training step that was clicked."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._curves: CurvesView | None = None
        self._train = Readout(theme, LineSample(theme, dashed=False))
        self._test = Readout(theme, LineSample(theme, dashed=True))
        self._accuracy = Readout(theme)
        self._scale = Segmented(speech, theme, (LINEAR, LOG), SCALE)
        self._plots, self._empty = Plots(theme), QLabel()
        self._balloon = Balloon(theme, self._plots)
        self._lay_out()
        self._scale.chosen.connect(self._choose_scale)
        self._plots.hovered.connect(self._read_off)
        self._plots.clicked.connect(self._choose_moment)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the run up to this moment; any number of times."""
        self._curves = snapshot.curves
        self._train.set_value(loss_words(snapshot.train_loss))
        self._test.set_value(loss_words(snapshot.test_loss))
        self._accuracy.set_value(percent(snapshot.accuracy))
        self._test.setVisible(bool(np.isfinite(snapshot.curves.test_loss).any()))
        self._accuracy.setVisible(bool(np.isfinite(snapshot.curves.accuracy).any()))
        has_curve = snapshot.curves.iterations.size > 1
        self._scale.setVisible(has_curve)
        self._stack.setCurrentWidget(self._plots if has_curve else self._empty)
        if has_curve:
            self._plots.show_curves(snapshot.curves, snapshot.iteration)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        say = self._speech.say
        self.setAccessibleName(say(NAME))
        self._train.set_caption(say(TRAIN_LOSS))
        self._test.set_caption(say(TEST_LOSS))
        self._accuracy.set_caption(say(ACCURACY))
        self._empty.setText(say(EMPTY))
        self._plots.name_steps(say(STEPS))
        self._balloon.hide()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        palette, px = self._theme.palette, self._theme.px
        self._column.setContentsMargins(px(16), px(12), px(16), px(8))
        self._column.setSpacing(px(8))
        self._header.setSpacing(px(10))
        self._empty.setFont(self._theme.font(Size.LARGE))
        self._empty.setStyleSheet(f"color: {palette.muted};")

    def _lay_out(self) -> None:
        self._header = QHBoxLayout()
        for readout in (self._train, self._test, self._accuracy):
            self._header.addWidget(readout)
        self._header.addStretch(1)
        self._header.addWidget(self._scale, alignment=Qt.AlignmentFlag.AlignTop)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget()
        for page in (self._empty, self._plots):
            self._stack.addWidget(page)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._header)
        self._column.addWidget(self._stack, stretch=1)

    def _choose_scale(self, choice: int) -> None:
        self._balloon.hide()
        self._plots.use_log(choice == 1)

    def _choose_moment(self, row: int) -> None:
        if self._curves is not None and row < self._curves.iterations.size:
            self.moment_chosen.emit(int(self._curves.iterations[row]))

    def _read_off(self, row: int | None) -> None:
        if row is None or self._curves is None or row >= self._curves.iterations.size:
            self._balloon.hide()
            return
        self._balloon.say_at(self._lines(self._curves, row), self._plots.place_of(row))

    def _lines(self, curves: CurvesView, row: int) -> list[tuple[str, str, str]]:
        say, palette = self._speech.say, self._theme.palette
        lines = [(say(STEP, step=int(curves.iterations[row])), "", palette.ink)]
        lines.append((say(TRAIN_LOSS), loss_words(float(curves.train_loss[row])), palette.curve_train))
        if np.isfinite(curves.test_loss).any():
            lines.append((say(TEST_LOSS), loss_words(float(curves.test_loss[row])), palette.curve_test))
        if np.isfinite(curves.accuracy).any():
            lines.append((say(ACCURACY), percent(float(curves.accuracy[row])), palette.curve_train))
        return lines


def loss_words(loss: float) -> str:
    """A loss for people: small ones keep four decimals, as they matter most at the end of a run."""
    return compact(loss, digits=5)


def percent(share: float) -> str:
    """A share from 0 to 1 for people."""
    return f"{100 * share:.1f}\N{THIN SPACE}%" if share == share else "NaN"
