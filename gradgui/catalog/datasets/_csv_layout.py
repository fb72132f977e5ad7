"""The layout of a CSV file: what parts the columns, whether names stand on top, and how decimals are written."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from gradgui.catalog.datasets._csv_text import Encoding
from gradgui.errors import UserError
from gradgui.text import Text

Delimiter = Literal["auto", ",", ";", "\t", "|"]
Header = Literal["auto", "yes", "no"]
Decimal = Literal["auto", ".", ","]

DELIMITERS: tuple[Delimiter, ...] = (",", ";", "\t", "|")
SAMPLE, SAMPLE_LETTERS = 100, 200_000
"""So many rows, or letters, are looked at for a guess."""
POINT, COMMA = re.compile(r"[+\-−]?\d*\.\d+"), re.compile(r"[+\-−]?\d+,\d+")
MOST_ROWS, MOST_COLUMNS = 50_000, 129
BLOCK, SHARE = 500_000, 500
"""So many letters are taken up, and so many rows let go, at a time: in between, the window has its turn."""

Cells = tuple[str, ...]
"""Tuples: Python's collector leaves them alone once it has seen that they hold nothing but words."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read; “auto” is guessed from the file."""

    encoding: Encoding = "auto"
    delimiter: Delimiter = "auto"
    header: Header = "auto"
    decimal: Decimal = "auto"


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number in the file, counted as spreadsheets do."""

    number: int
    cells: Cells


def number(cell: str, decimal: Decimal = ".") -> float | None:
    """The number in a cell, None where there is none; infinite where it is too large."""
    cell = cell.replace("−", "-")
    if decimal == ",":
        cell = cell.replace(",", ".")
    try:
        return None if "_" in cell else float(cell)
    except ValueError:
        return None


def guessed(text: str, layout: Layout) -> Layout:
    """The layout with every “auto” settled."""
    if len(text) > SAMPLE_LETTERS:
        text = text[: text.rfind("\n", 0, SAMPLE_LETTERS) + 1 or SAMPLE_LETTERS]
    if layout.delimiter == "auto":
        layout = replace(layout, delimiter=_delimiter(text))
    rows = [row.cells for row in islice(_rows(text, layout.delimiter, strict=False), SAMPLE)]
    if layout.decimal == "auto":
        layout = replace(layout, decimal=_decimal(rows))
    if layout.header == "auto":
        layout = replace(layout, header="yes" if _has_header(rows, layout.decimal) else "no")
    return layout


def table_rows(text: str, layout: Layout) -> list[Row]:
    """All rows that hold anything, equally long; raises UserError naming the row that is not."""
    rows: list[Row] = []
    for row in _rows(text, layout.delimiter):
        if rows and len(row.cells) != len(rows[0].cells):
            raise UserError(
                Text(
                    en="row {row} has {got} columns, but the first row has {wanted}",
                    zh="第 {row} 行有 {got} 列，而第一行有 {wanted} 列",
                ),
                row=row.number,
                got=len(row.cells),
                wanted=len(rows[0].cells),
            )
        rows.append(row)
        _check_size(rows, layout)
    return _without_empty_end(rows)


def _check_size(rows: list[Row], layout: Layout) -> None:
    if len(rows) - (layout.header == "yes") > MOST_ROWS:
        raise UserError(Text(en="it has more than {most} rows", zh="超过 {most} 行"), most=f"{MOST_ROWS:,}")
    if len(rows) == 1 and len(rows[0].cells) > MOST_COLUMNS + 1:
        raise UserError(
            Text(en="it has {got} columns; at most {most} can be read", zh="有 {got} 列；最多能读 {most} 列"),
            got=len(rows[0].cells),
            most=MOST_COLUMNS,
        )


def _without_empty_end(rows: list[Row]) -> list[Row]:
    """Many programs end every line with a delimiter: that makes no column."""
    if rows and len(rows[0].cells) > 1 and not any(row.cells[-1].strip() for row in rows):
        return [Row(row.number, row.cells[:-1]) for row in rows]
    return rows


def _rows(text: str, delimiter: str, strict: bool = True) -> Iterator[Row]:
    reader = csv.reader(_lines(text), delimiter=delimiter, skipinitialspace=True, strict=strict)
    place = 0
    try:
        for place, cells in enumerate(reader, 1):
            if any(cell and not cell.isspace() for cell in cells):
                yield Row(place, tuple(cells))
    except csv.Error:
        if strict:
            raise UserError(
                Text(
                    en='row {row}: a quotation mark " is not closed or in the wrong place, or a cell is far too long',
                    zh='第 {row} 行：引号 " 没有配对或位置不对，或者单元格过长',
                ),
                row=place + 1,
            ) from None


def _lines(text: str) -> Iterator[str]:
    """Line by line, each with its end as it stands."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + BLOCK) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def let_go(rows: list[Row]) -> None:
    """Forget millions of cells little by little: all at once they would hold up the window."""
    while rows:
        del rows[-SHARE:]


def _delimiter(text: str) -> Delimiter:
    """The one that gives equally long rows, and cells without other delimiters in them."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: Delimiter) -> tuple[float, float, int]:
    rows = [row.cells for row in islice(_rows(text, delimiter, strict=False), SAMPLE)]
    lengths = Counter(len(cells) for cells in rows)
    length, times = lengths.most_common(1)[0] if lengths else (1, 0)
    if length == 1:
        return 0.0, 0.0, 1
    cells = [cell for cells in rows for cell in cells]
    clean = sum(not any(other in cell for other in DELIMITERS) or bool(COMMA.fullmatch(cell)) for cell in cells)
    return times / len(rows), clean / len(cells), length


def _decimal(rows: list[Cells]) -> Decimal:
    cells = [cell.strip() for cells in rows for cell in cells]
    commas = any(COMMA.fullmatch(cell) for cell in cells)
    return "," if commas and not any(POINT.fullmatch(cell) for cell in cells) else "."


def _has_header(rows: list[Cells], decimal: Decimal) -> bool:
    """Names on top are no numbers; below them stand numbers, or texts that differ from the names."""
    if not rows or any(number(cell, decimal) is not None for cell in rows[0]):
        return False
    below = list(zip(*rows[1:], strict=False))
    if any(number(column[0], decimal) is not None for column in below):
        return True
    return not any(name in column for name, column in zip(rows[0], below, strict=False))
