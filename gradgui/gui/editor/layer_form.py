"""A form made from what a kind of layer declares about its options: a row for each, with its name and range."""

from __future__ import annotations

from msgspec import inspect
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gradgui.catalog.layers._base import LayerSpec
from gradgui.catalog.options import label_of
from gradgui.catalog.registry import activation_kinds, formula_kinds, initializer_kinds, layer_kinds
from gradgui.gui.editor.wishes import kind_names
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.number_field import NumberField
from gradgui.gui.widgets.option_fields import OptionHearer, number_field, show_value
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

KIND = Text(en="kind", zh="类型")
FIRST = ("units", "filters", "function", "activation", "size", "stride", "padding", "rate", "epsilon", "momentum")
"""The order of rows; what is not named here comes last."""


def families() -> dict[str, list[tuple[str, Text]]]:
    """Options that are names of the catalog, and what they may be."""
    return {
        "activation": [(name, kind.name) for name, kind in activation_kinds().items()],
        "init": [(name, kind.name) for name, kind in initializer_kinds().items()],
        "function": [(name, kind.name) for name, kind in formula_kinds().items()],
    }


class LayerForm(QWidget):
    """Rebuilt when the kind of layer changes; otherwise only its values follow."""

    kind_chosen = Signal(object)
    option_changed = Signal(object, object)
    """Name and new value."""
    refused = Signal(object)
    """A UserError: what is typed is out of range."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._spec: type[LayerSpec] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.kind = Choice(KIND, speech, theme, icons, self)
        self.kind.chosen.connect(self.kind_chosen)
        self._rows: dict[str, tuple[SaidLabel, Choice | NumberField]] = {}
        self._hearers: list[OptionHearer] = []
        self._add(0, self._label(KIND), self.kind)
        theme.changed.connect(self.restyle)
        self.restyle()

    def field(self, name: str) -> Choice | NumberField:
        """The field of one option."""
        return self._rows[name][1]

    @property
    def names(self) -> tuple[str, ...]:
        """The options that have a row, from top to bottom."""
        return tuple(self._rows)

    def show_spec(self, spec: LayerSpec) -> None:
        """Show a layer's options."""
        if type(spec) is not self._spec:
            self._rebuild(type(spec))
        tag = spec.__struct_config__.tag
        self.kind.choose(str(tag))
        for name, (_, field) in self._rows.items():
            show_value(field, getattr(spec, name))

    def restyle(self) -> None:
        """Take the distances of now."""
        self._grid.setHorizontalSpacing(self._theme.px(Space.GAP))
        self._grid.setVerticalSpacing(self._theme.px(Space.TINY))

    def _rebuild(self, spec: type[LayerSpec]) -> None:
        self._spec = spec
        tag = str(spec.__struct_config__.tag)
        offered = kind_names()
        if tag not in dict(offered):
            offered.append((tag, layer_kinds()[tag].name))
        self.kind.set_choices(offered)
        for label, field in self._rows.values():
            for widget in (label, field):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for hearer in self._hearers:
            hearer.deleteLater()
        self._rows, self._hearers = {}, []
        shape = inspect.type_info(spec)
        assert isinstance(shape, inspect.StructType)
        drawn = layer_kinds()[tag].role == "weights"
        for each in sorted(shape.fields, key=_order):
            if drawn or each.name != "init":  # what a norm begins with is fixed
                self._add_row(each)

    def _add_row(self, field: inspect.Field) -> None:
        name, shape = label_of(field.type)
        made = None if name is None else self._field(field.name, name, shape)
        if name is None or made is None:
            return
        label = self._label(name)
        self._rows[field.name] = label, made
        self._add(len(self._rows), label, made)
        label.show()
        made.show()

    def _field(self, option: str, name: Text, shape: inspect.Type) -> Choice | NumberField | None:
        hearer = OptionHearer(option, shape, self)
        hearer.heard.connect(self.option_changed)
        self._hearers.append(hearer)
        if isinstance(shape, inspect.StrType) and option in families():
            choice = Choice(name, self._speech, self._theme, self._icons, self)
            choice.set_choices(families()[option])
            choice.chosen.connect(hearer.hear)
            return choice
        number = number_field(name, shape, self._speech, self._theme, self)
        if number is not None:
            number.value_committed.connect(hearer.hear)
            number.refused.connect(self.refused)
        return number

    def _label(self, name: Text) -> SaidLabel:
        return SaidLabel(self._speech, self._theme, name, size=Size.SMALL, tone=Tone.MUTED, parent=self)

    def _add(self, row: int, label: QWidget, field: QWidget) -> None:
        side = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label, row, 0, side | Qt.AlignmentFlag.AlignLeft)
        if isinstance(field, NumberField):
            self._grid.addWidget(field, row, 1, side | Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addWidget(field, row, 1, side)


def _order(field: inspect.Field) -> int:
    return FIRST.index(field.name) if field.name in FIRST else len(FIRST)
