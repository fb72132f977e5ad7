"""The loss can be heard: wired to the run, off until somebody asks for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.gui.sound import LossSound
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text
from gradgui.wiring.desk import Desk

NO_PLAYER = Text(
    en="No sound: this machine has no player that works (pw-play, paplay or aplay).",
    zh="没有声音：这台电脑上没有可用的播放程序（pw-play、paplay 或 aplay）。",
)


class Sounding(QObject):
    """A tone for every new loss: while the network trains, and at a step that changes it; silent at rest."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.sound = desk, LossSound(self)
        self._loss: float | None = None
        self._action = desk.actions.action("sound")
        self._action.toggled.connect(self._use)
        self.sound.failed.connect(self._say_why)
        desk.session.shown.connect(self._hear)
        desk.window.closing.connect(self.sound.end)
        desk.window.addAction(self._action)
        self._action.setChecked(desk.settings.sound)

    @Slot(bool)
    def _use(self, on: bool) -> None:
        self._loss = None
        if on:
            on = self.sound.begin()
        else:
            self.sound.end()
        self._desk.settings.sound = on

    @Slot()
    def _say_why(self) -> None:
        """One calm sentence, and the switch is off again."""
        self._action.setChecked(False)
        self._desk.window.notices.tell(NO_PLAYER)

    @Slot(object)
    def _hear(self, snapshot: Snapshot) -> None:
        if not self._action.isChecked() or snapshot.train_loss == self._loss:
            return
        self._loss = snapshot.train_loss
        self.sound.play(self._loss)
