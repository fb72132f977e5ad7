"""Reads a CSV file into columns, or shows how it would be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from gradgui.catalog.datasets._csv_columns import Column, NumberColumn, column
from gradgui.catalog.datasets._csv_layout import MOST_COLUMNS, SAMPLE, Layout, Row, guessed, let_go, number, table_rows
from gradgui.catalog.datasets._csv_text import read_text
from gradgui.errors import UserError
from gradgui.text import Text

SHOWN = 20
"""Rows of a preview."""
LISTED = 12
"""Names that an error message lists."""
AUTOMATIC = Layout()
State = tuple[int, int]
"""When a file was changed, in nanoseconds, and its size in bytes."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file, and the layout that was found."""

    columns: tuple[Column, ...]
    layout: Layout


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import dialog shows before anything is taken over."""

    layout: Layout
    """With every guess settled."""
    names: tuple[str, ...]
    numeric: tuple[bool, ...]
    """Whether a column seems to hold numbers; else words."""
    rows: tuple[tuple[str, ...], ...]
    """The first ones, as they stand."""
    count: int
    """Examples in the whole file."""
    trouble: Text | None
    """Why the file cannot be used as it is, if so."""


def read_table(path: Path, layout: Layout = AUTOMATIC, ignored: tuple[str, ...] = ()) -> Table:
    """The whole file without the `ignored` columns; raises UserError naming file, row and column.

    The last files are remembered, for as long as they do not change.
    """
    state = state_of(path)
    return _read.__wrapped__(path, state, layout, ignored) if state is None else _read(path, state, layout, ignored)


def state_of(path: Path) -> State | None:
    """Tells whether a file has changed; None where that cannot be told."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def preview(path: Path, layout: Layout = AUTOMATIC) -> Preview:
    """How the file would be read; raises UserError where it cannot be shown at all."""
    try:
        text, encoding = read_text(path, layout.encoding)
        layout = guessed(text, replace(layout, encoding=encoding))
        rows = table_rows(text, layout)
        names, rows = _names(rows, layout)
    except UserError as error:
        raise _of_file(path, error) from None
    trouble = None
    try:
        _columns(names, rows, layout)
    except UserError as error:
        trouble = error.text
    sample = list(zip(*(row.cells for row in rows[:SAMPLE]), strict=True))
    numeric = tuple(
        2 * sum(number(cell, layout.decimal) is not None for cell in cells) >= len(cells) for cells in sample
    )
    shown, count = tuple(row.cells for row in rows[:SHOWN]), len(rows)
    let_go(rows)
    return Preview(layout, names, numeric, shown, count, trouble)


@lru_cache(maxsize=2)
def _read(path: Path, _state: State | None, layout: Layout, ignored: tuple[str, ...]) -> Table:
    try:
        text, encoding = read_text(path, layout.encoding)
        layout = guessed(text, replace(layout, encoding=encoding))
        names, rows = _names(table_rows(text, layout), layout)
        refuse_strangers(ignored, names)
        columns = _columns(names, rows, layout, ignored)
        let_go(rows)
        return Table(columns, layout)
    except UserError as error:
        raise _of_file(path, error) from None


def _of_file(path: Path, error: UserError) -> UserError:
    return UserError(Text(en="{file}: {why}.", zh="{file}：{why}。"), file=path.name, why=error.text)


def _names(rows: list[Row], layout: Layout) -> tuple[tuple[str, ...], list[Row]]:
    """The columns' names and the rows below them."""
    if not rows:
        raise UserError(Text(en="the file is empty", zh="文件是空的"))
    if len(rows[0].cells) > MOST_COLUMNS:
        raise UserError(
            Text(en="it has {got} columns; at most {most} can be read", zh="有 {got} 列；最多能读 {most} 列"),
            got=len(rows[0].cells),
            most=MOST_COLUMNS,
        )
    if layout.header == "no":
        return tuple(f"x{i + 1}" for i in range(len(rows[0].cells))), rows
    names = tuple(cell.strip() or f"x{i + 1}" for i, cell in enumerate(rows[0].cells))
    refuse_twins(names)
    if len(rows) == 1:
        raise UserError(Text(en="there are only column names and no example", zh="只有列名，没有任何样本"))
    return names, rows[1:]


def refuse_twins(names: tuple[str, ...]) -> None:
    """Raise UserError where two columns have the same name."""
    twin = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if twin is not None:
        raise UserError(Text(en="two columns are called “{name}”", zh="有两列都叫“{name}”"), name=twin)


def refuse_strangers(wanted: Iterable[str], names: Collection[str]) -> None:
    """Raise UserError for a name that no column has."""
    stranger = next((name for name in wanted if name not in names), None)
    if stranger is not None:
        raise UserError(
            Text(en="there is no column “{name}”; there are {known}", zh="没有“{name}”列；现有的列：{known}"),
            name=stranger,
            known=", ".join([*names][:LISTED]) + (", …" if len(names) > LISTED else ""),
        )


def _columns(
    names: tuple[str, ...], rows: list[Row], layout: Layout, ignored: Collection[str] = ()
) -> tuple[Column, ...]:
    numbers = [row.number for row in rows]
    by_column = zip(*(row.cells for row in rows), strict=True)
    columns = tuple(
        column(name, cells, numbers, layout.decimal)
        for name, cells in zip(names, by_column, strict=True)
        if name not in ignored
    )
    for each in columns:
        (each.values if isinstance(each, NumberColumn) else each.codes).setflags(write=False)
    return columns
