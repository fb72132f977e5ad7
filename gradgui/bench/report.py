"""What the benchmark says: a table for people, JSON for programs, and on which machine."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import numpy as np

from gradgui import __version__
from gradgui.bench import peers
from gradgui.bench.lines import GROUPS, Line
from gradgui.bench.measure import Timing
from gradgui.text import Language, Text

KEPT = Text(en="kept", zh="达到")
MISSED = Text(en="missed", zh="未达到")
AGAINST = Text(en="promise: at most {factor} × {against}", zh="目标：不超过{against}的 {factor} 倍")
WITHIN = Text(en="promise: at most {limit:.0f} ms", zh="目标：不超过 {limit:.0f} ms")
LEGEND = Text(
    en="median (best) of one unit of work; × is how many times as long as the first row, round by round",
    zh="每行为中位数（最好值）；× 为各轮中相对第一行用时的倍数",
)
MISSING = Text(en="not installed, so not compared with: {names}", zh="未安装，未比较：{names}")
MACHINE = Text(
    en="{cpu}, {cores} cores, load {load}, {system}, Python {python}, NumPy {numpy} ({threads} BLAS thread), "
    "gradgui {version}",
    zh="{cpu}，{cores} 核，负载 {load}，{system}，Python {python}，NumPy {numpy}（BLAS {threads} 线程），"
    "gradgui {version}",
)
Result = tuple[Line, dict[str, Timing]]


def machine() -> dict[str, object]:
    """What the numbers depend on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 0,
        "load": round(load, 2),
        "system": platform.platform(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "threads": os.environ.get("OPENBLAS_NUM_THREADS", "?"),
        "version": __version__,
        "peers": peers.versions(),
    }


def promise_kept(line: Line, timings: dict[str, Timing]) -> bool | None:
    """Whether the line's first contender does what is promised; None without a promise."""
    promise = line.promise
    if promise is None:
        return None
    first = next(iter(timings.values()))
    if promise.seconds is not None:
        return first.median <= promise.seconds
    assert promise.against is not None
    return 1 / timings[promise.against].ratio <= promise.factor


def as_json(results: list[Result], before: dict[str, object]) -> dict[str, object]:
    """Seconds throughout."""
    return {"machine": before, "lines": [_line_json(*result) for result in results]}


def _line_json(line: Line, timings: dict[str, Timing]) -> dict[str, object]:
    return {
        "group": line.group,
        "case": line.case,
        "kept": promise_kept(line, timings),
        "results": {
            name: {"median_s": timing.median, "best_s": timing.best, "ratio": timing.ratio}
            for name, timing in timings.items()
        },
    }


def as_table(results: list[Result], before: dict[str, object], language: Language) -> str:
    """All groups below each other, and the machine."""
    rows: list[str] = []
    group = ""
    for line, timings in results:
        if line.group != group:
            group = line.group
            rows += ["", GROUPS[group].in_language(language)]
        rows += _line_rows(line, timings, language)
    rows += ["", LEGEND.in_language(language), MACHINE.in_language(language, **before)]
    if peers.missing():
        rows.append(MISSING.in_language(language, names=", ".join(peers.missing())))
    return "\n".join(rows).lstrip("\n")


def _line_rows(line: Line, timings: dict[str, Timing], language: Language) -> list[str]:
    unit, factor = line.unit
    rows = ["  " + "  ".join([line.case, *_promise_words(line, timings, language)])]
    for name, timing in timings.items():
        times = f"{_number(timing.median * factor):>9} {unit}  ({_number(timing.best * factor)})"
        rows.append(f"    {name:<20}{times:<26}{timing.ratio:7.2f} ×")
    return rows


def _promise_words(line: Line, timings: dict[str, Timing], language: Language) -> list[str]:
    promise = line.promise
    if promise is None:
        return []
    if promise.seconds is not None:
        words = WITHIN.in_language(language, limit=promise.seconds * 1e3)
    else:
        words = AGAINST.in_language(language, factor=promise.factor, against=promise.against)
    return [words, (KEPT if promise_kept(line, timings) else MISSED).in_language(language)]


def _number(value: float) -> str:
    """Three digits that matter."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for row in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if row.startswith("model name"):
                return row.partition(":")[2].strip()
    return platform.processor() or platform.machine()
