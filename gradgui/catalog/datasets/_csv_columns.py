"""Columns: a column of a file holds numbers or words, and says which cell it cannot understand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._csv_layout import Decimal, number
from gradgui.errors import UserError
from gradgui.text import Text

MISSING = {"", "?", "nan", "null", "n/a", "#n/a"}
"""How files say that they do not know."""
LARGEST = 1e100
"""Squares of larger numbers would overflow."""

NOT_THERE = Text(en="the value is missing", zh="缺少数值")
NO_NUMBER = Text(en="“{cell}” is no number", zh="“{cell}”不是数")
TOO_LARGE = Text(en="“{cell}” is no finite number, or too large a one", zh="“{cell}”不是有限的数，或者太大")


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers."""

    name: str
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of words: `words[codes[i]]` stands in example i."""

    name: str
    words: tuple[str, ...]
    codes: NDArray[np.int64]


Column = NumberColumn | TextColumn


def column(name: str, cells: Sequence[str], rows: Sequence[int], decimal: Decimal) -> Column:
    """The column of these cells, which stand in these rows; raises UserError naming row and column."""
    values = _quickly(cells) if decimal == "." else None
    if values is None:
        return _carefully(name, [cell.strip() for cell in cells], rows, decimal)
    return NumberColumn(name, values)


def _quickly(cells: Sequence[str]) -> NDArray[np.float64] | None:
    """Nearly all columns are nothing but ordinary numbers."""
    try:
        values = np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return None
    ordinary = bool((np.abs(values) <= LARGEST).all()) and "_" not in "".join(cells)
    return values if ordinary else None


def _carefully(name: str, cells: list[str], rows: Sequence[int], decimal: Decimal) -> Column:
    values = [number(cell, decimal) for cell in cells]
    numeric = 2 * sum(value is not None for value in values) >= len(cells)
    for row, cell, value in zip(rows, cells, values, strict=True):
        if (wrong := _what_is_wrong(cell, value, numeric)) is not None:
            raise UserError(
                Text(en="row {row}, column “{name}”: {why}", zh="第 {row} 行“{name}”列：{why}"),
                row=row,
                name=name,
                why=wrong.filled(cell=_shortened(cell)),
            )
    if numeric:
        return NumberColumn(name, np.array(values, dtype=np.float64))
    words = tuple(sorted(set(cells)))
    numbers = {word: code for code, word in enumerate(words)}
    return TextColumn(name, words, np.array([numbers[cell] for cell in cells], dtype=np.int64))


def _what_is_wrong(cell: str, value: float | None, numeric: bool) -> Text | None:
    if cell.casefold() in MISSING:
        return NOT_THERE
    if not numeric:
        return None
    if value is None:
        return NO_NUMBER
    return None if abs(value) <= LARGEST else TOO_LARGE


def _shortened(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:39] + "…"
