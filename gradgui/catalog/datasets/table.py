"""Table: examples typed in by hand."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import DataKind, DataSpec, Examples
from gradgui.catalog.options import Label
from gradgui.errors import UserError
from gradgui.text import Text

Rows = tuple[tuple[float, ...], ...]
COLUMNS_AT_MOST = 20_000
TOO_WIDE = Text(
    en="data.{name}[0]: expected at most {limit} numbers, got {got}.",
    zh="data.{name}[0]：最多 {limit} 个数，实际为 {got} 个。",
)
NAMES = Text(
    en="data.names: expected {wanted} different names, one for each input.",
    zh="data.names：应有 {wanted} 个互不相同的名称，每个输入一个。",
)


class TableSpec(DataSpec, frozen=True, kw_only=True, tag="table"):
    """Rows of inputs and targets."""

    x: Rows
    y: Rows
    test_x: Rows = ()
    test_y: Rows = ()
    names: Annotated[tuple[str, ...], Label(Text(en="names of the inputs", zh="输入的名称"))] = ()
    titles: Annotated[tuple[Text, ...], Label(Text(en="names in both languages", zh="两种语言的名称"))] = ()
    """What people read instead of `names`, one for each input; otherwise they do not count."""

    @classmethod
    def first(cls) -> TableSpec:
        """Three rows to be typed over."""
        return cls(x=((1.0,), (2.0,), (3.0,)), y=((2.0,), (4.0,), (6.0,)))

    def load(self, folder: Path | None, chosen: Collection[Path] = ()) -> Examples:
        """The rows as they stand; raises UserError where they do not fit together."""
        x, y = _rows(self.x, self.test_x, "x"), _rows(self.y, self.test_y, "y")
        for name, (inputs, targets) in {"": (self.x, self.y), "test_": (self.test_x, self.test_y)}.items():
            if len(inputs) != len(targets):
                raise UserError(
                    Text(
                        en="data.{y}: {rows} rows, but data.{x} has {others}.",
                        zh="data.{y}：有 {rows} 行，而 data.{x} 有 {others} 行。",
                    ),
                    y=name + "y",
                    x=name + "x",
                    rows=len(targets),
                    others=len(inputs),
                )
        titles = self.titles if len(self.titles) == x.shape[1] else ()
        return Examples(x, y, test=len(self.test_x), names=self._names(x.shape[1]), input_names=titles)

    def _names(self, inputs: int) -> tuple[str, ...]:
        if not self.names:
            return tuple(f"x{i + 1}" for i in range(inputs))
        if len(self.names) != inputs or len(set(self.names)) != inputs or not all(map(str.strip, self.names)):
            raise UserError(NAMES, wanted=inputs)
        return self.names


def _rows(rows: Rows, test_rows: Rows, name: str) -> NDArray[np.float64]:
    if not rows or not rows[0]:
        raise UserError(Text(en="data.{name}: there is no row.", zh="data.{name}：一行也没有。"), name=name)
    if len(rows[0]) > COLUMNS_AT_MOST:
        raise UserError(TOO_WIDE, name=name, limit=f"{COLUMNS_AT_MOST:,}", got=f"{len(rows[0]):,}")
    places = [(name, index) for index in range(len(rows))] + [
        (f"test_{name}", index) for index in range(len(test_rows))
    ]
    for (part, index), row in zip(places, rows + test_rows, strict=True):
        if len(row) != len(rows[0]):
            raise UserError(
                Text(
                    en="data.{part}[{index}]: expected {wanted} numbers as in the first row, got {got}.",
                    zh="data.{part}[{index}]：应与第一行一样有 {wanted} 个数，实际有 {got} 个。",
                ),
                part=part,
                index=index,
                wanted=len(rows[0]),
                got=len(row),
            )
    return np.array(rows + test_rows, dtype=np.float64)


class TableKind(DataKind):
    """Examples typed in by hand."""

    id = "table"
    name = Text(en="Table", zh="表格")
    spec = TableSpec
    inputs = None


KIND = TableKind()
