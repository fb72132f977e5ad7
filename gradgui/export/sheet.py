"""What a printed sheet is made of: blocks that follow each other, said in every language at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gradgui.export.picture import Picture
from gradgui.text import Language, Text


class Tone(Enum):
    """How words look on paper."""

    PLAIN = "plain"
    QUESTION = "question"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Title:
    """At the top of a sheet: small words above, the title below."""

    above: Text
    words: Text


@dataclass(frozen=True, slots=True)
class Fields:
    """Something to fill in, side by side: Name, Class, Date."""

    names: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part; stays with what follows."""

    words: Text


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, with a number or a sign before it."""

    words: Text
    tone: Tone = Tone.PLAIN
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Answers to choose from, with an empty box; `right` is ticked."""

    answers: tuple[Text, ...]
    right: int | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Quantities by their formulas; without a value there is a line to write on."""

    latex: tuple[str, ...]
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Formulas:
    """Formulas with a word of what each is for."""

    rows: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write, after a word."""

    prompt: Text
    count: int = 1


@dataclass(frozen=True, slots=True)
class Drawings:
    """Pictures side by side."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Title | Fields | Heading | Words | Options | Numbers | Formulas | Lines | Drawings | NewPage


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to print."""

    name: Text
    """Written at the foot of every page."""
    blocks: tuple[Block, ...]
    languages: tuple[Language, ...]
    """One, or two: then every paragraph is said in both."""
