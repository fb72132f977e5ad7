"""A number to drag or to type: a parameter, the target, the learning rate."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

STOPS = 400


class LessonSlider(QWidget):
    """Name, slider, field; on a logarithmic scale where `log`."""

    moved = Signal(object)
    """A new number, while it is dragged too."""
    released = Signal()
    refused = Signal(object)

    def __init__(
        self,
        name: Text,
        low: float,
        high: float,
        speech: Speech,
        theme: Theme,
        *,
        log: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._speech, self._theme = name, speech, theme
        self._low, self._high, self._log = low, high, log
        self._label = SaidLabel(speech, theme, name, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STOPS)
        least = -1e6 if not log else 1e-9
        step = None if log else (high - low) / 100
        self.field = NumberField(name, low, speech, theme, low=least, high=1e6, step=step, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(Space.SMALL))
        row.addWidget(self._label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.slider.valueChanged.connect(self._hear_slider)
        self.slider.sliderReleased.connect(self.released)
        self.field.value_committed.connect(self._hear_field)
        self.field.refused.connect(self.refused)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def value(self) -> float:
        """The number on show."""
        return self.field.value

    def set_value(self, value: float) -> None:
        """Show a number that changed elsewhere."""
        self.field.set_value(float(f"{value:.4g}") if abs(value) < 1e4 else value)
        if not self.slider.isSliderDown() and self._number(self.slider.value()) != value:
            blocked = self.slider.blockSignals(True)
            self.slider.setValue(self._stop(value))
            self.slider.blockSignals(blocked)

    def use_names_width(self, width: int) -> None:
        """Names of sliders below each other end at the same place."""
        self._label.setMinimumWidth(width)

    def names_width(self) -> int:
        """What the name needs."""
        return self._label.sizeHint().width()

    def retranslate(self) -> None:
        """Name the slider in the language of now."""
        words = self._speech.say(self._name)
        self.slider.setAccessibleName(words)
        self.slider.setToolTip(words)

    def restyle(self) -> None:
        """Take the sizes of now."""
        self.setFixedHeight(self._theme.px(Space.BUTTON))
        self.slider.setMinimumWidth(self._theme.px(60))

    def _hear_slider(self, stop: int) -> None:
        self.field.set_value(self._number(stop))
        self.moved.emit(self._number(stop))
        if not self.slider.isSliderDown():
            self.released.emit()

    def _hear_field(self, value: float) -> None:
        self.set_value(value)
        self.moved.emit(value)
        self.released.emit()

    def _number(self, stop: int) -> float:
        share = stop / STOPS
        if self._log:
            value = math.exp(math.log(self._low) + share * (math.log(self._high) - math.log(self._low)))
            return float(f"{value:.3g}")
        return float(f"{self._low + share * (self._high - self._low):.4g}")

    def _stop(self, value: float) -> int:
        if self._log:
            span = math.log(self._high) - math.log(self._low)
            share = (math.log(max(value, self._low)) - math.log(self._low)) / span
        else:
            share = (value - self._low) / (self._high - self._low)
        return round(min(max(share, 0.0), 1.0) * STOPS)
