"""A trace as a table: one line for each number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from gradgui.export.trace import TraceRow

HEAD = ("i", "phase", "kind", "layer", "name", "row", "column", "value")


def trace_as_csv(rows: Iterable[TraceRow]) -> bytes:
    """i, phase, kind, layer, name, row, column, value; rows of W are units, other rows are samples."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for row in rows:
        for place, value in _numbers(row.value):
            writer.writerow([row.i, row.phase, row.kind, row.layer or "", row.name, *place, repr(value)])
    return out.getvalue().encode()


def _numbers(value: object) -> Iterator[tuple[tuple[object, object], object]]:
    """Every number with its row and column, empty where there is none."""
    if not isinstance(value, list):
        yield ("", ""), value
        return
    for r, entry in enumerate(value):
        if isinstance(entry, list):
            yield from (((r, c), number) for c, number in enumerate(entry))
        else:
            yield (r, ""), entry
