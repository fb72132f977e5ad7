"""Curves: how the loss falls while the network learns."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gradgui.gui.curves.balloon import Balloon
from gradgui.gui.curves.confusion import ConfusionMatrix
from gradgui.gui.curves.layer_key import LayerKey
from gradgui.gui.curves.layer_plot import LayerPlot, layer_colour
from gradgui.gui.curves.legend import Legend, entries_of
from gradgui.gui.curves.plots import Plots
from gradgui.gui.curves.readout import LineSample, Readout
from gradgui.gui.curves.run_key import RunKey
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import MINUS, Size, Theme
from gradgui.gui.widgets.naming import compact
from gradgui.gui.widgets.segmented import Segmented
from gradgui.session.snapshot import CurvesView, Snapshot
from gradgui.text import Text

TRAIN_LOSS = Text(en="train loss", zh="训练损失")
TEST_LOSS = Text(en="test loss", zh="测试损失")
ACCURACY = Text(en="accuracy", zh="准确率")
FIT = Text(en="R²", zh="R²")
VIEW = Text(en="What is drawn", zh="显示内容")
VIEWS = (
    Text(en="Loss", zh="损失"), Text(en="Gradients", zh="梯度"), Text(en="Steps", zh="步长"),
    Text(en="Classes", zh="分类"),
)  # fmt: skip
LOSS, GRADIENTS, STEPS_TAKEN, CLASSES_SEEN = range(4)
MEASURED = {
    GRADIENTS: Text(en="length of the gradient, layer by layer", zh="每一层梯度的大小"),
    STEPS_TAKEN: Text(en="step ÷ weights, layer by layer", zh="每一层的“更新 ÷ 权重”"),
}
NO_CLASSES = Text(en="This task has no classes to take for one another.", zh="这个任务没有类别，谈不上混淆。")
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
    appeared = Signal()
    """It can be seen now: whatever was not shown to it meanwhile is to be shown."""
    run_removed = Signal(object)
    """The number of a run that is not wanted any more."""

    def __init__(
        self, speech: Speech, theme: Theme, parent: QWidget | None = None, *, icons: Icons | None = None
    ) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons or Icons(theme)
        self._class_names: tuple[Text, ...] = ()
        self._curves: CurvesView | None = None
        self._snapshot: Snapshot | None = None
        self.tabs = Segmented(speech, theme, VIEWS, VIEW, self)
        self.tabs.hide()  # until it has a place in the title
        self._train = Readout(theme, LineSample(theme, dashed=False))
        self._test = Readout(theme, LineSample(theme, dashed=True))
        self._accuracy = Readout(theme)
        self._scale = Segmented(speech, theme, (LINEAR, LOG), SCALE)
        self._empty = QLabel()
        self._furnished = False
        self._lay_out()
        self._scale.chosen.connect(self._choose_scale)
        self.tabs.chosen.connect(self._turn)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the run up to this moment; any number of times."""
        self._furnish()
        self._curves, self._snapshot = snapshot.curves, snapshot
        if self.tabs.choice == LOSS:
            self._show_numbers(snapshot)
        self._show_view(snapshot)

    def showEvent(self, event: QShowEvent) -> None:
        self._furnish()
        super().showEvent(event)
        self.appeared.emit()

    def name_classes(self, names: tuple[Text, ...]) -> None:
        """What the classes are called."""
        self._class_names = names
        if self._furnished:
            self._matrix.name_classes(names)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        say = self._speech.say
        self.setAccessibleName(say(NAME))
        self._train.set_caption(say(TRAIN_LOSS))
        self._test.set_caption(say(TEST_LOSS))
        self._accuracy.set_caption(say(FIT if self._measures_fit else ACCURACY))
        self._say_empty()
        if self._furnished:
            self._name_axes()
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
        self._stack.addWidget(self._empty)
        self._column = QVBoxLayout(self)
        self._key = LayerKey(self._speech, self._theme)
        self._column.addLayout(self._header)  # empty where classes are shown, so that it takes no room
        self.runs = RunKey(self._speech, self._theme, self._icons)
        self.runs.hide()
        self._column.addWidget(self._key)
        self._column.addWidget(self.runs)
        self._column.addWidget(self._stack, stretch=1)

    def _furnish(self) -> None:
        """Make the pages when the pane is first looked at: an opening window does not wait for them."""
        if self._furnished:
            return
        self._furnished, theme = True, self._theme
        self._plots, self._layers, self._matrix = Plots(theme), LayerPlot(theme), ConfusionMatrix(self._speech, theme)
        for page in (self._plots, self._layers, self._matrix):
            self._stack.addWidget(page)
        self._balloon, self._layer_balloon = Balloon(theme, self._plots), Balloon(theme, self._layers)
        self.legend = Legend(self._speech, theme, self._icons, self._plots)
        self._plots.hovered.connect(self._read_off)
        self._plots.clicked.connect(self._choose_moment)
        self._layers.hovered.connect(self._read_layers)
        self._layers.clicked.connect(self._choose_moment)
        self._plots.resized.connect(self.legend.place)
        self.legend.hidden_changed.connect(self._plots.hide_ghosts)
        self.legend.hidden_changed.connect(self.runs.hide_runs)
        self.legend.removed.connect(self.run_removed)
        self.runs.toggled.connect(self.legend.open)
        self._matrix.name_classes(self._class_names)
        self._name_axes()

    def _name_axes(self) -> None:
        for plot in (self._plots, self._layers):
            plot.name_steps(self._speech.say(STEPS))

    @property
    def _measures_fit(self) -> bool:
        """Whether the task has no classes, so that R² takes the place of accuracy."""
        return self._curves is not None and bool(np.isfinite(self._curves.fit).any())

    def _show_numbers(self, snapshot: Snapshot) -> None:
        curves = snapshot.curves
        self._train.set_value(loss_words(snapshot.train_loss))
        self._test.set_value(loss_words(snapshot.test_loss))
        fits = self._measures_fit
        self._accuracy.set_caption(self._speech.say(FIT if fits else ACCURACY))
        self._accuracy.set_value(fit_words(fit_at(snapshot)) if fits else percent(snapshot.accuracy))
        self._test.setVisible(bool(np.isfinite(curves.test_loss).any()))
        self._accuracy.setVisible(fits or bool(np.isfinite(curves.accuracy).any()))

    def _show_view(self, snapshot: Snapshot) -> None:
        """The page in front, and nothing behind it."""
        curves, view = snapshot.curves, self.tabs.choice
        has_curve = curves.iterations.size > 1
        done = snapshot.iteration + (snapshot.cursor == len(snapshot.network.events))  # the last event ends the step
        for part in (self._train, self._test, self._accuracy):
            part.setVisible(view == LOSS and (part is self._train or not part.isHidden()))
        keeps = self._scale.sizePolicy()
        keeps.setRetainSizeWhenHidden(view == LOSS)  # without its room the title would be too narrow for the pages
        self._scale.setSizePolicy(keeps)
        self._scale.setVisible(has_curve and view == LOSS)
        self._key.setVisible(has_curve and view in MEASURED)
        self.runs.setVisible(has_curve and view == LOSS and bool(curves.ghosts))
        if view == CLASSES_SEEN:
            self._show_classes(snapshot)
        elif not has_curve:
            self._stack.setCurrentWidget(self._empty)
        elif view == LOSS:
            self._stack.setCurrentWidget(self._plots)
            self._plots.show_curves(curves, done)
            entries = entries_of(curves)
            self.legend.show_runs(entries)
            self.runs.show_runs(entries)
        else:
            self._stack.setCurrentWidget(self._layers)
            values = curves.gradient_norms if view == GRADIENTS else curves.update_ratios
            self._layers.show_values(curves.iterations, values, done)
            drawn = [bool(np.isfinite(column).any()) for column in values.T]
            layers = enumerate(snapshot.network.layers[: len(drawn)])
            self._key.show_layers(MEASURED[view], [(place, each.name) for place, each in layers if drawn[place]])

    def _show_classes(self, snapshot: Snapshot) -> None:
        if snapshot.confusion is not None:
            self._matrix.show_counts(snapshot.confusion)
        self._stack.setCurrentWidget(self._empty if snapshot.confusion is None else self._matrix)
        self._say_empty()

    def _say_empty(self) -> None:
        self._empty.setText(self._speech.say(NO_CLASSES if self.tabs.choice == CLASSES_SEEN else EMPTY))

    def _turn(self, _view: int) -> None:
        """Another page."""
        self._balloon.hide()
        self._layer_balloon.hide()
        self._say_empty()
        if self._snapshot is not None:
            for part in (self._test, self._accuracy):
                part.show()
            self._show_numbers(self._snapshot)
            self._show_view(self._snapshot)

    def _read_layers(self, row: int | None) -> None:
        curves, snapshot = self._curves, self._snapshot
        if row is None or curves is None or snapshot is None:
            self._layer_balloon.hide()
            return
        values = curves.gradient_norms if self.tabs.choice == GRADIENTS else curves.update_ratios
        lines = [(self._speech.say(STEP, step=int(curves.iterations[row])), "", self._theme.palette.ink)]
        for layer, info in enumerate(snapshot.network.layers[: values.shape[1]]):
            if np.isfinite(values[row, layer]):
                lines.append((self._speech.say(info.name), compact(float(values[row, layer])), layer_colour(layer)))
        self._layer_balloon.say_at(lines, self._layers.place_of(row))

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
        if self._measures_fit:
            lines.append((say(FIT), fit_words(float(curves.fit[row])), palette.curve_train))
        if np.isfinite(curves.accuracy).any():
            lines.append((say(ACCURACY), percent(float(curves.accuracy[row])), palette.curve_train))
        return lines


def loss_words(loss: float) -> str:
    """A loss for people: small ones keep four decimals, as they matter most at the end of a run."""
    return compact(loss, digits=5)


def fit_at(snapshot: Snapshot) -> float:
    """R² now: the newest of the curve, unless the loss has blown up since."""
    return float(snapshot.curves.fit[-1]) if np.isfinite(snapshot.train_loss) else -snapshot.train_loss


def fit_words(fit: float) -> str:
    """R² for people: three decimals, a real minus sign for what is worse than the mean, ∞ after a blow-up."""
    return f"{fit:.3f}".replace("-", MINUS) if np.isfinite(fit) else compact(fit)


def percent(share: float) -> str:
    """A share from 0 to 1 for people."""
    return f"{100 * share:.1f}\N{THIN SPACE}%" if share == share else "NaN"
