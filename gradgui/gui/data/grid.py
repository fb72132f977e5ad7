"""Rows typed by hand: numbers, cells still empty, and words that are no number, until every row is whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradgui.catalog.datasets.table import TableSpec
from gradgui.gui.widgets.number_field import parsed
from gradgui.session.snapshot import Array, DataView

Cell = float | str
"""A number, an empty text, or words that are no number."""
Row = tuple[Cell, ...]

MOST_ROWS, MOST_INPUTS, MOST_ANSWERS = 2000, 20, 10
PRECISE = 10
"""Significant digits that are kept of numbers from elsewhere."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Inputs first, then answers; `test` tells which rows are kept for testing."""

    names: tuple[str, ...]
    answers: int
    rows: tuple[Row, ...]
    test: tuple[bool, ...]

    @classmethod
    def of(cls, data: DataView) -> Grid | None:
        """A data set as rows; None where there are too many numbers to be typed."""
        inputs, answers = data.inputs.shape[1], data.targets.shape[1]
        count = len(data.inputs) + len(data.test_inputs)
        if count > MOST_ROWS or inputs > MOST_INPUTS or answers > MOST_ANSWERS:
            return None
        numbers = np.concatenate([_wide(data.inputs, data.targets), _wide(data.test_inputs, data.test_targets)])
        rows = tuple(tuple(float(f"{v:.{PRECISE}g}") for v in row) for row in numbers.tolist())
        return cls(data.features, answers, rows, tuple(k >= len(data.inputs) for k in range(count)))

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.names) + self.answers

    def heading(self, column: int) -> str:
        """x1, x2, …, then y, or y1, y2, …"""
        if column < len(self.names):
            return self.names[column]
        return "y" if self.answers == 1 else f"y{column - len(self.names) + 1}"

    def typed(self, row: int, column: int, words: str) -> Grid:
        """Something typed into a cell; below the last row it begins a new one."""
        grid = self if row < len(self.rows) else self.with_row()
        cell = read(words)
        changed = (*grid.rows[row][:column], cell, *grid.rows[row][column + 1 :])
        return replace(grid, rows=(*grid.rows[:row], changed, *grid.rows[row + 1 :]))

    def pasted(self, row: int, column: int, block: Sequence[Sequence[str]]) -> Grid:
        """A block of cells from a spreadsheet, its first one at this place; rows and columns are added as needed."""
        grid = self
        wide = max((len(line) for line in block), default=0)
        while column + wide > grid.width and len(grid.names) < MOST_INPUTS:
            grid = grid.with_input()
        for down, line in enumerate(block[: MOST_ROWS - row]):
            for right, words in enumerate(line[: grid.width - column]):
                grid = grid.typed(row + down, column + right, words)
        return grid

    def with_row(self) -> Grid:
        """One more row, empty."""
        return replace(self, rows=(*self.rows, ("",) * self.width), test=(*self.test, False))

    def without_rows(self, gone: set[int]) -> Grid:
        """Fewer rows."""
        kept = [k for k in range(len(self.rows)) if k not in gone]
        return replace(self, rows=tuple(self.rows[k] for k in kept), test=tuple(self.test[k] for k in kept))

    def with_input(self) -> Grid:
        """One more input column, 0 in every row."""
        at = len(self.names)
        number = next(n for n in range(1, at + 2) if f"x{n}" not in self.names)
        rows = tuple((*row[:at], 0.0, *row[at:]) for row in self.rows)
        return replace(self, names=(*self.names, f"x{number}"), rows=rows)

    def with_answer(self) -> Grid:
        """One more answer column, 0 in every row."""
        return replace(self, answers=self.answers + 1, rows=tuple((*row, 0.0) for row in self.rows))

    def without_column(self, column: int) -> Grid:
        """One column fewer; the last input and the last answer stay."""
        inputs = len(self.names)
        if (column < inputs and inputs == 1) or (column >= inputs and self.answers == 1):
            return self
        names = self.names[:column] + self.names[column + 1 :] if column < inputs else self.names
        answers = self.answers if column < inputs else self.answers - 1
        rows = tuple(row[:column] + row[column + 1 :] for row in self.rows)
        return replace(self, names=names, answers=answers, rows=rows)

    def renamed(self, column: int, name: str) -> Grid:
        """Another heading for an input."""
        return replace(self, names=(*self.names[:column], name, *self.names[column + 1 :]))

    def tested(self, row: int, on: bool) -> Grid:
        """Keep a row for testing, or learn from it."""
        return replace(self, test=(*self.test[:row], on, *self.test[row + 1 :]))

    def whole(self, row: int) -> bool:
        """Whether every cell of a row is a number."""
        return all(isinstance(cell, float) for cell in self.rows[row])

    def spec(self) -> TableSpec | None:
        """What the document keeps: the whole rows; None as long as there is nothing to learn from."""
        train = [k for k in range(len(self.rows)) if self.whole(k) and not self.test[k]]
        test = [k for k in range(len(self.rows)) if self.whole(k) and self.test[k]]
        if not train:
            return None
        x, y = self._parts(train)
        test_x, test_y = self._parts(test)
        plain = self.names == tuple(f"x{k + 1}" for k in range(len(self.names)))
        return TableSpec(x=x, y=y, test_x=test_x, test_y=test_y, names=() if plain else self.names)

    def _parts(self, which: list[int]) -> tuple[tuple[tuple[float, ...], ...], tuple[tuple[float, ...], ...]]:
        cut = len(self.names)
        rows = [tuple(float(cell) for cell in self.rows[k]) for k in which]
        return tuple(row[:cut] for row in rows), tuple(row[cut:] for row in rows)


def read(words: str) -> Cell:
    """The number that was meant; else the words as they are."""
    number = parsed(words)
    return words.strip() if number is None else number


def block_of(text: str) -> list[list[str]]:
    """Cells on the clipboard: rows of a spreadsheet, or numbers with commas, semicolons or spaces between them.

    A first line of names alone is left out.
    """
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    mark = next((mark for mark in ("\t", ";") if any(mark in line for line in lines)), None)
    if mark is None:
        mark = "," if any(re.search(r",\s*\S", line) for line in lines) and not _decimals(lines) else None
    block = [[cell.strip() for cell in line.split(mark)] for line in lines]
    if len(block) > 1 and not any(isinstance(read(cell), float) for cell in block[0]):
        return block[1:]
    return block


def _decimals(lines: list[str]) -> bool:
    """Whether every line is a single number with a decimal comma."""
    return all(re.fullmatch(r"\s*[-−+]?\d+,\d+\s*", line) for line in lines)


def _wide(x: Array, y: Array) -> Array:
    return np.concatenate([x, y], axis=1)
