"""A command line to try things on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradgui import resources
from gradgui.__main__ import main


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    def objects(self) -> list[dict[str, object]]:
        """The JSON lines."""
        return [json.loads(line, parse_constant=_refuse) for line in self.out.splitlines()]


def _refuse(constant: str) -> object:
    raise AssertionError(f"{constant} is no JSON")


Gradgui = Callable[..., Said]


@pytest.fixture
def gradgui(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Gradgui:
    """Run a command line and catch what it says."""
    monkeypatch.setenv("LC_ALL", "C")

    def run(*arguments: object) -> Said:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def toy_car() -> Path:
    return resources.path("examples", "toy-car.gradgui")
