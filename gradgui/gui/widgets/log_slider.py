"""A slider over powers of ten: from 0.001 to 0.01 is as far as from 1 to 10."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from gradgui.gui.language import Speech
from gradgui.text import Text

NOTCHES = 400


class LogSlider(QSlider):
    """Two significant digits wherever it stands."""

    value_chosen = Signal(object)
    """A number, or None at the right end where that means "unlimited"."""
    let_go = Signal()

    def __init__(
        self,
        name: Text,
        low: float,
        high: float,
        speech: Speech,
        parent: QWidget | None = None,
        *,
        unlimited: bool = False,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._name, self._speech = name, speech
        self._low, self._high, self._unlimited = math.log10(low), math.log10(high), unlimited
        self.setRange(0, NOTCHES + unlimited)
        self.setPageStep(NOTCHES // 20)
        self.setSingleStep(NOTCHES // 100)
        self.valueChanged.connect(self._hear)
        self.sliderReleased.connect(self.let_go)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    def show_value(self, value: float | None) -> None:
        """Stand where that number is; nobody hears of it."""
        self.blockSignals(True)
        self.setValue(self._notch(value))
        self.blockSignals(False)

    def retranslate(self) -> None:
        """Name it in the language of now."""
        self.setAccessibleName(self._speech.say(self._name))
        self.setToolTip(self._speech.say(self._name))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change a value."""
        event.ignore()

    def _notch(self, value: float | None) -> int:
        if value is None:
            return self.maximum()
        if value <= 0:
            return 0
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return min(NOTCHES, max(0, round(share * NOTCHES)))

    def _hear(self, notch: int) -> None:
        if self._unlimited and notch > NOTCHES:
            self.value_chosen.emit(None)
            return
        value = 10 ** (self._low + (self._high - self._low) * notch / NOTCHES)
        self.value_chosen.emit(float(f"{value:.2g}"))
