"""`gradgui surface`: the loss as a landscape, in a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gradgui.commands.command import Command
from gradgui.commands.console import Console
from gradgui.commands.parser import Parser
from gradgui.errors import UserError
from gradgui.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gradgui.document.compile import Compiled
    from gradgui.session.axes import Axes
    from gradgui.session.axes_view import AxesChoice

ENDINGS = (".png", ".svg", ".npz", ".csv")
LARGEST_GRID = 1001
PCA_STEPS = 2000
"""At most so many moments of the run are looked at."""

FILE = Text(en="an experiment (.gradgui)", zh="实验文件（.gradgui）")
OUT = Text(
    en="where to: .png or .svg picture, .npz arrays xs, ys, loss, or .csv",
    zh="输出：.png 或 .svg 图像，.npz 数组（xs、ys、loss）或 .csv",
)
GRID = Text(en="points along each side (101)", zh="每边的点数（默认 101）")
AXES = Text(
    en="two parameters, such as L1.W[0,0] L1.b[0] (the first two weights)",
    zh="两个参数，如 L1.W[0,0] L1.b[0]（默认前两个权重）",
)
RANDOM = Text(en="two random directions, scaled like the weights", zh="两个随机方向，按权重大小缩放")
PCA = Text(en="the two directions in which a training run moves most", zh="训练过程变化最大的两个方向")
EPOCHS = Text(en="train so long before looking (0; with --pca 100)", zh="先训练多少轮再看（默认 0；--pca 时 100）")
RANGE = Text(en="from where to where, for both axes", zh="两个轴的范围")

GOES_ON = Text(en="{grid} × {grid} points, {seconds} s", zh="{grid} × {grid} 个点，已用 {seconds} 秒")
ENDING = Text(en="{path}: expected a name that ends in {endings}.", zh="{path}：文件名应以 {endings} 结尾。")
EXCLUDE = Text(en="--axes, --random and --pca exclude each other.", zh="--axes、--random 和 --pca 不能同时使用。")
NOTHING = Text(en="This network has no parameter that can move.", zh="这个网络没有可以变动的参数。")
SPAN = Text(en="--range: expected the first number to be the smaller one.", zh="--range：第一个数应较小。")
SAVED = Text(en="Saved as {path}: loss from {low} to {high}.", zh="已保存为 {path}：损失从 {low} 到 {high}。")


def declare(parser: Parser) -> None:
    """The options."""
    parser.arguments.add_argument("file", type=Path, metavar="FILE", help=parser.words(FILE))
    parser.arguments.add_argument("out", type=Path, metavar="OUT", help=parser.words(OUT))
    add = parser.options.add_argument
    add("--grid", type=parser.whole(2, LARGEST_GRID), default=101, metavar="N", help=parser.words(GRID))
    add("--axes", nargs=2, metavar=("P", "Q"), help=parser.words(AXES))
    add("--random", type=parser.whole(0, 2**31 - 1), metavar="SEED", help=parser.words(RANDOM))
    add("--pca", action="store_true", help=parser.words(PCA))
    add("--epochs", type=parser.whole(0), metavar="N", help=parser.words(EPOCHS))
    add("--range", nargs=2, type=float, metavar=("FROM", "TO"), help=parser.words(RANGE))


def run(options: argparse.Namespace, console: Console) -> int:
    """Compute and save."""
    import numpy as np

    from gradgui.commands.opening import opened
    from gradgui.commands.patience import patiently
    from gradgui.document.disk import write_bytes

    _check(options)
    compiled = opened(options.file)
    axes, heights = patiently(lambda: _landscape(compiled, options), console, GOES_ON, grid=options.grid)
    write_bytes(options.out, _content(options.out.suffix.lower(), axes, heights, compiled, console))
    finite = heights[np.isfinite(heights)]
    low, high = (f"{v:.6g}" for v in (finite.min(), finite.max())) if finite.size else ("NaN", "NaN")
    console.remark(SAVED, path=options.out, low=low, high=high)
    return 0


def _check(options: argparse.Namespace) -> None:
    if options.out.suffix.lower() not in ENDINGS:
        raise UserError(ENDING, path=options.out, endings=", ".join(ENDINGS))
    if (options.axes is not None) + (options.random is not None) + options.pca > 1:
        raise UserError(EXCLUDE)
    if options.range is not None and not options.range[0] < options.range[1]:
        raise UserError(SPAN)


def _landscape(compiled: Compiled, options: argparse.Namespace) -> tuple[Axes, NDArray[np.float64]]:
    """Train first if asked, then lay the axes and measure."""
    import numpy as np

    from gradgui.engine.surface import LossSurface
    from gradgui.session.axes import laid

    trail = _trail(compiled, (100 if options.pca else 0) if options.epochs is None else options.epochs)
    axes = laid(compiled.network, compiled.train, trail, _choice(compiled, options))
    xs, ys = sides(axes, options.grid)
    with LossSurface(compiled.network, compiled.train) as surface, np.errstate(all="ignore"):
        return axes, surface.heights(axes.plane, xs, ys, exact=True)


def sides(axes: Axes, grid: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The coordinates along both axes; a single one where there is only one direction."""
    import numpy as np

    return np.linspace(axes.x.low, axes.x.high, grid), np.linspace(
        axes.y.low, axes.y.high, 1 if axes.is_valley else grid
    )


