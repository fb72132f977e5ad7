"""When training is to stop by itself: a tick and a number for each condition."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.training import words
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.rows import Rows
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.goals import StopWhen
from gradgui.text import Text


@dataclass(frozen=True, slots=True)
class Condition:
    """One reason to stop."""

    name: Text
    usual: float
    high: float
    step: float | None
    scale: float = 1.0
    """What is shown is so many times what is meant."""


CONDITIONS = {
    "epochs": Condition(words.EPOCHS, 100, 1e9, 10),
    "loss": Condition(words.BELOW, 0.01, 1e9, None),
    "accuracy": Condition(words.ABOVE, 95, 100, 1, 100),
    "plateau": Condition(words.PLATEAU, 20, 1e9, 5),
}
WHOLE = ("epochs", "plateau")


class GoalsForm(Rows):
    """Says what is wished whenever a tick or a number changes."""

    goals_changed = Signal(object)
    """A StopWhen."""
    refused = Signal(object)

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(speech, theme, parent)
        self.ticks = {name: Toggle(theme, parent=self) for name in CONDITIONS}
        self.numbers = {
            name: NumberField(each.name, each.usual, speech, theme, low=0, high=each.high, step=each.step, parent=self)
            for name, each in CONDITIONS.items()
        }
        for name in CONDITIONS:
            self.add(self.ticks[name], self.numbers[name])
            self.ticks[name].clicked.connect(self._tell)
            self.numbers[name].value_committed.connect(self._tell_typed)
            self.numbers[name].refused.connect(self.refused)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    def show_goals(self, goals: StopWhen) -> None:
        """Tick what is in force."""
        for name, each in CONDITIONS.items():
            value: float | None = getattr(goals, name)
            self.ticks[name].setChecked(value is not None)
            if value is not None:
                self.numbers[name].set_value(round(value * each.scale, 9))

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        for name, each in CONDITIONS.items():
            self.ticks[name].setText(self._speech.say(each.name))
            self.ticks[name].setAccessibleName(self._speech.say(each.name))

    @Slot(object)
    def _tell_typed(self, _value: object) -> None:
        """Whoever types a number wants it to count."""
        name = next(name for name, field in self.numbers.items() if field is self.sender())
        self.ticks[name].setChecked(True)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.goals_changed.emit(
            StopWhen(self._whole("epochs"), self._value("loss"), self._value("accuracy"), self._whole("plateau"))
        )

    def _value(self, name: str) -> float | None:
        return self.numbers[name].value / CONDITIONS[name].scale if self.ticks[name].isChecked() else None

    def _whole(self, name: str) -> int | None:
        value = self._value(name)
        return None if value is None else max(1, round(value))
