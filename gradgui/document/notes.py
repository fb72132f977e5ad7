"""What a user noted down while debugging, as a file keeps it: breakpoints, watches, bookmarks, and where one stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from gradgui.catalog.options import Range
from gradgui.document.explain import ELSEWHERE, EXPECTED, shown
from gradgui.errors import UserError
from gradgui.text import Text

MOST = 1000
"""Breakpoints, watches or bookmarks in one file."""
LONGEST = 1000
"""Letters of an expression or a name."""
LAST = 10**9

BreakpointKind = Literal[
    "event", "layer", "sign change", "weight change", "norm above", "norm below", "not finite", "loss rising",
    "validation loss rising", "dead relu", "vanishing", "exploding", "condition",
]  # fmt: skip
EventId = Literal[
    "linear", "activation", "normalize", "dropout", "pool", "flatten", "join", "copy", "formula", "loss",
    "dL/da", "dL/dz", "dL/dW", "dL/db", "dL/dx", "update",
]  # fmt: skip

TOO_MANY = Text(en="expected at most {most} entries, got {count}", zh="最多 {most} 项，实际为 {count} 项")
TOO_LONG = Text(en="expected at most {most} letters, got {count}", zh="最多 {most} 个字符，实际为 {count} 个")
LAYER = Text(en="a layer from L1 to L{count}", zh=" L1 到 L{count} 中的一层")
NAME = Text(en="a parameter such as L1.W, L1.W[0,1] or L2.b[0]", zh=" L1.W、L1.W[0,1] 或 L2.b[0] 这样的参数名")

_LAYER = re.compile(r"L([1-9]\d{0,3})")
_PARAMETER = re.compile(r"(?:L(\d{1,4})\.[Wb]|[Wb](\d{1,4}))(?:\[\d{1,6}(?:,\s*\d{1,6})?\])?")

Step = Annotated[int, Range(0, LAST)]


class BreakpointSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing to stop for."""

    kind: BreakpointKind
    layer: str | None = None
    """L1, L2, …; None for the whole network."""
    event: EventId | None = None
    phase: Literal["forward", "loss", "backward", "update"] | None = None
    parameter: str = ""
    limit: float = 1.0
    condition: str = ""
    every: Annotated[int, Range(1, LAST)] = 1
    enabled: bool = True
    log_only: bool = False


class BookmarkSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moment with a name."""

    name: str
    iteration: Step
    cursor: Step


class PositionSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where one stood: after `cursor` events of training step `iteration`, both from 0."""

    iteration: Step
    cursor: Step
    start: tuple[float, ...] = ()
    """(P,) the parameters with which the run began; from there the same steps lead to the same place."""


def check_notes(
    layers: int,
    breakpoints: Sequence[BreakpointSpec],
    watches: Sequence[str],
    bookmarks: Sequence[BookmarkSpec],
) -> None:
    """Raises UserError naming place and reason."""
    for place, entries in (("breakpoints", breakpoints), ("watches", watches), ("bookmarks", bookmarks)):
        if len(entries) > MOST:
            raise UserError(ELSEWHERE, place=place, why=TOO_MANY.filled(most=MOST, count=len(entries)))
    for index, one in enumerate(breakpoints):
        _check_breakpoint(one, layers, f"breakpoints[{index}]")
    for index, watch in enumerate(watches):
        _check_length(watch, f"watches[{index}]")
    for index, mark in enumerate(bookmarks):
        _check_length(mark.name, f"bookmarks[{index}].name")


def _check_breakpoint(one: BreakpointSpec, layers: int, place: str) -> None:
    found = None if one.layer is None else _LAYER.fullmatch(one.layer)
    if one.layer is not None and (found is None or int(found[1]) > layers):
        raise UserError(EXPECTED, place=f"{place}.layer", wanted=LAYER.filled(count=layers), got=shown(one.layer))
    if one.kind in ("sign change", "weight change"):
        named = _PARAMETER.fullmatch(one.parameter)
        if named is None or not 1 <= int(named[1] or named[2]) <= layers:
            raise UserError(EXPECTED, place=f"{place}.parameter", wanted=NAME, got=shown(one.parameter))
    _check_length(one.condition, f"{place}.condition")


def _check_length(words: str, place: str) -> None:
    if len(words) > LONGEST:
        raise UserError(ELSEWHERE, place=place, why=TOO_LONG.filled(most=LONGEST, count=len(words)))
