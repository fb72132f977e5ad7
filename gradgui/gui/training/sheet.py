"""All settings of training on a sheet at the side, changed while the network trains in sight of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gradgui.document.experiment import Experiment
from gradgui.gui.actions import Actions
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.training import words
from gradgui.gui.training.goals_form import GoalsForm
from gradgui.gui.training.rows import Rows
from gradgui.gui.training.rule_form import RuleForm
from gradgui.gui.training.speed_row import SpeedRow
from gradgui.gui.widgets.buttons import ActionButton
from gradgui.gui.widgets.said_label import SaidLabel

WIDE = 444


class TrainingSheet(QFrame):
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
        super().__init__(parent)
        self.setObjectName("pane")
        self._speech, self._theme, self._icons = speech, theme, icons
        self._title = SaidLabel(speech, theme, words.TITLE, size=Size.LARGE, bold=True, parent=self)
        self._close = QToolButton(self)
        self.speed = SpeedRow(speech, theme, self)
        self.steps = [
            ActionButton(name, actions, icons, theme, parent=self) for name in ("next_iteration", "next_epoch")
        ]
        self.goals = GoalsForm(speech, theme, self)
        self.rule = RuleForm(speech, theme, icons, self)
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()
        self.hide()
        if parent is not None:
            parent.installEventFilter(self)

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
        say = self._speech.say
        self.setAccessibleName(say(words.TITLE))
        self._close.setToolTip(say(words.CLOSE))
        self._close.setAccessibleName(say(words.CLOSE))

    def restyle(self) -> None:
        """Take the colours and distances of now."""
        px, p = self._theme.px, self._theme.palette
        self.setStyleSheet(
            f"QFrame#pane {{ background: {p.panel}; border: 1px solid {p.line}; border-radius: {px(Space.RADIUS)}px; }}"
        )
        self._column.setContentsMargins(px(Space.WIDE), px(Space.GAP), px(Space.TINY), px(Space.GAP))
        self._column.setSpacing(px(Space.SMALL))
        self._inner.setContentsMargins(0, 0, px(Space.GAP), 0)
        self._inner.setSpacing(px(Space.TINY))
        self._close.setIcon(self._icons.icon("close", p.muted))
        self.place()

    def place(self) -> None:
        """Take the right side of the window, as high as the settings need."""
        window = self.parentWidget()
        if window is None:
            return
        px = self._theme.px
        gap, top, bottom = px(Space.GAP), px(Space.TOOL_BAR) + px(Space.GAP), px(Space.STATUS)
        wide = min(px(WIDE), window.width() - 2 * gap)
        self.setGeometry(QRect(window.width() - wide - gap, top, wide, max(window.height() - top - bottom, 1)))

    # --- Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() is QEvent.Type.Resize:
            self.place()
        return False

    def event(self, event: QEvent) -> bool:
        """Digits and letters that are pressed in here are not meant for the run; Space is, outside of fields."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12
            if bare and not function:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
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
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(scroll, 1)

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self.rule.wished.connect(self.wished)
        self.rule.gesture_ended.connect(self.gesture_ended)
        self.rule.seed_chosen.connect(self.seed_chosen)
        self.speed.speed_chosen.connect(self.speed_chosen)
        self.goals.goals_changed.connect(self.goals_changed)
        for part in (self.rule, self.speed, self.goals):
            part.refused.connect(self.refused)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)
