"""A form made from what a data set declares about its options: a row for each, with its name and range."""

from __future__ import annotations

from msgspec import inspect
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradgui.catalog.datasets._base import DataSpec
from gradgui.catalog.options import label_of
from gradgui.errors import UserError
from gradgui.gui.data.formula_row import FormulaRow
from gradgui.gui.data.slider_row import SliderRow
from gradgui.gui.data.small_rows import FewRow, NamedRow, NumberRow, SeedRow
from gradgui.gui.language import Speech
from gradgui.gui.theme import Space, Theme
from gradgui.text import Text, same

FIRST = ("expression", "inputs", "low", "high", "noise", "points", "test_fraction", "seed")
"""The order of rows; what is not named here comes last."""
_FEW = 4
"""So few whole numbers are shown side by side."""
_BENT = 1000
"""Wider ranges of whole numbers give small ones more room."""


class OptionForm(QWidget):
    """Rebuilt when the kind of set changes; otherwise only its numbers follow."""

    option_changed = Signal(object, object)
    """Name and new value."""
    gesture_ended = Signal()

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._kind: type[DataSpec] | None = None
        self._rows: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self.restyle)
        self.restyle()

    def row(self, name: str) -> QWidget:
        """The row of one option."""
        return self._rows[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The options that have a row, from top to bottom."""
        return tuple(self._rows)

    def show_spec(self, spec: DataSpec) -> None:
        """Show a set's options."""
        if type(spec) is not self._kind:
            self._rebuild(type(spec))
        for name, row in self._rows.items():
            row.set_value(getattr(spec, name))  # type: ignore[attr-defined]

    def refuse(self, name: str, error: UserError) -> None:
        """Say at its row why an option cannot be."""
        row = self._rows.get(name)
        if isinstance(row, FormulaRow | SliderRow):
            row.refuse(error)

    def restyle(self) -> None:
        """Take the distances of now."""
        self._column.setSpacing(self._theme.px(Space.TINY))

    def _rebuild(self, kind: type[DataSpec]) -> None:
        self._kind = kind
        while self._rows:
            _, row = self._rows.popitem()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for field in sorted(_fields(kind), key=_order):
            made = self._row_for(field)
            if made is not None:
                self._rows[field.name] = made
                self._column.addWidget(made)

    def _row_for(self, field: inspect.Field) -> QWidget | None:
        name, shape = label_of(field.type)
        if name is None:
            return None
        row: SliderRow | NamedRow | FormulaRow | None = None
        if isinstance(shape, inspect.IntType | inspect.FloatType):
            row = self._number_row(field.name, name, shape)
        elif isinstance(shape, inspect.StrType) and field.name == "expression":
            row = FormulaRow(name, self._speech, self._theme, self)
        if row is not None:
            row.value_changed.connect(_Hearer(self, field.name).hear)
            row.gesture_ended.connect(self.gesture_ended)
        return row

    def _number_row(
        self, option: str, name: Text, shape: inspect.IntType | inspect.FloatType
    ) -> SliderRow | NamedRow | None:
        low, high, whole = shape.ge, shape.le, isinstance(shape, inspect.IntType)
        if low is None or high is None:
            return None
        if option == "seed":
            return SeedRow(name, high, self._speech, self._theme, self)
        if whole and high - low < _FEW:
            values = range(int(low), int(high) + 1)
            return FewRow(name, values, tuple(same(str(v)) for v in values), self._speech, self._theme, self)
        if not whole and high - low >= _BENT:
            return NumberRow(name, low, high, self._speech, self._theme, self)
        share, bent = not whole and low == 0 and high <= 1, whole and high >= _BENT
        return SliderRow(name, low, high, self._speech, self._theme, whole=whole, percent=share, bent=bent, parent=self)


class _Hearer(QWidget):
    """Knows which option a row is for; hidden, and gone with the form's row."""

    def __init__(self, form: OptionForm, name: str) -> None:
        super().__init__(form)
        self.hide()
        self._form, self._name = form, name

    def hear(self, value: object) -> None:
        self._form.option_changed.emit(self._name, value)


def _fields(kind: type[DataSpec]) -> list[inspect.Field]:
    shape = inspect.type_info(kind)
    assert isinstance(shape, inspect.StructType)
    return list(shape.fields)


def _order(field: inspect.Field) -> int:
    return FIRST.index(field.name) if field.name in FIRST else len(FIRST)
