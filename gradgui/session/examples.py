"""The experiments that come with the program."""

from __future__ import annotations

from pathlib import Path

from gradgui import resources
from gradgui.document.file import read
from gradgui.text import Text, same


def examples() -> list[tuple[str, Text]]:
    """(id, title) of every example, in the order of their file names; the toy car comes first."""
    files = sorted(resources.path("examples").glob("*.gradgui"), key=lambda file: (file.stem != "toy-car", file.stem))
    return [(file.stem, read(file).title or same(file.stem)) for file in files]


def example_path(name: str) -> Path:
    """The file of one example."""
    return resources.path("examples", f"{name}.gradgui")


def is_example(path: Path) -> bool:
    """Whether a file came with the program: it is a template, and is never saved over."""
    return path.absolute().parent == resources.path("examples").absolute()
