"""The language of the window, switched live."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gradgui.text import Language, Text


class Speech(QObject):
    """Says texts in the chosen language and tells every view when that changes.

    A view connects `changed` to its own `retranslate`, which may be called any number of times.
    """

    changed = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language

    @property
    def language(self) -> Language:
        """The language spoken now."""
        return self._language

    def speak(self, language: Language) -> None:
        """Switch; every view hears `changed` once."""
        if language is not self._language:
            self._language = language
            self.changed.emit()

    def toggle(self) -> None:
        """The other language."""
        chinese = self._language is Language.CHINESE
        self.speak(Language.ENGLISH if chinese else Language.CHINESE)

    def say(self, text: Text, **fields: object) -> str:
        """The words of `text` now."""
        return text.in_language(self._language, **fields)
