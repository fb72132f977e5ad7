"""Everything about one layer on a sheet at the side: its kind and options, its weights, its activation at work."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gradgui.catalog.layers._base import LayerSpec
from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.gui.editor import sheet_words as words
from gradgui.gui.editor import wishes
from gradgui.gui.editor.activation_plot import ActivationPlot
from gradgui.gui.editor.captions import size_texts
from gradgui.gui.editor.frost_item import draw_flake
from gradgui.gui.editor.layer_form import LayerForm
from gradgui.gui.editor.refusal import short_reason
from gradgui.gui.editor.weight_histogram import WeightHistogram
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.side_sheet import SideSheet
from gradgui.gui.widgets.toggle import Toggle
from gradgui.session.response import idle_units, sums
from gradgui.session.snapshot import Array, Snapshot
from gradgui.text import Text, same

WIDE = 348
BUTTONS = (("left", words.EARLIER), ("right", words.LATER), ("copy", words.DUPLICATE), ("delete", words.DELETE))


class LayerSheet(SideSheet):
    """Lies over the right side of the window while the network stays in sight; Escape closes it."""

    wished = Signal(object)
    """A Wish."""
    closed = Signal()

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(None, WIDE, speech, theme, icons, parent)
        self.layer: int | None = None
        self._layer_before: int | None = None
        self._experiment: Experiment | None = None
        self._snapshot: Snapshot | None = None
        self.name_field = QLineEdit(self)
        self.form = LayerForm(speech, theme, icons, self)
        self.sizes = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.reason = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.CURRENT, parent=self)
        self.histogram = WeightHistogram(theme, self)
        self.hold_weights, self.hold_biases = Toggle(theme, draw_flake, self), Toggle(theme, draw_flake, self)
        self.plot = ActivationPlot(theme, self)
        self.legend = SaidLabel(speech, theme, words.LEGEND, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.health = SaidLabel(speech, theme, size=Size.SMALL, parent=self)
        self._heads = [
            SaidLabel(speech, theme, text, size=Size.BODY, bold=True) for text in (words.WEIGHTS, words.CURVE)
        ]
        self._frozen_others = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self.buttons = {name: QPushButton(self) for name, _ in BUTTONS}
        self._build()
        self._connect()
        self._begin()

    # --- what is shown

    def open(self, layer: int) -> None:
        """Show a layer."""
        self.layer = layer
        self.reason.say(same(""))
        self.reason.hide()
        self._follow()
        self.place()
        self.show()
        self.raise_()

    def enter(self, layer: int) -> None:
        """Show a layer, and take the keyboard."""
        self.open(layer)
        self.name_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_document(self, experiment: Experiment) -> None:
        """Follow the document."""
        self._experiment = experiment
        self.reason.hide()
        self._follow()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the run; nothing is worked out while the sheet is closed."""
        self._snapshot = snapshot
        if self.isVisible():
            self._show_numbers()

    def refuse(self, error: UserError) -> None:
        """Say in the sheet why an edit cannot be."""
        if self._layer_before is not None:
            self.layer = self._layer_before
        self.reason.say(short_reason(error))
        self._follow()
        self.reason.show()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        super().retranslate()
        say = self._speech.say
        self.name_field.setAccessibleName(say(words.NAME))
        self.name_field.setPlaceholderText(say(words.NAME))
        for toggle, text in ((self.hold_weights, words.HOLD_W), (self.hold_biases, words.HOLD_B)):
            toggle.setText(say(text))
            toggle.setAccessibleName(say(text))
        for name, text in BUTTONS:
            self.buttons[name].setText(say(text))
        self._follow()

    def restyle(self) -> None:
        """Take the colours and distances of now."""
        px = self._theme.px
        self._column.setContentsMargins(px(Space.WIDE), px(Space.GAP), px(Space.TINY), px(Space.GAP))
        self._column.setSpacing(px(Space.SMALL))
        self._inner.setContentsMargins(0, 0, px(Space.GAP), 0)
        self._inner.setSpacing(px(Space.SMALL))
        self._row.setContentsMargins(0, 0, px(Space.GAP), 0)
        self._row.setSpacing(px(Space.TINY))
        self._head.setSpacing(px(Space.GAP))
        self.name_field.setFont(self._theme.font(Size.BODY))
        for button in self.buttons.values():
            button.setFont(self._theme.font(Size.SMALL))
        super().restyle()

    # --- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _build(self) -> None:
        self._head.insertWidget(1, self.name_field, 1)  # beside the title: below, each line counts in a low window
        self._head.setStretch(0, 0)
        body = QWidget(self)
        self._inner = QVBoxLayout(body)
        for label in (self.sizes, self.reason, self.health, self.legend, self._frozen_others):
            label.setWordWrap(True)
        holds = QHBoxLayout()
        holds.addWidget(self.hold_weights)
        holds.addWidget(self.hold_biases)
        holds.addStretch(1)
        self._row = row = QHBoxLayout()
        for button in self.buttons.values():
            row.addWidget(button, 1)
        parts = (
            self.form, self.reason, self.sizes, self._heads[0], self.histogram, holds,
            self._frozen_others, self._heads[1], self.health, self.plot, self.legend,
        )  # fmt: skip
        for part in parts:
            self._inner.addWidget(part) if isinstance(part, QWidget) else self._inner.addLayout(part)
        self._inner.addStretch(1)
        self._add_scrolled(body)
        self._column.addLayout(row)

    def _connect(self) -> None:
        self.name_field.editingFinished.connect(self._rename)
        self.form.kind_chosen.connect(self._take_kind)
        self.form.option_changed.connect(self._take_option)
        self.form.refused.connect(self.refuse)
        self.hold_weights.clicked.connect(self._hold_weights)
        self.hold_biases.clicked.connect(self._hold_biases)
        slots = {"left": self._to_left, "right": self._to_right, "copy": self._duplicate, "delete": self._delete}
        for name, slot in slots.items():
            self.buttons[name].clicked.connect(slot)

    @property
    def _spec(self) -> LayerSpec | None:
        layers = () if self._experiment is None else self._experiment.network.layers
        return layers[self.layer] if self.layer is not None and self.layer < len(layers) else None

    def _follow(self) -> None:
        """Show the document as it is now; a layer that is gone closes the sheet."""
        spec = self._spec
        if spec is None or self.layer is None or self._experiment is None:
            self.hide()
            return
        name = "" if spec.name is None else self._speech.say(spec.name)
        self._title.say(words.TITLE, n=self.layer + 1)
        self.setAccessibleName(self._title.text())
        if not self.name_field.hasFocus():
            self.name_field.setText(name)
        self.form.show_spec(spec)
        frozen: tuple[str, ...] = getattr(spec, "frozen", ())
        self.hold_weights.setChecked("W" in frozen)
        self.hold_biases.setChecked("b" in frozen)
        others = [each for each in frozen if each not in ("W", "b")]
        self._frozen_others.say(words.OTHERS.filled(names=", ".join(others)))
        self._frozen_others.setVisible(bool(others))
        self.buttons["left"].setEnabled(self.layer > 0)
        self.buttons["right"].setEnabled(self.layer + 1 < len(self._experiment.network.layers))
        self._show_numbers()

    def _show_numbers(self) -> None:
        """Weights and sums of this moment."""
        snapshot, layer = self._snapshot, self.layer
        if snapshot is None or layer is None or layer >= len(snapshot.network.layers):
            return
        info, values = snapshot.network.layers[layer], snapshot.layers[layer]
        self.sizes.say(size_texts(layer, info, None if values.W is None else values.W.shape)[0])
        self._appear((self._heads[0], self.histogram, self.hold_weights, self.hold_biases), values.W is not None)
        self._appear((self._heads[1], self.plot, self.legend, self.health), info.activation is not None)
        self.histogram.show_weights(values.W)
        if info.activation is not None:
            z = sums(snapshot, layer)
            self.plot.show_layer(info.activation, z, snapshot.sample)
            self.health.say(self._judged(info.activation, z))

    @staticmethod
    def _appear(widgets: tuple[QWidget, ...], shown: bool) -> None:
        for widget in widgets:
            widget.setVisible(shown)

    @staticmethod
    def _judged(activation: str, z: Array | None) -> Text:
        if z is None:
            return words.NOT_YET
        flat, dead = idle_units(activation, z)
        said = [
            text.filled(units=words.listed(units)) for text, units in ((words.FLAT, flat), (words.DEAD, dead)) if units
        ]
        if not said:
            return words.AWAKE
        return Text(en=" ".join(each.en for each in said), zh="".join(each.zh for each in said))

    # --- what is pressed

    def _wish(self, wish: wishes.Wish) -> None:
        self.wished.emit(wish)

    @Slot()
    def _rename(self) -> None:
        spec = self._spec
        if spec is None or self.layer is None:
            return
        typed = self.name_field.text().strip()
        if typed != ("" if spec.name is None else self._speech.say(spec.name)):
            self._wish(wishes.set_name(self.layer, same(typed) if typed else None))

    @Slot(object)
    def _take_kind(self, kind: str) -> None:
        if self.layer is not None:
            self._wish(wishes.set_kind(self.layer, kind))

    @Slot(object, object)
    def _take_option(self, name: str, value: object) -> None:
        if self.layer is not None:
            self._wish(wishes.set_option(self.layer, name, value))

    @Slot(bool)
    def _hold_weights(self, on: bool) -> None:
        if self.layer is not None:
            self._wish(wishes.hold(self.layer, "W", on))

    @Slot(bool)
    def _hold_biases(self, on: bool) -> None:
        if self.layer is not None:
            self._wish(wishes.hold(self.layer, "b", on))

    @Slot()
    def _to_left(self) -> None:
        self._move(-1)

    @Slot()
    def _to_right(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        """The sheet goes with its layer."""
        if self.layer is not None:
            layer = self._layer_before = self.layer
            self.layer += by
            self._wish(wishes.move_layer(layer, layer + by))
            self._layer_before = None

    @Slot()
    def _duplicate(self) -> None:
        if self.layer is not None:
            self._wish(wishes.duplicate_layer(self.layer))

    @Slot()
    def _delete(self) -> None:
        if self.layer is not None:
            layer = self.layer
            self.hide()
            self._wish(wishes.remove_layer(layer))
