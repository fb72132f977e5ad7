"""The benchmark as a command: everything in one interleaved run, progress on standard error."""

from __future__ import annotations

import argparse
import sys
import warnings

import msgspec

from gradgui.bench.lines import ASKED_FOR, GROUPS, Line, all_lines, asked_lines
from gradgui.bench.measure import Pace, measure
from gradgui.bench.report import Result, as_json, as_table, machine
from gradgui.bench.start import as_lines, measure_start
from gradgui.session.examples import examples
from gradgui.text import Language, Text

SUMMARY = Text(
    en="Measure training, loss surfaces and neuron maps beside what else is installed.",
    zh="测量训练、损失曲面和神经元图像的速度，并与已安装的其他工具比较。",
)
JSON = Text(en="print JSON instead of a table", zh="输出 JSON，不输出表格")
QUICK = Text(en="fewer, smaller cases and short rounds: a look, no verdict", zh="少而小的测试，快速看一眼，不作结论")
ONLY = Text(en="only these groups: {groups}", zh="只测这些组：{groups}")
EXAMPLES = Text(en="with --only hand: only these examples", zh="与 --only hand 同用：只测这些示例")
LANGUAGE = Text(en="language of the table", zh="表格的语言")

START = "start"
"""How long the window takes to open: by itself, because other measurements would disturb it."""
CHOICES = (*GROUPS, START)
"""What may be measured alone; the last four open the window."""
CAREFUL, FAST = Pace(rounds=9, slice_s=0.1), Pace(rounds=3, slice_s=0.01)


def main(arguments: list[str], language: Language = Language.ENGLISH) -> int:
    """Measure and print; always 0: a slow machine is no error."""
    chosen = _parser(language).parse_args(arguments)
    language = Language(chosen.lang) if chosen.lang else language
    if START in chosen.only:
        return _start(chosen, language)
    before = machine()
    lines = [line for line in all_lines(quick=chosen.quick) if not chosen.only or line.group in chosen.only]
    for group in ASKED_FOR:
        lines += asked_lines(group, quick=chosen.quick, among=tuple(chosen.examples)) if group in chosen.only else []
    results = [
        _measured(line, place, len(lines), FAST if chosen.quick else CAREFUL) for place, line in enumerate(lines)
    ]
    if chosen.json:
        sys.stdout.write(msgspec.json.encode(as_json(results, before)).decode() + "\n")
    else:
        sys.stdout.write(as_table(results, before, language) + "\n")
    return 0


def _start(chosen: argparse.Namespace, language: Language) -> int:
    found = measure_start(quick=chosen.quick, say=lambda words: sys.stderr.write(words + "\n"))
    sys.stdout.write((msgspec.json.encode(found).decode() if chosen.json else as_lines(found, language)) + "\n")
    return 0


def _measured(line: Line, place: int, count: int, pace: Pace) -> Result:
    sys.stderr.write(f"[{place + 1}/{count}] {line.group}: {line.case}\n")
    sys.stderr.flush()
    if line.measured is not None:
        return line, line.measured()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the others warn about is not our news
        return line, measure(line.contenders(), pace)


def _parser(language: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("gradgui bench", description=SUMMARY.in_language(language))
    groups = ONLY.in_language(language, groups=", ".join(CHOICES))
    parser.add_argument("--json", action="store_true", help=JSON.in_language(language))
    parser.add_argument("--quick", action="store_true", help=QUICK.in_language(language))
    parser.add_argument("--only", nargs="+", choices=CHOICES, metavar="GROUP", default=[], help=groups)
    known = [name for name, _ in examples()]
    words = EXAMPLES.in_language(language)
    parser.add_argument("--examples", nargs="+", choices=known, metavar="NAME", default=[], help=words)
    parser.add_argument("--lang", choices=[each.value for each in Language], help=LANGUAGE.in_language(language))
    return parser
