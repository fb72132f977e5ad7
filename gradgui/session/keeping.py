"""Keeps an experiment and its data file together."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.document.disk import reason
from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.text import Text

NOT_COPIED = Text(
    en="The data file {data} cannot be copied beside it: {why}.", zh="无法把数据文件 {data} 复制到它旁边：{why}。"
)
DIFFERENT_DATA = Text(
    en="Another {data} lies in that folder already; choose another folder, or another name for the data.",
    zh="那个文件夹里已有另一个 {data}；请换一个文件夹，或给数据文件改名。",
)


def beside(experiment: Experiment, folder: Path) -> Experiment:
    """The same experiment, as it is written into that folder: a data file from elsewhere is looked for there."""
    data = experiment.data
    if not isinstance(data, CsvSpec) or not Path(data.path).is_absolute():
        return experiment
    file = Path(data.path)
    inside = file.is_relative_to(folder)
    name = file.relative_to(folder).as_posix() if inside else file.name
    return experiment.with_(data=msgspec.structs.replace(data, path=name))


def bring_data(experiment: Experiment, before: Path | None, folder: Path) -> str | None:
    """Copy a CSV file beside an experiment that moves to another folder; its name if it was copied.

    Raises UserError if that cannot be done.
    """
    data = experiment.data
    if not isinstance(data, CsvSpec):
        return None
    elsewhere = Path(data.path).is_absolute()
    if not elsewhere and (before is None or before.resolve() == folder.resolve()):
        return None
    written = beside(experiment, folder).data
    assert isinstance(written, CsvSpec)
    name = written.path
    source, target = Path(data.path) if elsewhere else (before or folder) / name, folder / name
    try:
        if target.exists():
            if target.read_bytes() != source.read_bytes():
                raise UserError(DIFFERENT_DATA, data=name)
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    except OSError as error:
        raise UserError(NOT_COPIED, data=name, why=reason(error)) from None
    return name
