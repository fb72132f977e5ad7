"""A form made from what a kind declares about its options: a row for each, with its name and range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import inspect
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradgui.catalog.options import label_of
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.option_fields import Field, OptionHearer, number_field, show_value
from gradgui.gui.widgets.rows import Rows
from gradgui.gui.widgets.toggle import Toggle
from gradgui.text import Text

CHOICES = {
    "mean": Text(en="mean", zh="平均"),
    "sum": Text(en="sum", zh="求和"),
    "constant": Text(en="constant", zh="不变"),
    "step": Text(en="in steps", zh="逐级下降"),
    "exponential": Text(en="exponential", zh="指数下降"),
    "cosine": Text(en="cosine", zh="余弦下降"),
    "warmup": Text(en="warm-up", zh="预热"),
}
"""Options whose values are words of the file."""


class SpecForm(QWidget):
    """Rebuilt when the kind changes; otherwise only its values follow."""

    option_changed = Signal(object, object)
    """Name and new value."""
    refused = Signal(object)
    """A UserError: what is typed is out of range."""

    def __init__(
        self, speech: Speech, theme: Theme, icons: Icons, skip: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        """`skip`: options that have a place of their own elsewhere."""
        super().__init__(parent)
        self._speech, self._theme, self._icons, self._skip = speech, theme, icons, skip
        self._kind: type[msgspec.Struct] | None = None
        self._rows: Rows | None = None
        self._fields: dict[str, Field] = {}
        self._parts: dict[str, tuple[QWidget, ...]] = {}
        self._names: dict[Toggle, Text] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        speech.changed.connect(self.retranslate)

    def field(self, name: str) -> Field:
        """The field of one option."""
        return self._fields[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The options that have a row, from top to bottom."""
        return tuple(self._fields)

    def show_spec(self, spec: msgspec.Struct, used: Sequence[str] | None = None) -> None:
        """Show these values; `used`: only these rows matter now."""
        if type(spec) is not self._kind:
            self._rebuild(type(spec))
        for name, field in self._fields.items():
            show_value(field, getattr(spec, name))
            for part in self._parts[name]:
                part.setVisible(used is None or name in used)
        self.setVisible(bool(self._fields) and (used is None or bool(used)))

    def retranslate(self) -> None:
        """Name the toggles in the language of now; the others do it themselves."""
        for toggle, name in self._names.items():
            toggle.setText("")
            toggle.setAccessibleName(self._speech.say(name))

    def _rebuild(self, kind: type[msgspec.Struct]) -> None:
        self._kind = kind
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = Rows(self._speech, self._theme, self)
        self._fields, self._parts, self._names = {}, {}, {}
        shape = inspect.type_info(kind)
        assert isinstance(shape, inspect.StructType)
        for each in shape.fields:
            name, bare = label_of(each.type)
            if name is not None and each.name not in self._skip:
                self._add(self._rows, each.name, name, bare)
        self._column.addWidget(self._rows)
        self.retranslate()

    def _add(self, rows: Rows, option: str, name: Text, shape: inspect.Type) -> None:
        field = self._made(rows, option, name, shape)
        if field is not None:
            self._fields[option] = field
            self._parts[option] = rows.add(name, field)

    def _made(self, rows: Rows, option: str, name: Text, shape: inspect.Type) -> Field | None:
        hearer = OptionHearer(option, shape, rows)
        hearer.heard.connect(self.option_changed)
        if isinstance(shape, inspect.LiteralType):
            choice = Choice(name, self._speech, self._theme, self._icons, rows)
            choice.set_choices([(str(value), CHOICES[str(value)]) for value in _declared(shape.values)])
            choice.chosen.connect(hearer.hear)
            return choice
        if isinstance(shape, inspect.BoolType):
            toggle = Toggle(self._theme, parent=rows)
            toggle.clicked.connect(hearer.hear)
            self._names[toggle] = name
            return toggle
        number = number_field(name, shape, self._speech, self._theme, rows)
        if number is not None:
            number.value_committed.connect(hearer.hear)
            number.refused.connect(self.refused)
        return number


def _declared(values: tuple[object, ...]) -> list[object]:
    """msgspec sorts the values; people want them in the order of the words."""
    order = list(CHOICES)
    return sorted(values, key=lambda value: order.index(str(value)))


def choices(kinds: Mapping[str, Text]) -> list[tuple[str, Text]]:
    """Kinds of the catalog for a list to choose from."""
    return list(kinds.items())
