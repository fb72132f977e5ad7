"""How long the window takes to open, and what it costs while nothing moves: measured in fresh processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from gradgui.text import Language, Text

if TYPE_CHECKING:
    from gradgui.app import Program

STARTED = "GRADGUI_STARTED_AT"
"""When the process that asked for the window did so, in seconds since 1970."""
STARTS, FEW_STARTS = 10, 3
IDLE_S, SETTLE_S = 10.0, 3.0
PATIENCE_S = 120

HEAD = Text(en="Start of the window, {count} warm starts", zh="窗口启动，热启动 {count} 次")
ROW = Text(en="{name}: median {median:.2f} s, best {best:.2f} s, worst {worst:.2f} s",
           zh="{name}：中位数 {median:.2f} 秒，最快 {best:.2f} 秒，最慢 {worst:.2f} 秒")  # fmt: skip
PAINTED = Text(en="first picture on the screen", zh="第一幅画面出现")
READY = Text(en="everything drawn, answers at once", zh="全部画好，立即响应")
CPU = Text(en="processor time until then: median {median:.2f} s", zh="到那时的处理器时间：中位数 {median:.2f} 秒")
IDLE = Text(en="processor while nothing moves: {share:.2f} % of one core over {seconds:.0f} s",
            zh="静止时的处理器占用：{seconds:.0f} 秒内平均为一个核的 {share:.2f} %")  # fmt: skip


class Started(msgspec.Struct, frozen=True):
    """What one start reports about itself."""

    painted_s: float
    ready_s: float
    cpu_s: float
    """Processor time until everything was drawn: what a busy machine cannot lengthen."""
    title: str
    idle_share: float | None = None
    """Processor time over time while the window was left alone."""


# ── The window that is watched ───────────────────────────────────────────────────────────────────


def open_and_report(file: Path | None, out: TextIO, idle_s: float = 0.0) -> int:
    """Open the window as a user would, write down how long it took, and close it."""
    from gradgui.app import run_window

    begun = float(os.environ.get(STARTED) or time.time())
    stopwatches: list[object] = []

    def watch(program: Program) -> None:
        from gradgui.bench.stopwatch import Stopwatch

        stopwatches.append(Stopwatch(program, begun, idle_s, written))

    def written(started: Started) -> None:
        out.write(msgspec.json.encode(started).decode() + "\n")
        out.flush()

    return run_window(file, temp_profile=True, watch=watch)


# ── Many of them ─────────────────────────────────────────────────────────────────────────────────


def start_once(idle_s: float = 0.0, file: Path | None = None) -> Started:
    """One fresh process that opens the window."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [*_program(), "selftest", "--start", *([str(file)] if file else []), "--idle", str(idle_s)],
        env=environment | {STARTED: repr(time.time())},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"the window did not open: {done.stderr}")
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Started)


def measure_start(*, quick: bool, say: Callable[[str], object]) -> list[Started]:
    """Some warm starts; the last one is left alone for a while. The first, which warms the disk, does not count."""
    count = FEW_STARTS if quick else STARTS
    found = []
    for number in range(count + 1):
        say(f"[{number}/{count}] start")
        last = number == count
        found.append(start_once(IDLE_S if last else 0.0))
    return found[1:]


def as_lines(found: list[Started], language: Language) -> str:
    """The result as a few sentences."""
    lines = [HEAD.in_language(language, count=len(found))]
    for name, seconds in ((PAINTED, [each.painted_s for each in found]), (READY, [each.ready_s for each in found])):
        lines.append(
            ROW.in_language(
                language, name=name, median=statistics.median(seconds), best=min(seconds), worst=max(seconds)
            )
        )
    cpu = CPU.in_language(language, median=statistics.median(each.cpu_s for each in found))
    lines.append(cpu)
    shares = [each.idle_share for each in found if each.idle_share is not None]
    if shares:
        lines.append(IDLE.in_language(language, share=100 * shares[-1], seconds=IDLE_S))
    return "\n".join(lines)


def _program() -> list[str]:
    """How this very program is called."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "gradgui"]
