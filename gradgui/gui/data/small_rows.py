"""Rows of a form without a slider: a seed, a plain number, a choice of a few."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gradgui.gui.data import sheet_words as words
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.segmented import Segmented
from gradgui.text import Text

NAME_WIDTH = 136


class NamedRow(QWidget):
    """A name at the left, and what is to be set beside it."""

    value_changed = Signal(object)
    gesture_ended = Signal()

    def __init__(self, name: Text, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._speech, self._theme = name, speech, theme
        self._label = SaidLabel(speech, theme, name, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take the sizes of now."""
        self._label.setFixedWidth(self._theme.px(NAME_WIDTH))
        self._row.setSpacing(self._theme.px(Space.SMALL))

    def _tell(self, value: object) -> None:
        self.value_changed.emit(value)
        self.gesture_ended.emit()


class NumberRow(NamedRow):
    """A typed number."""

    def __init__(
        self, name: Text, low: float, high: float, speech: Speech, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, speech, theme, parent)
        self._field = NumberField(name, 0, speech, theme, low=low, high=high, step=1, parent=self)
        self._field.value_committed.connect(self._tell)
        self._row.addWidget(self._field)
        self._row.addStretch(1)

    @property
    def field(self) -> NumberField:
        """Where it is typed."""
        return self._field

    def set_value(self, value: object) -> None:
        """Show the number in force."""
        assert isinstance(value, int | float)
        self._field.set_value(float(value))


class SeedRow(NamedRow):
    """A typed seed, and a button for the next one."""

    def __init__(self, name: Text, high: float, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, speech, theme, parent)
        self._field = NumberField(name, 1, speech, theme, high=high, step=1, parent=self)
        self._again = QPushButton(self)
        self._row.addWidget(self._again)
        self._row.addStretch(1)
        self._row.addWidget(self._field)
        self._row.addSpacing(theme.px(Space.WIDE + Space.SMALL))
        self._again.clicked.connect(self._draw_again)
        self._field.value_committed.connect(self._hear)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.dress)
        self.retranslate()
        self.dress()

    @property
    def again(self) -> QPushButton:
        """Draws the next seed."""
        return self._again

    @property
    def field(self) -> NumberField:
        """Where it is typed."""
        return self._field

    def set_value(self, value: object) -> None:
        """Show the seed in force."""
        assert isinstance(value, int | float)
        self._field.set_value(float(value))

    def retranslate(self) -> None:
        """Say the button in the language of now."""
        self._again.setText(self._speech.say(words.AGAIN))
        self._again.setToolTip(self._speech.say(words.AGAIN_TIP))
        self._again.setAccessibleName(self._again.text())

    def dress(self) -> None:
        """Take the letters of now."""
        self._again.setFont(self._theme.font(Size.SMALL))

    def _draw_again(self) -> None:
        self._hear(self._field.value + 1)

    def _hear(self, value: float) -> None:
        self._tell(int(value))


class FewRow(NamedRow):
    """One of a few values, all of them in sight."""

    def __init__(
        self,
        name: Text,
        values: Sequence[object],
        names: tuple[Text, ...],
        speech: Speech,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, speech, theme, parent)
        self._values = list(values)
        self._choice = Segmented(speech, theme, names, name, self)
        self._choice.chosen.connect(self._hear)
        self._row.addWidget(self._choice)
        self._row.addStretch(1)

    @property
    def choice(self) -> Segmented:
        """The switch itself."""
        return self._choice

    def set_value(self, value: object) -> None:
        """Show the value in force."""
        self._choice.blockSignals(True)
        self._choice.choose(self._values.index(value))
        self._choice.blockSignals(False)

    def _hear(self, number: int) -> None:
        self._tell(self._values[number])
