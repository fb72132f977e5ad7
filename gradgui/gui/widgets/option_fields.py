"""Fields for what a kind declares about its options: a number with its range, and who is told when it changes."""

from __future__ import annotations

from msgspec import inspect
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.toggle import Toggle
from gradgui.text import Text

Field = Choice | NumberField | Toggle
FRACTION_STEP = 0.05
TIGHT = 1e-4
"""Options that go down to almost 0 are stepped by factors."""


def number_field(name: Text, shape: inspect.Type, speech: Speech, theme: Theme, parent: QWidget) -> NumberField | None:
    """A field for a number with two ends; None for anything else."""
    if not isinstance(shape, inspect.IntType | inspect.FloatType) or shape.ge is None or shape.le is None:
        return None
    return NumberField(name, shape.ge, speech, theme, low=shape.ge, high=shape.le, step=_step(shape), parent=parent)


def show_value(field: Field, value: object) -> None:
    """Show an option as it is now."""
    if isinstance(field, Choice):
        field.choose(str(value))
    elif isinstance(field, Toggle):
        field.setChecked(bool(value))
    elif isinstance(value, int | float):
        field.set_value(value)


class OptionHearer(QObject):
    """Knows which option a field is for."""

    heard = Signal(object, object)
    """Name and new value."""

    def __init__(self, option: str, shape: inspect.Type, parent: QObject) -> None:
        super().__init__(parent)
        self._option, self._whole = option, isinstance(shape, inspect.IntType)

    @Slot(object)
    def hear(self, value: object) -> None:
        """The field has another value."""
        self.heard.emit(self._option, round(value) if self._whole and isinstance(value, float) else value)


def _step(shape: inspect.IntType | inspect.FloatType) -> float | None:
    if isinstance(shape, inspect.IntType):
        return 1.0
    return FRACTION_STEP if shape.ge == 0 and shape.le is not None and TIGHT < shape.le <= 1 else None
