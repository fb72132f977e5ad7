"""The command line as a newcomer meets it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gradgui import __version__, cli, resources
from gradgui.commands import guide
from tests.commands.conftest import Gradgui, gradgui, toy_car  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent


def test_help_alone_shows_how_to_train_trace_and_export(gradgui: Gradgui, tmp_path: Path) -> None:  # noqa: F811
    page = gradgui("--help").out
    for command in cli.COMMANDS:
        assert f"  {command} " in page
    assert guide.EXAMPLE in page
    newcomer = tmp_path / "my.gradgui"
    newcomer.write_text(guide.EXAMPLE, encoding="utf-8")
    assert gradgui("train", newcomer, "--epochs", 2).code == 0


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_explains_itself(gradgui: Gradgui, command: str, language: str) -> None:  # noqa: F811
    said = gradgui(command, "--help", "--lang", language)
    assert said.code == 0
    assert ("用法" if language == "zh" else "usage") in said.out


def test_the_version_is_said(gradgui: Gradgui) -> None:  # noqa: F811
    assert gradgui("--version").out == f"gradgui {__version__}\n"


def test_without_a_display_the_headless_commands_are_offered(
    gradgui: Gradgui,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    said = gradgui()
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "gradgui train FILE" in said.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("train",), "gradgui train: FILE is missing (see gradgui train --help)"),
        (("train", "x", "--epochs"), "gradgui train: --epochs needs a value (see gradgui train --help)"),
        (("train", "x", "--color"), "gradgui train: there is no argument --color (see gradgui train --help)"),
        (("--lang", "zh", "train"), "gradgui train\uff1a缺少 FILE\uff08参见 gradgui train --help\uff09"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(gradgui: Gradgui, arguments: tuple[str, ...], sentence: str) -> None:  # noqa: F811
    said = gradgui(*arguments)
    assert said.code == 2
    assert said.err == sentence + "\n"


def test_the_system_language_is_spoken(monkeypatch: pytest.MonkeyPatch, gradgui: Gradgui) -> None:  # noqa: F811
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert gradgui("train").err.startswith("gradgui train\uff1a缺少")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_stopping_a_long_run_leaves_nothing_half_written(tmp_path: Path) -> None:
    toy = resources.path("examples", "toy-car.gradgui")
    out = tmp_path / "out.gradgui"
    command = [sys.executable, "-m", "gradgui", "train", str(toy), "--epochs", "1000000000", "--save", str(out)]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts tests with & has it ignored
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | {"LC_ALL": "C"}
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=plain)
    signal.signal(signal.SIGINT, before)
    try:
        assert run.stdout is not None
        run.stdout.readline()
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=20)
    finally:
        run.kill()
        run.wait()
    assert run.returncode == cli.INTERRUPTED
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_progress_is_shown_only_when_it_takes_long(monkeypatch: pytest.MonkeyPatch, gradgui: Gradgui) -> None:  # noqa: F811
    toy = resources.path("examples", "toy-car.gradgui")
    assert gradgui("train", toy, "--epochs", 2, "--json").err == ""
    hours = iter(range(0, 10**6, 3600))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(hours)))
    assert "epoch 1 of 2, loss 8.18506" in gradgui("train", toy, "--epochs", 2, "--json").err


def test_the_engine_is_not_loaded_for_a_wrong_command_line() -> None:
    script = "import sys; from gradgui.cli import load; load('train'); load('trace'); print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
