"""`gradgui bench`: how fast the engine is here, beside others."""

from __future__ import annotations

import argparse

from gradgui.commands.command import Command
from gradgui.commands.console import Console
from gradgui.commands.parser import Parser
from gradgui.text import Language, Text

JSON = Text(en="print one JSON object", zh="输出一个 JSON 对象")
QUICK = Text(en="fewer repetitions", zh="减少重复次数")
ONLY = Text(
    en="only these groups: {known}; the last four open the window and are measured only when asked for",
    zh="只测这几组：{known}；后四组要打开窗口，仅在指定时测量",
)
EXAMPLES = Text(en="with --only hand: only these examples", zh="与 --only hand 同用：只测这些示例")


def declare(parser: Parser) -> None:
    """The options."""
    from gradgui.bench.command import CHOICES

    only = parser.words(ONLY, known=", ".join(CHOICES))
    parser.options.add_argument("--json", action="store_true", help=parser.words(JSON))
    parser.options.add_argument("--quick", action="store_true", help=parser.words(QUICK))
    parser.options.add_argument("--only", nargs="+", choices=CHOICES, metavar="GROUP", default=[], help=only)
    parser.options.add_argument("--examples", nargs="+", metavar="NAME", default=[], help=parser.words(EXAMPLES))


def run(options: argparse.Namespace, console: Console) -> int:
    """Measure and print."""
    from gradgui.bench.command import main

    arguments = ["--json"] * options.json + ["--quick"] * options.quick
    arguments += ["--only", *options.only] if options.only else []
    arguments += ["--examples", *options.examples] if options.examples else []
    return main([*arguments, "--lang", _code(console.language)], console.language)


def _code(language: Language) -> str:
    return str(language.value)


COMMAND = Command(
    "bench",
    "[--json] [--quick] [--only GROUP …] [--examples NAME …]",
    Text(en="measure how fast it learns and draws on this machine", zh="测量这台机器上的训练和绘图速度"),
    declare,
    run,
    ("gradgui bench --quick", "gradgui bench --json > bench.json", "gradgui bench --only hand --examples spiral iris"),
)
