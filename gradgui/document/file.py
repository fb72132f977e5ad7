"""Reading and writing experiment files."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gradgui.document.disk import write_bytes
from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.text import Text

LARGEST = 10 * 1024 * 1024


def read(path: Path) -> Experiment:
    """The experiment in a file; raises UserError naming the file, the place and the reason."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            Text(en="{path} cannot be read: {why}.", zh="无法读取 {path}：{why}。"), path=path, why=error.strerror
        ) from None
    try:
        return decode(content)
    except UserError as error:
        raise UserError(Text(en="{path}: {why}", zh="{path}：{why}"), path=path, why=error.text) from None


def decode(content: bytes) -> Experiment:
    """The experiment in JSON; raises UserError naming place and reason."""
    try:
        return msgspec.json.decode(content, type=Experiment)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UserError(Text(en="{why}", zh="{why}"), why=str(error)) from None


def write(path: Path, experiment: Experiment) -> None:
    """Save as a whole or not at all; raises UserError naming the file and the reason."""
    write_bytes(path, encode(experiment))


def encode(experiment: Experiment) -> bytes:
    """JSON, two spaces deep, ready to be read by people."""
    return msgspec.json.format(msgspec.json.encode(experiment), indent=2) + b"\n"
