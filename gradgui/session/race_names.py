"""What the optimisers are called, for those who may not look into the catalog."""

from __future__ import annotations

from functools import cache

from gradgui.catalog.registry import optimizer_kinds
from gradgui.text import Text


@cache
def race_names() -> dict[str, Text]:
    """Names by catalog id."""
    return {kind.id: kind.name for kind in optimizer_kinds().values()}
