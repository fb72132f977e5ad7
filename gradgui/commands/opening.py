"""Opens the experiment that a command is about."""

from __future__ import annotations

from pathlib import Path

from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.text import Text


def opened(path: Path) -> Compiled:
    """The experiment in a file, ready to run; raises UserError naming the file, the place and the reason."""
    experiment = read(path)
    try:
        return compile_experiment(experiment, path.parent)
    except UserError as error:
        raise UserError(Text(en="{path}: {why}", zh="{path}：{why}"), path=path, why=error.text) from None
