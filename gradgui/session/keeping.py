"""Keeps an experiment and its data file together."""

from __future__ import annotations

import shutil
from pathlib import Path

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


def bring_data(experiment: Experiment, before: Path | None, folder: Path) -> str | None:
    """Copy a CSV file beside an experiment that moves to another folder; its name if it was copied.

    Raises UserError if that cannot be done.
    """
    if not isinstance(experiment.data, CsvSpec) or before is None or before.resolve() == folder.resolve():
        return None
    name = experiment.data.path
    source, target = before / name, folder / name
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