def _trail(compiled: Compiled, epochs: int) -> NDArray[np.float64]:
    """(k, P) the parameters on the way."""
    import numpy as np

    trainer = compiled.trainer()
    every = max(1, epochs * trainer.steps_per_epoch // PCA_STEPS)
    moments = [compiled.network.theta.astype(np.float64)]
    for _ in range(epochs * trainer.steps_per_epoch // every):
        trainer.run(every)
        moments.append(compiled.network.theta.astype(np.float64))
    return np.stack(moments)


def _choice(compiled: Compiled, options: argparse.Namespace) -> AxesChoice:
    from gradgui.session.axes import first_axes
    from gradgui.session.axes_view import AxesChoice, AxesKind

    ranges = None if options.range is None else ((options.range[0], options.range[1]),) * 2
    if options.pca:
        return AxesChoice(AxesKind.PCA, ranges=ranges)
    if options.random is not None:
        return AxesChoice(AxesKind.RANDOM, seed=options.random, ranges=ranges)
    if options.axes is not None:
        return AxesChoice(AxesKind.PARAMETERS, options.axes[0], options.axes[1], ranges=ranges)
    first = first_axes(compiled)
    if first is None:
        raise UserError(NOTHING)
    return AxesChoice(AxesKind.PARAMETERS, first.choice.first, first.choice.second, ranges=ranges)


def _content(ending: str, axes: Axes, heights: NDArray[np.float64], compiled: Compiled, console: Console) -> bytes:
    from gradgui.export import landscape

    xs, ys = sides(axes, heights.shape[1])
    relief = landscape.Relief(xs, ys, heights, (axes.x.label, axes.y.label or "L"))
    if ending == ".csv":
        return landscape.as_csv(relief)
    if ending == ".npz":
        return landscape.as_npz(relief)
    picture = landscape.drawn(relief, compiled.experiment.title, axes.held, console.language)
    return picture.to_svg().encode() if ending == ".svg" else picture.to_png()


COMMAND = Command(
    "surface",
    "FILE OUT [--grid N] [--axes P Q | --random SEED | --pca]",
    Text(en="save the loss surface as a picture or as numbers", zh="把损失曲面存为图像或数据"),
    declare,
    run,
    (
        "gradgui surface my.gradgui valley.png",
        "gradgui surface my.gradgui valley.csv --grid 51 --axes L1.W[0,0] L1.b[0]",
        "gradgui surface my.gradgui path.png --pca --epochs 200",
    ),
)
