"""How a kind declares its options: type, range, default and a name in both languages, all in one place."""

from __future__ import annotations

import msgspec
from msgspec import inspect

from gradgui.text import Text


def Label(text: Text) -> msgspec.Meta:  # noqa: N802 - reads as a type in annotations
    """What people call an option."""
    return msgspec.Meta(extra={"label": text})


def Range(low: float, high: float) -> msgspec.Meta:  # noqa: N802
    """From which number to which number, both included."""
    return msgspec.Meta(ge=low, le=high)


def label_of(shape: inspect.Type) -> tuple[Text | None, inspect.Type]:
    """What people call an option, None where it has no name; and its bare type."""
    label: Text | None = None
    while isinstance(shape, inspect.Metadata):
        found = (shape.extra or {}).get("label")
        label = found if label is None and isinstance(found, Text) else label
        shape = shape.type
    return label, shape
