"""What a printed sheet is made of: blocks that follow each other, said in every language at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gradgui.export.picture import Picture
from gradgui.text import Language, Text

LETTERS = "ABCDEFGH"
"""Before the answers to choose from."""


class Tone(Enum):
    """How words look on paper."""

    PLAIN = "plain"
    QUESTION = "question"
    QUIET = "quiet"
    REMARK = "remark"
    """Belongs to the question above."""


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
class Ticks:
    """What belongs to a task, each with an empty box to tick when it is done."""

    parts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Quantities by their formulas; without a value there is a line to write on."""

    rows: tuple[tuple[str, str | None], ...]
    """LaTeX up to its equals sign or arrow, and the value."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """Formulas with a word of what each is for."""

    rows: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write, after each of these words; the lines that the sheet has for one question are shared."""

    prompts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Drawings:
    """Pictures side by side."""

    pictures: tuple[Picture, ...]


Block = Title | Fields | Heading | Words | Options | Ticks | Numbers | Formulas | Lines | Drawings


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to print."""

    name: Text
    """Written at the foot of every page."""
    blocks: tuple[Block, ...]
    languages: tuple[Language, ...]
    """One, or two: then every paragraph is said in both."""
