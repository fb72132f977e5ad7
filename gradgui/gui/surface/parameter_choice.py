"""One axis: first its layer, then one of that layer's parameters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.session.axes_view import LayerChoices
from gradgui.text import Text, same

_LAYER = Text(en="Layer of the {axis} axis", zh="{axis} 轴的层")
_PARAMETER = Text(en="Parameter of the {axis} axis", zh="{axis} 轴的参数")
_NAMED = Text(en="{id} · {name}", zh="{id} · {name}")


class ParameterChoice(QWidget):
    """Two lists; the second follows the first."""

    chosen = Signal()
    """The user chose another parameter."""

    def __init__(self, axis: str, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[LayerChoices, ...] = ()
        self._layer = Choice(_LAYER.filled(axis=axis), speech, theme, icons, self)
        self._parameter = Choice(_PARAMETER.filled(axis=axis), speech, theme, icons, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(int(Space.SMALL))
        row.addWidget(SaidLabel(speech, theme, same(axis), size=Size.SMALL, bold=True, parent=self))
        for part in (self._layer, self._parameter):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            part.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            row.addWidget(part, 1)
        self._layer.chosen.connect(self._change_layer)
        self._parameter.chosen.connect(self._tell)

    @property
    def parameter(self) -> str | None:
        """Full name of what is chosen."""
        return self._parameter.choice

    def show_choice(self, layers: tuple[LayerChoices, ...], name: str | None) -> None:
        """Offer these parameters, with this one chosen; any, where the name is none of them."""
        if layers is not self._layers:
            self._layers = layers
            self._layer.set_choices([(layer.id, _called(layer)) for layer in layers])
        owner = next((layer for layer in layers if name in layer.parameters), None)
        owner = owner or next((layer for layer in layers if layer.id == self._layer.choice), None)
        if owner is None:
            return
        self._layer.choose(owner.id)
        self._offer(owner)
        if name is not None:
            self._parameter.choose(name)

    def _offer(self, layer: LayerChoices) -> None:
        before = self._parameter.choice
        if before not in layer.parameters or self._parameter.count() != len(layer.parameters):
            names = [(name, same(name.removeprefix(f"{layer.id}."))) for name in layer.parameters]
            self._parameter.set_choices(names)

    def _change_layer(self, layer_id: str) -> None:
        self._offer(next(layer for layer in self._layers if layer.id == layer_id))
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit()


def _called(layer: LayerChoices) -> Text:
    named = layer.name.en != layer.id
    return _NAMED.filled(id=layer.id, name=layer.name) if named else same(layer.id)
