"""One number with a name, a slider and a field: dragged, stepped or typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from gradgui.errors import UserError
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text, same

_STEPS = 1000
_NAME = 136


class SliderRow(QWidget):
    """The slider tells at once, the field when Enter is pressed."""

    value_changed = Signal(object)
    """The new number, while dragging too."""
    gesture_ended = Signal()
    """The slider was let go, or a number was typed: what comes next is another change."""

    def __init__(
        self,
        name: Text,
        low: float,
        high: float,
        speech: Speech,
        theme: Theme,
        *,
        whole: bool = False,
        percent: bool = False,
        bent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`percent`: 0.15 is shown as 15; `bent`: small numbers have more room on the slider than large ones."""
        super().__init__(parent)
        self._speech, self._theme, self._name = speech, theme, name
        self._low, self._high, self._whole, self._bent = low, high, whole, bent
        self._unit = 100.0 if percent else 1.0
        self._label = SaidLabel(speech, theme, name, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, _STEPS)
        step = 1.0 if percent else None
        self._field = NumberField(
            name, low, speech, theme, low=low * self._unit, high=high * self._unit, step=step, parent=self
        )
        self._percent = SaidLabel(speech, theme, same("%" if percent else " "), size=Size.SMALL, tone=Tone.MUTED)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((self._label, 0), (self._slider, 1), (self._field, 0), (self._percent, 0)):
            self._row.addWidget(part, stretch)
        self._slider.valueChanged.connect(self._hear_slider)
        self._slider.sliderReleased.connect(self.gesture_ended)
        self._field.value_committed.connect(self._hear_field)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    @property
    def slider(self) -> QSlider:
        """The slider itself."""
        return self._slider

    @property
    def field(self) -> NumberField:
        """The field beside it."""
        return self._field

    def set_value(self, value: float) -> None:
        """Show a number that is in force; says nothing itself."""
        self._field.set_value(float(f"{value * self._unit:.6g}"))
        if self._slider.isSliderDown():
            return
        self._slider.blockSignals(True)
        self._slider.setValue(self._place(value))
        self._slider.blockSignals(False)

    def refuse(self, error: UserError) -> None:
        """Say at the field why this number cannot be."""
        self._field.setToolTip(error.in_language(self._speech.language))

    def retranslate(self) -> None:
        """Name the slider in the language of now."""
        self._slider.setAccessibleName(self._speech.say(self._name))

    def restyle(self) -> None:
        """Take the distances of now."""
        self._row.setSpacing(self._theme.px(Space.SMALL))
        self._label.setFixedWidth(self._theme.px(_NAME))
        self._percent.setFixedWidth(self._theme.px(Space.WIDE))

    def _place(self, value: float) -> int:
        share = (value - self._low) / (self._high - self._low)
        return round(_STEPS * (max(share, 0.0) ** 0.5 if self._bent else share))

    def _hear_slider(self, place: int) -> None:
        share = (place / _STEPS) ** (2 if self._bent else 1)
        value = self._low + share * (self._high - self._low)
        value = float(_round(value)) if self._whole else round(value, 2)
        self._field.set_value(float(f"{value * self._unit:.6g}"))
        self.value_changed.emit(int(value) if self._whole else value)

    def _hear_field(self, typed: float) -> None:
        value = typed / self._unit
        self.value_changed.emit(round(value) if self._whole else value)
        self.gesture_ended.emit()


def _round(value: float) -> int:
    """Tens from 100 on: nobody wants 503 points."""
    return round(value / 10) * 10 if value >= 100 else round(value)
