"""All settings of training on a sheet at the side, changed while the network trains in sight of it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gradgui.document.experiment import Experiment
from gradgui.gui.actions import Actions
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Space, Theme
from gradgui.gui.training import words
from gradgui.gui.training.goals_form import GoalsForm
from gradgui.gui.training.rule_form import RuleForm
from gradgui.gui.training.speed_row import SpeedRow
from gradgui.gui.widgets.buttons import ActionButton
from gradgui.gui.widgets.rows import Rows
from gradgui.gui.widgets.side_sheet import SideSheet

WIDE = 444


class TrainingSheet(SideSheet):
    """Lies over the right side of the window; the same key or Escape closes it."""

    wished = Signal(object)
    """A Wish: an edit of the experiment."""
    gesture_ended = Signal()
    """A slider was let go: what is changed next is another step of undo."""
    speed_chosen = Signal(object)
    goals_changed = Signal(object)
    seed_chosen = Signal(object)
    refused = Signal(object)
    """A UserError about something typed."""
    closed = Signal()

    def __init__(
        self, speech: Speech, theme: Theme, icons: Icons, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(words.TITLE, WIDE, speech, theme, icons, parent)
        self.speed = SpeedRow(speech, theme, self)
        self.steps = [
            ActionButton(name, actions, icons, theme, parent=self) for name in ("next_iteration", "next_epoch")
        ]
        self.goals = GoalsForm(speech, theme, self)
        self.rule = RuleForm(speech, theme, icons, self)
        self._build()
        self._connect()
        self._begin()

    @Slot(bool)
    def open(self, is_open: bool) -> None:
        """Show the sheet or put it away."""
        self.setVisible(is_open)
        if is_open:
            self.place()
            self.raise_()
            self.rule.optimizer.setFocus()

    @Slot(object)
    def show_document(self, experiment: Experiment) -> None:
        """Follow the document."""
        self.rule.show_document(experiment)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        super().retranslate()
        self.setAccessibleName(self._speech.say(words.TITLE))

    def restyle(self) -> None:
        """Take the colours and distances of now."""
        px = self._theme.px
        self._column.setContentsMargins(px(Space.WIDE), px(Space.GAP), px(Space.TINY), px(Space.GAP))
        self._column.setSpacing(px(Space.SMALL))
        self._inner.setContentsMargins(0, 0, px(Space.GAP), 0)
        self._inner.setSpacing(px(Space.TINY))
        super().restyle()

    def dismiss(self) -> None:
        """The switch that opened the sheet closes it."""
        self.closed.emit()

    # --- inside

    def _build(self) -> None:
        body = QWidget(self)
        self._inner = QVBoxLayout(body)
        run = Rows(self._speech, self._theme, body)
        run.heading(words.RUN)
        steps = QWidget(body)
        row = QHBoxLayout(steps)
        row.setContentsMargins(0, 0, 0, 0)
        for button in self.steps:
            row.addWidget(button, 1)
        stops = Rows(self._speech, self._theme, body)
        stops.heading(words.STOPS)
        for part in (run, self.speed, steps, self.rule, stops, self.goals):
            self._inner.addWidget(part)
        self._inner.addStretch(1)
        self._add_scrolled(body)

    def _connect(self) -> None:
        self.rule.wished.connect(self.wished)
        self.rule.gesture_ended.connect(self.gesture_ended)
        self.rule.seed_chosen.connect(self.seed_chosen)
        self.speed.speed_chosen.connect(self.speed_chosen)
        self.goals.goals_changed.connect(self.goals_changed)
        for part in (self.rule, self.speed, self.goals):
            part.refused.connect(self.refused)
