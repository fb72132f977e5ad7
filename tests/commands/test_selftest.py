"""What an installed program can prove about itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradgui.catalog.activations.tanh import Tanh
from gradgui.commands import proofs
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from tests.commands.conftest import Gradgui

ROOT = Path(__file__).resolve().parents[2]


def test_everything_works_here(gradgui: Gradgui) -> None:
    said = gradgui("selftest", "--no-window")
    assert said.code == 0, said.out
    assert said.out.endswith("Everything works.\n")
    assert said.out.count("✓") == 6


def test_the_window_is_tried_in_a_process_of_its_own() -> None:
    environment = os.environ | {"LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    script = "import sys; from gradgui.commands.proof_window import window; from gradgui.text import Language; "
    script += "sys.exit(list(window(Language.CHINESE)) or 0)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_wrong_derivative_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(self: Tanh, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        return [(out.fill, (0.3,))]

    monkeypatch.setattr(Tanh, "slope", wrong)
    assert any(problem.startswith("tanh: the gradient of L1.") for problem in proofs.kinds())


def test_a_problem_is_exit_code_one(gradgui: Gradgui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "lessons", lambda: iter(["soup: expect[2]: no"]))
    said = gradgui("selftest", "--no-window")
    assert said.code == 1
    assert "    soup: expect[2]: no\n" in said.out
    assert said.out.endswith("Problems found: 1.\n")


def test_a_broken_example_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    monkeypatch.setattr(proofs.resources, "path", tmp_path.joinpath)
    assert list(proofs.examples()) == ["no example was found"]
    (tmp_path / "examples" / "x.gradgui").write_text("{}")
    assert "x.gradgui: " in next(proofs.examples())
    assert len(list(proofs.files())) == 3
