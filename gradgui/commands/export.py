"""`gradgui export`: scripts, tables and pictures to use elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.commands.command import Command
from gradgui.commands.console import Console, Progress
from gradgui.commands.parser import Parser
from gradgui.errors import UserError
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.document.compile import Compiled
    from gradgui.export.training import Point, Run

ENDINGS = (".py", ".csv", ".svg", ".png", ".gif")
FRAMES_PER_SECOND = 12.0

FILE = Text(en="an experiment (.gradgui)", zh="实验文件（.gradgui）")
OUT = Text(
    en="where to: .py script, .csv table, .svg or .png picture of the curves, .gif film of the run",
    zh="输出：.py 脚本、.csv 表格、.svg 或 .png 曲线图、.gif 训练动画",
)
TO = Text(en="which library a script uses: torch or numpy (torch)", zh="脚本使用的库：torch 或 numpy（默认 torch）")
TRACE = Text(en="a .csv of one training step, event by event, instead of curves", zh=".csv 改为一步训练的逐事件表格")
BATCH = Text(en="with --trace: which batch, from 0 (0)", zh="与 --trace 合用：第几批，从 0 开始（默认 0）")
EPOCHS = Text(en="how often to go through all examples (100)", zh="把全部样本过多少遍（默认 100）")

ENDING = Text(en="{path}: expected a name that ends in {endings}.", zh="{path}：文件名应以 {endings} 结尾。")
ONLY_CSV = Text(en="--trace: only for a .csv file.", zh="--trace：只能用于 .csv 文件。")
ON_THE_WAY = Text(en="epoch {epoch} of {epochs}", zh="第 {epoch} / {epochs} 轮")
SAVED = Text(en="Saved as {path}.", zh="已保存为 {path}。")


def declare(parser: Parser) -> None:
    """The options."""
    parser.arguments.add_argument("file", type=Path, metavar="FILE", help=parser.words(FILE))
    parser.arguments.add_argument("out", type=Path, metavar="OUT", help=parser.words(OUT))
    add = parser.options.add_argument
    add("--to", choices=("torch", "numpy"), default="torch", help=parser.words(TO))
    add("--epochs", type=parser.whole(0), default=100, metavar="N", help=parser.words(EPOCHS))
    add("--trace", action="store_true", help=parser.words(TRACE))
    add("--batch", type=parser.whole(0), default=0, metavar="K", help=parser.words(BATCH))


def run(options: argparse.Namespace, console: Console) -> int:
    """Make it and save it."""
    from gradgui.commands.opening import opened
    from gradgui.document.disk import write_bytes

    ending = options.out.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(ENDING, path=options.out, endings=", ".join(ENDINGS))
    if options.trace and ending != ".csv":
        raise UserError(ONLY_CSV)
    compiled = opened(options.file)
    if ending == ".gif":
        _film(compiled, options, console)
    else:
        write_bytes(options.out, _content(compiled, ending, options, console))
    console.remark(SAVED, path=options.out)
    return 0


def _content(compiled: Compiled, ending: str, options: argparse.Namespace, console: Console) -> bytes:
    if ending == ".py":
        return _script(compiled, options).encode()
    if options.trace:
        from gradgui.export.tables import trace_as_csv
        from gradgui.export.trace import trace

        return trace_as_csv(trace(compiled, options.batch))
    from gradgui.export import curves
    from gradgui.export.training import Run

    points = _watched(Run(compiled), options, console)
    if ending == ".csv":
        return curves.as_csv(points)
    picture = curves.drawn(points, compiled.experiment.title, console.language)
    return picture.to_svg().encode() if ending == ".svg" else picture.to_png()


def _script(compiled: Compiled, options: argparse.Namespace) -> str:
    from gradgui.export.numpy_script import numpy_script
    from gradgui.export.torch_script import torch_script

    write = torch_script if options.to == "torch" else numpy_script
    return write(compiled, options.epochs)


def _watched(run: Run, options: argparse.Namespace, console: Console) -> list[Point]:
    progress, points = Progress(console), []
    for point in run.epochs(options.epochs):
        points.append(point)
        progress.show(ON_THE_WAY, epoch=point.epoch, epochs=options.epochs)
    progress.close()
    return points


def _film(compiled: Compiled, options: argparse.Namespace, console: Console) -> None:
    from gradgui.export.animation import Film, write_film
    from gradgui.export.run_film import stills
    from gradgui.export.training import Run

    progress, frames = Progress(console), []
    learning = Run(compiled)
    for frame in stills(learning, options.epochs, console.language):
        frames.append(frame)
        progress.show(ON_THE_WAY, epoch=learning.trainer.epoch, epochs=options.epochs)
    progress.close()
    write_film(options.out, Film(frames, FRAMES_PER_SECOND), lambda _: None, lambda: False)


COMMAND = Command(
    "export",
    "FILE OUT.py|.csv|.svg|.png|.gif [--to torch|numpy] [--epochs N] [--trace]",
    Text(en="save a script, a table, a picture or a film", zh="导出脚本、表格、图像或动画"),
    declare,
    run,
    (
        "gradgui export my.gradgui my.py",
        "gradgui export my.gradgui my.py --to numpy",
        "gradgui export my.gradgui curves.csv --epochs 200",
        "gradgui export my.gradgui step.csv --trace",
        "gradgui export my.gradgui learning.gif --epochs 300",
    ),
)
