"""`gradgui trace`: one training step, event by event."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.commands.command import Command
from gradgui.commands.console import Console
from gradgui.commands.parser import Parser
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.export.trace import TraceRow

FILE = Text(en="an experiment (.gradgui)", zh="实验文件（.gradgui）")
BATCH = Text(en="which batch of the first epoch, from 0 (0)", zh="第一轮的第几批，从 0 开始（默认 0）")
JSON = Text(en="print one JSON object per event", zh="每个事件输出一个 JSON 对象")
MORE = Text(en=" … {count} rows", zh=" … 共 {count} 行")

PHASES = {
    "forward": Text(en="forward", zh="前向传播"),
    "loss": Text(en="loss", zh="损失"),
    "backward": Text(en="backward", zh="反向传播"),
    "update": Text(en="update", zh="更新"),
}
PLAIN = {
    "linear": "z",
    "activation": "a",
    "loss": "L",
    "dL/da": "∂L/∂a",
    "dL/dz": "∂L/∂z",
    "dL/dW": "∂L/∂W",
    "dL/db": "∂L/∂b",
    "dL/dx": "∂L/∂x",
}
SHOWN = 8
"""Longer rows and taller tables are cut for the eye; JSON has everything."""

NOTES = Text(
    en="The parameters are those of the file; nothing is learnt before the step. Arrays have one row for each sample;\n"
    "W is units × inputs. JSON keys: i, phase, kind, layer, name, value, formula (LaTeX).",
    zh="参数就是文件中的参数；这一步之前不做任何训练。数组每行对应一个样本；W 是 神经元 × 输入。\n"
    "JSON 的键：i、phase、kind、layer、name、value、formula(LaTeX)。",
)


def declare(parser: Parser) -> None:
    """The options."""
    parser.arguments.add_argument("file", type=Path, metavar="FILE", help=parser.words(FILE))
    parser.options.add_argument("--batch", type=parser.whole(0), default=0, metavar="K", help=parser.words(BATCH))
    parser.options.add_argument("--json", action="store_true", help=parser.words(JSON))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print every event."""
    from gradgui.commands.opening import opened
    from gradgui.export.trace import trace

    phase = ""
    for row in trace(opened(options.file), options.batch):
        if options.json:
            console.json(row)
            continue
        if row.phase != phase:
            phase = row.phase
            console.say(PHASES[phase])
        _show(row, console)
    return 0


def _show(row: TraceRow, console: Console) -> None:
    what = row.name.rpartition(".")[2] if row.kind == "update" else PLAIN.get(row.kind, row.kind)
    head = f"{row.i:4}  {row.layer or '':<4} {what:<10} "
    lines = [row.value] if not isinstance(row.value, list) else _lines(row.value)
    sign = "+" if row.kind.startswith("dL") else ""
    for number, line in enumerate(lines[:SHOWN]):
        console.line((head if number == 0 else " " * len(head)) + _written(line, sign))
    if len(lines) > SHOWN:
        console.line(" " * len(head) + console.words(MORE, count=len(lines)))


def _lines(value: list[object]) -> list[object]:
    return value if value and isinstance(value[0], list) else [value]


def _written(line: object, sign: str) -> str:
    if not isinstance(line, list):
        return _number(line, sign)
    return "  ".join(_number(entry, sign) for entry in line[:SHOWN]) + ("  …" if len(line) > SHOWN else "")


def _number(value: object, sign: str) -> str:
    """Gradients show their sign; minus is a real minus."""
    return f"{value:{sign}.6g}".replace("-", "−") if isinstance(value, float) else str(value)


COMMAND = Command(
    "trace",
    "FILE [--batch K] [--json]",
    Text(en="print one training step, event by event", zh="逐个事件输出一步训练"),
    declare,
    run,
    ("gradgui trace my.gradgui", "gradgui trace my.gradgui --batch 2 --json"),
    NOTES,
)
