"""How a kind declares its options: type, range, default and a name in both languages, all in one place."""

from __future__ import annotations

import msgspec

from gradgui.text import Text


def Label(text: Text) -> msgspec.Meta:  # noqa: N802 - reads as a type in annotations
    """What people call an option."""
    return msgspec.Meta(extra={"label": text})


def Range(low: float, high: float) -> msgspec.Meta:  # noqa: N802
    """From which number to which number, both included."""
    return msgspec.Meta(ge=low, le=high)
