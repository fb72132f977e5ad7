"""How a kind declares its options: type, range, default and a name in both languages, all in one place."""

from __future__ import annotations

from typing import Any

import msgspec

from gradgui.text import Text


def Label(text: Text) -> msgspec.Meta:  # noqa: N802 - reads as a type in annotations
    """What people call an option."""
    return msgspec.Meta(extra={"label": text})


def Range(low: float | None = None, high: float | None = None) -> msgspec.Meta:  # noqa: N802
    """From which number to which number, both included."""
    limits: dict[str, Any] = {}
    if low is not None:
        limits["ge"] = low
    if high is not None:
        limits["le"] = high
    return msgspec.Meta(**limits)
