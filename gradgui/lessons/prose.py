"""Numbers in prose: {grad('L1.b')[0]:+.2f} is filled in from the engine, so that no text can go stale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradgui.errors import UserError
from gradgui.expressions import Expression, Names
from gradgui.lessons.facts import condition
from gradgui.text import Text

SLOT = re.compile(r"\{([^{}]*?)(?::([+ ]?(?:\.\d{1,2})?[defg%]?))?\}")
NO_NUMBER = Text(en="{source} is no number", zh="{source} 不是一个数")


def slots(text: Text) -> Iterator[tuple[Expression, str]]:
    """Every expression with its format, in both languages; raises UserError for one that cannot be read."""
    for words in (text.en, text.zh):
        for match in SLOT.finditer(words):
            yield condition(match[1]), match[2] or ""


def filled(text: Text, names: Names) -> Text:
    """The text with its numbers; raises UserError where there is none."""

    def number(match: re.Match[str]) -> str:
        value = condition(match[1]).evaluate(names)
        try:
            return format(float(value), match[2] or "g").replace("-", "−")  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise UserError(NO_NUMBER, source=match[1]) from None

    return Text(en=SLOT.sub(number, text.en), zh=SLOT.sub(number, text.zh))
