"""CSV: the user's own table, from a file beside the experiment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from gradgui.catalog.datasets._base import DataKind, DataSpec, Examples, Seed, TestShare, split_in_order
from gradgui.catalog.datasets._csv_columns import Column, NumberColumn, TextColumn
from gradgui.catalog.datasets._csv_layout import MOST_COLUMNS, Decimal, Delimiter, Header, Layout
from gradgui.catalog.datasets._csv_reader import State, Table, read_table, refuse_strangers, refuse_twins, state_of
from gradgui.catalog.datasets._csv_text import Encoding, located
from gradgui.catalog.datasets._scaling import Scaling, mean_and_scale
from gradgui.catalog.options import Label
from gradgui.errors import UserError
from gradgui.text import Text, same

MOST_CLASSES = 64

TargetType = Literal["auto", "number", "class"]
Standardise = Literal["none", "inputs", "both"]


class CsvSpec(DataSpec, frozen=True, kw_only=True, tag="csv"):
    """Columns of a file; those neither in `targets` nor in `ignored` are inputs, in the order of the file.

    One target column of words, or of numbers with `target_type` “class”, gives classes. Words among the inputs become
    one column of 0 and 1 for each word. Both parts of a split keep the order of the file.
    """

    path: Annotated[str, Label(Text(en="file", zh="文件"))]
    targets: Annotated[
        tuple[str, ...], Label(Text(en="target columns (none: the last)", zh="目标列（空：最后一列）"))
    ] = ()
    ignored: Annotated[tuple[str, ...], Label(Text(en="columns left out", zh="不用的列"))] = ()
    target_type: Annotated[TargetType, Label(Text(en="kind of target", zh="目标类型"))] = "auto"
    standardise: Annotated[Standardise, Label(Text(en="standardise", zh="标准化"))] = "none"
    """Means and scales are those of the training examples."""
    test_fraction: TestShare = 0.0
    seed: Seed = 1
    encoding: Annotated[Encoding, Label(Text(en="encoding", zh="编码"))] = "auto"
    delimiter: Annotated[Delimiter, Label(Text(en="delimiter", zh="分隔符"))] = "auto"
    header: Annotated[Header, Label(Text(en="names on top", zh="首行为列名"))] = "auto"
    decimal: Annotated[Decimal, Label(Text(en="decimal sign", zh="小数点"))] = "auto"

    @classmethod
    def first(cls) -> None:
        """A file has to be chosen before."""

    @property
    def layout(self) -> Layout:
        """How the file is to be read."""
        return Layout(self.encoding, self.delimiter, self.header, self.decimal)

    def load(self, folder: Path | None, chosen: Collection[Path] = ()) -> Examples:
        """Read, coded, split and standardised; raises UserError naming file, row and column.

        The last ones are remembered as long as their files do not change: what was looked at before is taken over, and
        edited around, without delay.
        """
        path, spec = located(self.path, folder, chosen), msgspec.structs.replace(self, path="")
        state = state_of(path)
        return spec.learnt(path) if state is None else _remembered(path, state, spec)

    def learnt(self, path: Path) -> Examples:
        """The same, from the file that lies there; the arrays are read-only."""
        table = read_table(path, self.layout, self.ignored)
        try:
            examples, words = self._coded(table)
        except UserError as error:
            raise UserError(Text(en="{file}: {why}.", zh="{file}：{why}。"), file=path.name, why=error.text) from None
        examples = split_in_order(examples, self.test_fraction, self.seed)
        if self.standardise != "none":
            examples = _standardised(examples, words, self.standardise == "both")
        for array in (examples.x, examples.y, examples.labels):
            if array is not None:
                array.setflags(write=False)
        return examples

    def _coded(self, table: Table) -> tuple[Examples, NDArray[np.bool_]]:
        """The examples, and which input columns stand for words."""
        targets, inputs = self._parted(table.columns)
        x = np.concatenate([_input(column) for column in inputs], axis=1)
        names = tuple(name for column in inputs for name in _input_names(column))
        refuse_twins(names)
        words = np.array([isinstance(column, TextColumn) for column in inputs for _ in _input_names(column)])
        examples = Examples(x, names=names)
        if len(targets) == 1 and self._is_class(targets[0]):
            labels, class_names = _classes(targets[0])
            return replace(examples, labels=labels, classes=len(class_names), class_names=class_names), words
        return replace(examples, y=np.stack([_numbers(column) for column in targets], axis=1)), words

    def _is_class(self, target: Column) -> bool:
        return self.target_type == "class" or (self.target_type == "auto" and isinstance(target, TextColumn))

    def _parted(self, columns: tuple[Column, ...]) -> tuple[list[Column], list[Column]]:
        known = {column.name: column for column in columns}
        if not known:
            raise UserError(Text(en="every column is left out", zh="所有列都被忽略了"))
        wanted = self.targets or (columns[-1].name,)
        refuse_strangers(wanted, known)
        refuse_twins(wanted)
        inputs = [column for column in columns if column.name not in wanted]
        if not inputs:
            raise UserError(
                Text(en="every column is a target; none is left as an input", zh="所有列都是目标，没有剩下输入列")
            )
        _refuse_too_many(inputs)
        return [known[name] for name in wanted], inputs


@lru_cache(maxsize=2)
def _remembered(path: Path, _state: State, spec: CsvSpec) -> Examples:
    return spec.learnt(path)


def _refuse_too_many(inputs: list[Column]) -> None:
    if sum(len(_input_names(column)) for column in inputs) > MOST_COLUMNS:
        widest = max(inputs, key=lambda column: len(_input_names(column)))
        raise UserError(
            Text(
                en="column “{name}” holds {words} different words, each of which would become an input; there can be"
                " {most} inputs in all",
                zh="“{name}”列有 {words} 个不同的词，每个都会变成一个输入；输入总数最多为 {most}",
            ),
            name=widest.name,
            words=len(_input_names(widest)),
            most=MOST_COLUMNS,
        )


def _input_names(column: Column) -> tuple[str, ...]:
    if isinstance(column, NumberColumn):
        return (column.name,)
    return tuple(f"{column.name} = {word}" for word in column.words)


def _input(column: Column) -> NDArray[np.float64]:
    if isinstance(column, NumberColumn):
        return column.values[:, None]
    return np.eye(len(column.words))[column.codes]


def _numbers(column: Column) -> NDArray[np.float64]:
    if isinstance(column, NumberColumn):
        return column.values
    raise UserError(
        Text(
            en="the target column “{name}” holds words; only a single target column can be one of classes",
            zh="目标列“{name}”是文字；只有在唯一的目标列按类别处理时才能用文字",
        ),
        name=column.name,
    )


def _classes(column: Column) -> tuple[NDArray[np.int64], tuple[Text, ...]]:
    if isinstance(column, NumberColumn):
        values, labels = np.unique(column.values, return_inverse=True)
        words = tuple(f"{value:.12g}" for value in values)
    else:
        words, labels = column.words, column.codes
    if len(words) > MOST_CLASSES:
        raise UserError(
            Text(
                en="the target column “{name}” has {words} classes; there can be {most}",
                zh="目标列“{name}”有 {words} 个类别；最多 {most} 个",
            ),
            name=column.name,
            words=len(words),
            most=MOST_CLASSES,
        )
    return labels.astype(np.int64), tuple(map(same, words))


def _standardised(examples: Examples, words: NDArray[np.bool_], targets_too: bool) -> Examples:
    train = len(examples.x) - examples.test
    x_mean, x_scale = mean_and_scale(examples.x[:train], words)
    y = np.zeros((len(examples.x), 0)) if examples.y is None else examples.y
    y_mean, y_scale = mean_and_scale(y[:train], np.full(y.shape[1], not targets_too))
    return replace(
        examples,
        x=(examples.x - x_mean) / x_scale,
        y=None if examples.y is None else (y - y_mean) / y_scale,
        scaling=Scaling(x_mean, x_scale, y_mean, y_scale),
    )


class CsvKind(DataKind):
    """A table in a file."""

    id = "csv"
    name = Text(en="CSV file", zh="CSV 文件")
    spec = CsvSpec
    inputs = None


KIND = CsvKind()
