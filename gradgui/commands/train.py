"""`gradgui train`: let a network learn."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.commands.command import Command
from gradgui.commands.console import Console, Progress
from gradgui.commands.parser import Parser
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.export.training import Point, Run

LINES = 20
"""So many epochs are printed, unless asked otherwise."""

FILE = Text(en="an experiment (.gradgui)", zh="实验文件（.gradgui）")
EPOCHS = Text(en="how often to go through all examples (100)", zh="把全部样本过多少遍（默认 100）")
JSON = Text(en="print one JSON object instead of lines", zh="输出一个 JSON 对象，而不是逐行文字")
SAVE = Text(en="write the trained experiment to OUT", zh="把训练好的实验写入 OUT")
EVERY = Text(en="print every K-th epoch (about {lines} lines)", zh="每 K 轮输出一行（默认约 {lines} 行）")

EPOCH = Text(en="epoch", zh="轮次")
LOSS = Text(en="loss", zh="损失")
TEST = Text(en="test loss", zh="测试损失")
RIGHT = Text(en="right", zh="正确率")
ON_THE_WAY = Text(en="epoch {epoch} of {epochs}, loss {loss:.6g}", zh="第 {epoch} / {epochs} 轮，损失 {loss:.6g}")
BLOWN_UP = Text(
    en="Stopped after epoch {epoch}: the loss is no longer a finite number. Try a smaller learning rate.",
    zh="第 {epoch} 轮后停止：损失已不是有限的数。请试试更小的学习率。",
)
NOT_SAVED = Text(en="{path} was not written.", zh="没有写入 {path}。")
SAVED = Text(en="Saved as {path}.", zh="已保存为 {path}。")
NEEDS_DATA = Text(
    en="{path} reads {data}, which must be copied into the same folder.",
    zh="{path} 要读取 {data}，请把它复制到同一个文件夹。",
)
NOTES = Text(
    en="The parameters start as they stand in the file; missing ones are drawn from its seed. The loss is that of the\n"
    "whole training set. JSON: epochs, loss.train, loss.test, accuracy, parameters; what does not exist is null.",
    zh="参数从文件中的值开始；缺少的由文件里的随机种子产生。损失是整个训练集上的损失。\n"
    "JSON 含 epochs、loss.train、loss.test、accuracy、parameters；不存在的为 null。",
)


def declare(parser: Parser) -> None:
    """The options."""
    parser.arguments.add_argument("file", type=Path, metavar="FILE", help=parser.words(FILE))
    parser.options.add_argument("--epochs", type=parser.whole(0), default=100, metavar="N", help=parser.words(EPOCHS))
    parser.options.add_argument("--json", action="store_true", help=parser.words(JSON))
    parser.options.add_argument("--save", type=Path, metavar="OUT", help=parser.words(SAVE))
    parser.options.add_argument("--every", type=parser.whole(1), metavar="K", help=parser.words(EVERY, lines=LINES))


def run(options: argparse.Namespace, console: Console) -> int:
    """Train, print, save."""
    from gradgui.commands.opening import opened
    from gradgui.export.training import Run

    learning = Run(opened(options.file))
    last = _learn(learning, options, console)
    if not last.finite:
        console.remark(BLOWN_UP, epoch=last.epoch)
    if options.json:
        console.json(_summary(learning, last))
    if options.save is not None:
        _save(learning, last, options, console)
    return 0


def _learn(learning: Run, options: argparse.Namespace, console: Console) -> Point:
    every = options.every or max(1, options.epochs // LINES)
    progress = Progress(console)
    point = None
    for point in learning.epochs(options.epochs, every):
        progress.close()
        if not options.json:
            _row(point, console)
        progress.show(ON_THE_WAY, epoch=point.epoch, epochs=options.epochs, loss=point.train_loss)
    progress.close()
    assert point is not None
    return point


def _head(point: Point, console: Console) -> None:
    """The names of the columns that this run has."""
    heads = [EPOCH, LOSS, *([TEST] if not math.isnan(point.test_loss) else [])]
    heads += [RIGHT] if not math.isnan(point.accuracy) else []
    console.line("\t".join(console.words(head) for head in heads))


def _row(point: Point, console: Console) -> None:
    if point.epoch == 0:
        _head(point, console)
    cells = [f"{point.epoch}", f"{point.train_loss:.8g}"]
    cells += [f"{point.test_loss:.8g}"] if not math.isnan(point.test_loss) else []
    cells += [f"{point.accuracy:.1%}"] if not math.isnan(point.accuracy) else []
    console.line("\t".join(cells))


def _summary(learning: Run, last: Point) -> dict[str, object]:
    network = learning.compiled.network
    parameters: dict[str, object] = {}
    for index in range(len(network.places)):
        weights, biases = network.weights(index), network.biases(index)
        if weights is not None and biases is not None:
            parameters[f"L{index + 1}.W"] = weights.tolist()
            parameters[f"L{index + 1}.b"] = biases.tolist()
    return {
        "epochs": last.epoch,
        "loss": {"train": last.train_loss, "test": last.test_loss},
        "accuracy": last.accuracy,
        "parameters": parameters,
    }


def _save(learning: Run, last: Point, options: argparse.Namespace, console: Console) -> None:
    from gradgui.catalog.datasets.csv import CsvSpec
    from gradgui.document.edits import with_averages, with_parameters
    from gradgui.document.file import write

    if not last.finite:
        console.remark(NOT_SAVED, path=options.save)
        return
    experiment = with_parameters(learning.compiled.experiment, learning.compiled.network)
    experiment = with_averages(experiment, learning.compiled.network)
    write(options.save, experiment)
    console.remark(SAVED, path=options.save)
    data = experiment.data
    if isinstance(data, CsvSpec) and options.save.resolve().parent != options.file.resolve().parent:
        console.remark(NEEDS_DATA, path=options.save, data=data.path)


COMMAND = Command(
    "train",
    "FILE [--epochs N] [--json] [--save OUT]",
    Text(en="let the network learn and print its loss", zh="训练网络并输出损失"),
    declare,
    run,
    (
        "gradgui train my.gradgui --epochs 200",
        "gradgui train my.gradgui --epochs 200 --save trained.gradgui",
        "gradgui train my.gradgui --epochs 50 --json > result.json",
    ),
    NOTES,
)
