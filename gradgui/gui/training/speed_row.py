"""How fast to train: a slider from a step in ten seconds to as fast as it goes, and the same as a number."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.training import words
from gradgui.gui.widgets.log_slider import LogSlider
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.rows import Rows
from gradgui.session.pace import FASTEST, SLOWEST

QUICK = 1000.0
"""The slider goes up to here; faster than that it says "unlimited"."""


class SpeedRow(Rows):
    """At the right end of the slider there is no limit, and the number's place says so."""

    speed_chosen = Signal(object)
    """Steps a second, or None for as fast as it goes."""
    refused = Signal(object)

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(speech, theme, parent)
        self._speed: float | None = None
        self.slider = LogSlider(words.SPEED, SLOWEST, QUICK, speech, self, unlimited=True)
        self.number = NumberField(words.SPEED, 1.0, speech, theme, low=SLOWEST, high=FASTEST, parent=self)
        self.add(words.SPEED, self.slider, self.number)
        self.slider.value_chosen.connect(self._choose)
        self.number.value_committed.connect(self._choose)
        self.number.refused.connect(self.refused)
        speech.changed.connect(self.retranslate)
        self.show_speed(None)

    @Slot(object)
    def show_speed(self, speed: float | None) -> None:
        """Show the speed in force."""
        self._speed = speed
        self.slider.show_value(speed)
        if speed is None:
            self.number.show_instead(words.UNLIMITED)
        else:
            self.number.set_value(speed)

    def retranslate(self) -> None:
        """Say "unlimited" in the language of now."""
        self.show_speed(self._speed)

    @Slot(object)
    def _choose(self, speed: float | None) -> None:
        if speed != self._speed:
            self.show_speed(speed)
            self.speed_chosen.emit(speed)
