"""Trouble we expect, said kindly in the user's language."""

from __future__ import annotations

from gradgui.text import Language, Text


class UserError(Exception):
    """Something the user can mend; `text` names the place and the reason in one sentence."""

    def __init__(self, text: Text, **fields: object) -> None:
        self.text = text.filled(**fields) if fields else text
        super().__init__(self.text.en)

    def in_language(self, language: Language) -> str:
        """The sentence to show."""
        return self.text.in_language(language)
