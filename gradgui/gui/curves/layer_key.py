"""What the lines of all layers are: what is measured, then each layer's name in its colour."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QLabel, QWidget

from gradgui.gui.curves.layer_plot import layer_colour
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.text import Text

_ROW = '<span style="color: {colour}">▬</span>&nbsp;{name}'
_BETWEEN = "&nbsp;&nbsp;&nbsp; "


class LayerKey(QLabel):
    """One line of words, or several where there are many layers."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._said: tuple[Text, tuple[tuple[int, Text], ...]] | None = None
        self.setWordWrap(True)
        speech.changed.connect(self._write)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_layers(self, measured: Text, layers: Sequence[tuple[int, Text]]) -> None:
        """Name what is measured and these layers, each with its number."""
        if (measured, tuple(layers)) != self._said:
            self._said = measured, tuple(layers)
            self._write()

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        self.setFont(self._theme.font(Size.SMALL))
        self.setStyleSheet(f"color: {self._theme.palette.muted};")
        self._write()

    def _write(self) -> None:
        if self._said is None:
            return
        say, (measured, layers) = self._speech.say, self._said
        names = [
            _ROW.format(colour=layer_colour(layer), name=escape(say(name)).replace(" ", "&nbsp;"))
            for layer, name in layers
        ]
        self.setText(_BETWEEN.join([escape(say(measured)), *names]))
