"""`gradgui selftest`: does everything work on this machine?"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from gradgui.commands.command import Command
from gradgui.commands.console import Console
from gradgui.commands.parser import Parser
from gradgui.text import Text

NO_WINDOW = Text(en="leave the window out", zh="不检查窗口")
START = Text(
    en="only open the window (with this file), say how long that took, and close it",
    zh="只打开窗口（可指定文件），报告用时后关闭",
)
IDLE = Text(
    en="after --start, stay so long and say how busy the processor was",
    zh="与 --start 合用：停留这么久并报告处理器占用",
)

FILES = Text(en="icons, letters and data sets are there", zh="图标、字体和数据集齐全")
KINDS = Text(
    en="every layer, activation, loss, optimizer and initializer learns",
    zh="每种层、激活函数、损失、优化器和初始化都能训练",
)
DATA = Text(en="every data set can be had", zh="每个数据集都能取得")
EXAMPLES = Text(en="every example opens, saves and learns", zh="每个示例都能打开、保存和训练")
LESSONS = Text(en="every number in every lesson is right", zh="每一课的每个数都正确")
PICTURES = Text(en="pictures can be written", zh="图片能写出")
WINDOW = Text(en="the window opens and steps", zh="窗口能打开并单步运行")
ALL_WELL = Text(en="Everything works.", zh="一切正常。")
FAILED = Text(en="Problems found: {count}.", zh="发现 {count} 个问题。")

Proof = Callable[[], Iterator[str]]


def declare(parser: Parser) -> None:
    """The options."""
    parser.options.add_argument("--no-window", action="store_true", help=parser.words(NO_WINDOW))
    parser.options.add_argument("--start", nargs="?", type=Path, const=Path(), metavar="FILE", help=parser.words(START))
    parser.options.add_argument("--idle", type=float, default=0.0, metavar="SECONDS", help=parser.words(IDLE))


def run(options: argparse.Namespace, console: Console) -> int:
    """Prove one thing after the other."""
    if options.start is not None:
        from gradgui.bench.start import open_and_report

        return open_and_report(options.start if options.start.name else None, console.out, options.idle)
    wrong = 0
    for name, proof in _proofs(options, console):
        problems = _problems(proof)
        wrong += len(problems)
        console.line(f"{'✓' if not problems else '✗'} {console.words(name)}")
        for problem in problems:
            console.line(f"    {problem}")
        console.out.flush()
    console.say(FAILED if wrong else ALL_WELL, **({"count": wrong} if wrong else {}))
    return 1 if wrong else 0


def _problems(proof: Proof) -> list[str]:
    """What it finds; that it cannot even run to its end is a problem, too."""
    found: list[str] = []
    try:
        found.extend(proof())
    except Exception as error:  # noqa: BLE001 - whatever it is, the other proofs shall run
        found.append(f"{type(error).__name__}: {error}")
    return found


def _proofs(options: argparse.Namespace, console: Console) -> list[tuple[Text, Proof]]:
    from gradgui.commands import proofs
    from gradgui.commands.proof_window import window

    found: list[tuple[Text, Proof]] = [
        (FILES, proofs.files),
        (KINDS, proofs.kinds),
        (DATA, proofs.data_sets),
        (EXAMPLES, proofs.examples),
        (LESSONS, proofs.lessons),
        (PICTURES, proofs.pictures),
    ]
    if not options.no_window:
        found.append((WINDOW, lambda: window(console.language)))
    return found


COMMAND = Command(
    "selftest",
    "[--no-window] [--start [FILE]]",
    Text(en="try everything once on this machine", zh="在这台机器上把一切都试一遍"),
    declare,
    run,
    ("gradgui selftest",),
)
