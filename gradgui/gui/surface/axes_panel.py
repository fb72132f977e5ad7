"""Which two directions are shown, and how much of them: a card over the picture, out of the way when closed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gradgui.errors import UserError
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.surface.parameter_choice import ParameterChoice
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.segmented import Segmented
from gradgui.session.axes_view import AxesChoice, AxesKind, AxesView
from gradgui.text import Text, same

KINDS = {
    AxesKind.PARAMETERS: Text(en="Parameters", zh="参数"),
    AxesKind.RANDOM: Text(en="Random", zh="随机"),
    AxesKind.PCA: Text(en="This run", zh="本次轨迹"),
    AxesKind.GRADIENT: Text(en="Gradient", zh="梯度"),
}
_NAME = Text(en="Directions", zh="方向")
_PICK = Text(en="Pick two edges in the network", zh="在网络中点选两条连线")
_PICKING = Text(en="Now click two edges…", zh="请点击两条连线…")
_SEED = Text(en="Seed", zh="随机种子")
_AGAIN = Text(en="Draw again", zh="重新抽取")
_FIT = Text(en="Fit to the path", zh="缩放到轨迹")
_WHOLE = Text(en="Reset range", zh="恢复范围")
_AUTOMATIC = Text(en="Cut the slice anew by itself", zh="自动重新切片")
_TO = Text(en="to", zh="到")
_ABOUT = {
    AxesKind.RANDOM: Text(
        en="Two random directions; in each, every neuron changes in proportion to its own weights.",
        zh="两个随机方向；在每个方向上，各神经元按自身权重的大小成比例变化。",
    ),
    AxesKind.PCA: Text(en="The two directions in which this run moved most.", zh="这次训练移动得最多的两个方向。"),
    AxesKind.GRADIENT: Text(
        en="∇ points straight uphill from here; r is random, at right angles to it.",
        zh="∇ 从此处指向最陡的上坡；r 是与它垂直的随机方向。",
    ),
}
_EXPLAINED = Text(
    en="They explain {first} and {second} of its movement.", zh="它们分别解释了 {first} 和 {second} 的移动。"
)
_LIMITS = tuple(
    Text(en=f"{axis} {en}", zh=f"{axis} {zh}") for axis in "xy" for en, zh in (("from", "从"), ("to", "到"))
)
_WIDTH = 384


class AxesPanel(QFrame):
    """Shows an AxesView and says what is wanted instead."""

    choice_made = Signal(object)
    """AxesChoice."""
    ranges_typed = Signal(object)
    """((x from, x to), (y from, y to)), or None for what was drawn first."""
    fit_asked = Signal()
    automatic_set = Signal(bool)
    picking_asked = Signal(bool)
    closed = Signal()

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, "card", True)
        self._speech, self._theme = speech, theme
        self._view: AxesView | None = None
        self._kinds = Segmented(speech, theme, tuple(KINDS.values()), _NAME, self)
        self._x, self._y = (ParameterChoice(axis, speech, theme, icons, self) for axis in ("x", "y"))
        self._pick = QPushButton(self)
        self._pick.setCheckable(True)
        self._about = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._seed = NumberField(_SEED, 1, speech, theme, high=2**31 - 1, step=1, parent=self)
        self._seed_name = SaidLabel(speech, theme, _SEED, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._again, self._fit, self._whole = (QPushButton(self) for _ in range(3))
        infinity = float("inf")
        self._limits = tuple(
            NumberField(name, 0.0, speech, theme, low=-infinity, high=infinity, step=0.5, parent=self)
            for name in _LIMITS
        )
        self._range_names = tuple(SaidLabel(speech, theme, size=Size.SMALL, parent=self) for _ in range(2))
        self._tos = tuple(SaidLabel(speech, theme, _TO, size=Size.SMALL, tone=Tone.MUTED, parent=self) for _ in "xy")
        self._automatic = QCheckBox(self)
        self._refusal = SaidLabel(speech, theme, size=Size.SMALL, parent=self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.restyle()
        self.hide()

    def show_axes(self, view: AxesView | None) -> None:
        """Show what is in force."""
        self._view = view
        self._refusal.say(same(""))
        self._refusal.hide()
        self.setEnabled(view is not None)
        if view is None:
            return
        kind = view.choice.kind
        self._kinds.setVisible(not view.complete)
        self._show_kind(kind)
        for choice, name in ((self._x, view.choice.first), (self._y, view.choice.second)):
            choice.show_choice(view.layers, name)
        self._seed.set_value(view.choice.seed)
        flat = [limit for span in view.ranges for limit in span]
        for field, limit in zip(self._limits, flat, strict=True):
            field.set_value(float(f"{limit:.4g}"))
        for label, name in zip(self._range_names, view.labels, strict=True):
            label.say(same(name))
        self._automatic.setChecked(view.automatic)
        self._automatic.setVisible(not view.complete)
        self._pick.setChecked(view.picking)
        self._pick.setText(self._speech.say(_PICKING if view.picking else _PICK))
        for part in (self._range_names[1], self._tos[1], *self._limits[2:], self._y):
            part.setVisible(not view.is_valley)
        self._pick.setVisible(not view.is_valley)
        self.adjustSize()

    def refuse(self, error: UserError) -> None:
        """Say why the axes asked for cannot be had; what was in force stays."""
        if self._view is not None:
            self._show_kind(self._view.choice.kind)
        self._refusal.say(error.text)
        self._refusal.show()
        self.adjustSize()

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        say = self._speech.say
        self.setAccessibleName(say(_NAME))
        for button, words in ((self._again, _AGAIN), (self._fit, _FIT), (self._whole, _WHOLE)):
            button.setText(say(words))
        self._automatic.setText(say(_AUTOMATIC))
        picking = self._view is not None and self._view.picking
        self._pick.setText(say(_PICKING if picking else _PICK))

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        px = self._theme.px
        self._column.setContentsMargins(*[px(Space.WIDE)] * 4)
        self._column.setSpacing(px(Space.GAP))
        for part in (self._again, self._fit, self._whole, self._pick, self._automatic):
            part.setFont(self._theme.font(Size.SMALL))
        self.setFixedWidth(px(_WIDTH))
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt: Escape closes the card."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._kinds, 0, Qt.AlignmentFlag.AlignLeft)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(_stacked(self._x, self._y, self._pick))
        self._pages.addWidget(_stacked(self._about, _beside(self._seed_name, self._seed, self._again)))
        self._about.setWordWrap(True)
        self._refusal.setWordWrap(True)
        self._column.addWidget(self._pages)
        grid = QGridLayout()
        grid.setHorizontalSpacing(int(Space.SMALL))
        grid.setVerticalSpacing(int(Space.SMALL))
        grid.setColumnStretch(4, 1)
        for row in range(2):
            parts = (self._range_names[row], self._limits[2 * row], self._tos[row], self._limits[2 * row + 1])
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
        self._column.addLayout(grid)
        self._column.addWidget(_beside(self._fit, self._whole))
        self._column.addWidget(self._automatic)
        self._column.addWidget(self._refusal)
        self._refusal.hide()

    def _connect(self) -> None:
        self._kinds.chosen.connect(self._choose_kind)
        self._x.chosen.connect(self._choose_parameters)
        self._y.chosen.connect(self._choose_parameters)
        self._pick.clicked.connect(self.picking_asked)
        self._seed.value_committed.connect(self._choose_seed)
        self._again.clicked.connect(self._draw_again)
        for field in self._limits:
            field.value_committed.connect(self._type_range)
        self._fit.clicked.connect(self.fit_asked)
        self._whole.clicked.connect(self._reset_range)
        self._automatic.clicked.connect(self.automatic_set)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _show_kind(self, kind: AxesKind) -> None:
        self._kinds.blockSignals(True)
        self._kinds.choose(list(KINDS).index(kind))
        self._kinds.blockSignals(False)
        self._pages.setCurrentIndex(0 if kind is AxesKind.PARAMETERS else 1)
        for part in (self._seed_name, self._seed, self._again):
            part.setVisible(kind is not AxesKind.PCA)
        explained = None if self._view is None else self._view.explained
        about = _ABOUT.get(kind, same(""))
        if kind is AxesKind.PCA and explained is not None:
            first, second = (f"{100 * share:.0f}\N{THIN SPACE}%" for share in explained)
            more = _EXPLAINED.filled(first=first, second=second)
            about = Text(en=f"{about.en} {more.en}", zh=about.zh + more.zh)
        self._about.say(about)

    def _choose_kind(self, number: int) -> None:
        kind = list(KINDS)[number]
        if self._view is None or kind is self._view.choice.kind:
            return
        if kind is AxesKind.PARAMETERS:
            self._choose_parameters()
        else:
            self.choice_made.emit(AxesChoice(kind, seed=self._view.choice.seed))

    def _choose_parameters(self) -> None:
        if self._view is not None:
            second = None if self._view.is_valley else self._y.parameter
            self.choice_made.emit(AxesChoice(AxesKind.PARAMETERS, self._x.parameter, second))

    def _choose_seed(self, seed: float) -> None:
        if self._view is not None:
            self.choice_made.emit(replace(self._view.choice, seed=int(seed), ranges=None))

    def _draw_again(self) -> None:
        if self._view is not None:
            self._choose_seed(self._view.choice.seed + 1)

    def _type_range(self) -> None:
        x0, x1, y0, y1 = (field.value for field in self._limits)
        self.ranges_typed.emit(((x0, x1), (y0, y1)))

    def _reset_range(self) -> None:
        self.ranges_typed.emit(None)


def _stacked(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(int(Space.SMALL))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return page


def _beside(*parts: QWidget) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(int(Space.SMALL))
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return line
