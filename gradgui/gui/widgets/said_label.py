"""A label that remembers what it says, and says it again when the language changes."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QLabel, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.dressing import mark
from gradgui.text import Text, same


class Tone(Enum):
    """How loudly words are said."""

    PLAIN = "plain"
    MUTED = "muted"
    CURRENT = "current"
    DONE = "done"


class SaidLabel(QLabel):
    """Words in the language of now, with their fields filled."""

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        text: Text | None = None,
        *,
        size: Size = Size.BODY,
        tone: Tone = Tone.PLAIN,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._size, self._bold = speech, theme, size, bold
        self._said, self._fields = text or same(""), dict[str, object]()
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.set_tone(tone)
        self.restyle()
        self.retranslate()

    def say(self, text: Text, **fields: object) -> None:
        """Show other words; fields may be numbers, names or texts."""
        self._said, self._fields = text, fields
        self.retranslate()

    def set_tone(self, tone: Tone) -> None:
        """Say it louder or softer."""
        mark(self, "tone", tone.value)

    def set_size(self, size: Size) -> None:
        """Say it in larger or smaller letters."""
        self._size = size
        self.restyle()

    def retranslate(self) -> None:
        """Say the same in the language of now."""
        self.setText(self._speech.say(self._said, **self._fields))

    def restyle(self) -> None:
        """Take the size of now."""
        self.setFont(self._theme.font(self._size, self._bold))
