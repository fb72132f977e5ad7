"""`gradgui check`: a second opinion on every gradient."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.commands.command import Command
from gradgui.commands.console import Console
from gradgui.commands.parser import Parser
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.engine.gradient_check import GradientCheck, ParameterCheck

SHOWN = 40
"""Of longer lists only the worst are printed; JSON has all."""

FILE = Text(en="an experiment (.gradgui)", zh="实验文件（.gradgui）")
JSON = Text(en="print one JSON object", zh="输出一个 JSON 对象")
GOES_ON = Text(en="checking {count} parameters, {seconds} s", zh="正在检验 {count} 个参数，已用 {seconds} 秒")
HEADS = (
    Text(en="parameter", zh="参数"),
    Text(en="backpropagation", zh="反向传播"),
    Text(en="central difference", zh="中心差分"),
    Text(en="relative error", zh="相对误差"),
)
CORNER = Text(en="at a corner of the loss, both slopes are right", zh="位于损失的折点，两侧的斜率都对")
WRONG = Text(en="DISAGREES", zh="不一致")
WORST = Text(en="… the {shown} worst of {count}", zh="…… 共 {count} 个，只列出误差最大的 {shown} 个")
AGREES = Text(
    en="All {count} parameters agree; the largest relative error is {error} ({name}).",
    zh="{count} 个参数全部一致；最大相对误差 {error}（{name}）。",
)
AT_CORNERS = Text(
    en="All {count} parameters agree, {corners} of them at a corner of the loss; the largest relative error of the "
    "others is {error} ({name}).",
    zh="{count} 个参数全部一致，其中 {corners} 个位于损失的折点；其余参数的最大相对误差 {error}（{name}）。",
)
DIFFERS = Text(
    en="{wrong} of {count} parameters disagree; the largest relative error is {error} ({name}).",
    zh="{count} 个参数中有 {wrong} 个不一致；最大相对误差 {error}（{name}）。",
)
NOTHING = Text(en="This network has no parameters.", zh="这个网络没有参数。")
NOTES = Text(
    en="Every parameter is nudged by ±ε; the loss of the whole training set must follow as the gradient promises.\n"
    "Exit code 1 if any parameter disagrees.",
    zh="把每个参数增减 ε，看整个训练集的损失变化是否与梯度一致。\n只要有一个参数不一致，退出码就是 1。",
)


def declare(parser: Parser) -> None:
    """The options."""
    parser.arguments.add_argument("file", type=Path, metavar="FILE", help=parser.words(FILE))
    parser.options.add_argument("--json", action="store_true", help=parser.words(JSON))


def run(options: argparse.Namespace, console: Console) -> int:
    """Compare and print."""
    from gradgui.commands.opening import opened
    from gradgui.commands.patience import patiently
    from gradgui.engine.gradient_check import check_gradient
    from gradgui.engine.parts import Clock

    compiled = opened(options.file)
    if compiled.network.size == 0:
        console.remark(NOTHING)
        return 0
    clock = Clock(compiled.experiment.training.seed)
    result = patiently(
        lambda: check_gradient(compiled.network, compiled.train, clock=clock),
        console,
        GOES_ON,
        count=compiled.network.size,
    )
    if options.json:
        console.json(_summary(result))
    else:
        _show(result, console)
    return 0 if result.agrees else 1


def _summary(result: GradientCheck) -> dict[str, object]:
    rows = [
        {
            "name": entry.name,
            "analytic": entry.analytic,
            "numeric": entry.numeric,
            "error": entry.error,
            "corner": entry.corner,
            "agrees": entry.agrees,
        }
        for entry in result.entries
    ]
    return {
        "agrees": result.agrees,
        "error": result.error,
        "epsilon": result.epsilon,
        "loss": result.loss,
        "parameters": rows,
    }


def _show(result: GradientCheck, console: Console) -> None:
    entries = result.entries
    if len(entries) > SHOWN:
        worst = sorted(entries, key=lambda entry: (entry.agrees, -entry.error))[:SHOWN]
        entries = tuple(sorted(worst, key=lambda entry: entry.index))
    console.line("\t".join(console.words(head) for head in HEADS))
    for entry in entries:
        console.line(_row(entry, console))
    if len(entries) < len(result.entries):
        console.say(WORST, shown=len(entries), count=len(result.entries))
    wrong = sum(not entry.agrees for entry in result.entries)
    corners = sum(entry.corner for entry in result.entries)
    name, error = result.worst.name, f"{result.worst.error:.1e}"
    text, fields = AGREES, {}
    if wrong:
        text, fields = DIFFERS, {"wrong": wrong}
    elif corners:
        text, fields = AT_CORNERS, {"corners": corners}
    console.say(text, count=len(result.entries), error=error, name=name, **fields)


def _row(entry: ParameterCheck, console: Console) -> str:
    cells = [entry.name, f"{entry.analytic:+.9g}", f"{entry.numeric:+.9g}", f"{entry.error:.1e}"]
    if not entry.agrees:
        cells.append(console.words(WRONG))
    elif entry.corner:
        cells.append(console.words(CORNER))
    return "\t".join(cells)


COMMAND = Command(
    "check",
    "FILE [--json]",
    Text(en="compare every gradient with a central difference", zh="用中心差分检验每个梯度"),
    declare,
    run,
    ("gradgui check my.gradgui", "gradgui check my.gradgui --json"),
    NOTES,
)
