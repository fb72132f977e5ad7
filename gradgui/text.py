"""Words in every language of the program, kept beside the thing they name."""

from __future__ import annotations

from enum import Enum

import msgspec


class Language(Enum):
    """A language the whole window can be read in."""

    ENGLISH = "en"
    CHINESE = "zh"


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing said in English and in Simplified Chinese; `{fields}` are filled when it is shown."""

    en: str
    zh: str

    def in_language(self, language: Language, **fields: object) -> str:
        """The words in one language, with every `{field}` replaced."""
        words = self.zh if language is Language.CHINESE else self.en
        if not fields:
            return words
        return words.format(**{name: _said(value, language) for name, value in fields.items()})

    def filled(self, **fields: object) -> Text:
        """The same text with its fields already replaced, in both languages."""
        return Text(
            en=self.in_language(Language.ENGLISH, **fields),
            zh=self.in_language(Language.CHINESE, **fields),
        )


def same(words: str) -> Text:
    """A text that reads alike in every language: a symbol, a number, a file name."""
    return Text(en=words, zh=words)


def _said(value: object, language: Language) -> object:
    return value.in_language(language) if isinstance(value, Text) else value
