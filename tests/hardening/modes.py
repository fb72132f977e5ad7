"""The whole window on every kind of screen: with OpenGL by GLX and by EGL, on Wayland, in memory, in safe mode."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from PySide6.QtWidgets import QApplication

from gradgui.app import Program
from gradgui.session.examples import example_path
from tests.hardening.monkey import FORBIDDEN, Hands, settle, wishes
from tests.hardening.watching import listening, rest
from tests.hardening.window import opened, wait

ROOT = Path(__file__).resolve().parents[2]
SAFE = "safe-mode"
EXAMPLES = ("toy-car", "surface-ravine", "spiral", "digits-convolution")
SWITCHES = ("language", "theme", "presenter")
EVENTS = 400


def modes() -> tuple[tuple[str, str], ...]:
    """(name, platform) of every way to show the window that this machine can try; safe mode where OpenGL would be."""
    found = [(platform, platform) for platform in screens().available()]
    real = [platform for _, platform in found if platform != "offscreen"]
    return (*found, (SAFE, real[0] if real else "offscreen"))


def try_mode(name: str, platform: str) -> str:
    """Walk through the window in a process of its own; what went wrong, or an empty text."""
    with tempfile.TemporaryDirectory() as folder, screens().screen(platform, Path(folder)) as place:
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler", "-m", "tests.hardening.endure", "one-mode", name],
            cwd=ROOT, env=os.environ | place, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
    return "" if done.returncode == 0 and not done.stderr else f"ended with {done.returncode}: {done.stderr[-2000:]}"


def walk(
    application: QApplication, folder: Path, mode: str, examples: tuple[str, ...] = EXAMPLES, events: int = EVENTS
) -> list[str]:
    """Open, train, switch everything that can be switched, and let a monkey in; gives what went wrong."""
    safe = mode == SAFE
    with listening() as heard, opened(application, folder, safe_mode=safe) as program:
        stage = program.desk.views.surface.stage
        wants_scene = not safe and mode != "offscreen"
        if wants_scene:
            wait(lambda: stage.scene is not None or not stage.has_scene)
        if stage.has_scene is not wants_scene:
            heard.append(f"a landscape in three dimensions: {stage.has_scene}, wanted: {wants_scene}")
        for example in examples:
            _use(program, example)
        _let_a_monkey_in(program, events)
        return list(heard)


def _use(program: Program, example: str) -> None:
    program.documents.forget_changes()
    program.documents.open(example_path(example))
    rest(300)
    program.session.play()
    for switch in SWITCHES:
        program.actions.action(switch).trigger()
        rest(150)
    settle(program)
    for switch in SWITCHES:
        program.actions.action(switch).trigger()
        rest(50)
    assert not program.window.grab().isNull()


def _let_a_monkey_in(program: Program, events: int) -> None:
    for name in FORBIDDEN:
        program.actions.action(name).setEnabled(False)
    hands, wished = Hands(program), wishes(1)
    while hands.done < events:
        hands.do(next(wished))
    settle(program)


def screens() -> ModuleType:
    """What starts a screen of each kind: the same that tries out the bundle."""
    spec = spec_from_file_location("smoke", ROOT / "packaging" / "smoke.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
