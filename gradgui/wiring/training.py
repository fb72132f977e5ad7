"""The training sheet: from its fields to the session and back, and the keys for speed and whole epochs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from gradgui.document.experiment import Experiment
from gradgui.gui.training.sheet import TrainingSheet
from gradgui.gui.training.wishes import Wish
from gradgui.session.pace import FASTEST, SLOWEST
from gradgui.text import Text
from gradgui.wiring.desk import Desk

SPEEDS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
SPEED = Text(en="Speed: {speed} steps per second.", zh="速度：每秒 {speed} 步。")
FULL_SPEED = Text(en="Speed: unlimited.", zh="速度：不限。")
KEYS = ("training", "next_epoch", "faster", "slower")


class TrainingWires(QObject):
    """Changes settings as edits, speed and goals at once."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: TrainingSheet | None = None
        session, action = desk.session, desk.actions.action
        desk.window.addActions([action(name) for name in KEYS])
        action("training").toggled.connect(self._open)
        action("next_epoch").triggered.connect(session.next_epoch)
        action("faster").triggered.connect(self._speed_up)
        action("slower").triggered.connect(self._slow_down)
        session.document_changed.connect(self._show_document)
        session.editing.refused.connect(self._show_again)
        session.pacing.changed.connect(self._show_pacing)

    @property
    def sheet(self) -> TrainingSheet:
        """Made when it is first wanted: a window that only opens does not wait for its many fields."""
        if self._sheet is None:
            self._sheet = self._make_sheet()
            self._show_pacing()
            self._show_again()
        return self._sheet

    def _make_sheet(self) -> TrainingSheet:
        desk, session = self._desk, self._desk.session
        sheet = TrainingSheet(desk.speech, desk.theme, desk.icons, desk.actions, desk.window)
        sheet.closed.connect(self._close)
        sheet.wished.connect(self._try)
        sheet.gesture_ended.connect(session.editing.seal)
        sheet.seed_chosen.connect(session.editing.new_start)
        sheet.speed_chosen.connect(session.pacing.use_speed)
        sheet.goals_changed.connect(session.pacing.use_goals)
        sheet.refused.connect(desk.window.notices.show_error)
        return sheet

    @Slot(bool)
    def _open(self, is_open: bool) -> None:
        self.sheet.open(is_open)

    @Slot()
    def _close(self) -> None:
        self._desk.actions.action("training").setChecked(False)
        self._desk.window.setFocus()

    @Slot(object)
    def _try(self, wish: Wish) -> None:
        change = partial(wish.edit, **wish.options)
        self._desk.session.editing.ask(change, *wish.args, key=wish.key, name=getattr(wish.edit, "name", None))

    @Slot(object)
    def _show_document(self, experiment: Experiment) -> None:
        if self._sheet is not None:
            self._sheet.show_document(experiment)

    @Slot()
    def _show_again(self) -> None:
        """What was refused is not in force: the sheet shows what is."""
        experiment = self._desk.session.experiment
        if experiment is not None:
            self._show_document(experiment)

    @Slot()
    def _show_pacing(self) -> None:
        if self._sheet is not None:
            pacing = self._desk.session.pacing
            self._sheet.speed.show_speed(pacing.speed)
            self._sheet.goals.show_goals(pacing.stop_when)

    @Slot()
    def _speed_up(self) -> None:
        speed = self._desk.session.pacing.speed
        self._use(None if speed is None else next((each for each in SPEEDS if each > speed), None))

    @Slot()
    def _slow_down(self) -> None:
        speed = self._desk.session.pacing.speed
        limit = FASTEST if speed is None else speed
        self._use(next((each for each in reversed(SPEEDS) if each < limit), SLOWEST))

    def _use(self, speed: float | None) -> None:
        self._desk.session.pacing.use_speed(speed)
        self._desk.window.say(FULL_SPEED if speed is None else SPEED.filled(speed=f"{speed:g}"))
