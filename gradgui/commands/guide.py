"""What `gradgui --help` says: enough to train, trace and export without any other manual."""

from __future__ import annotations

from collections.abc import Sequence

from gradgui.commands.command import Command
from gradgui.text import Language, Text

DESCRIPTION = Text(
    en="A playground that shows what a gradient is and how backpropagation finds it.\n"
    "Without a command it opens the window; with one it works without any display.",
    zh="梯度游乐场：看看什么是梯度，反向传播怎样求出它。\n不带命令时打开窗口；带命令时不需要显示器。",
)
USAGE = Text(en="gradgui [options] [FILE]\n       gradgui COMMAND …", zh="gradgui [选项] [FILE]\n     gradgui 命令 …")
FILE = Text(en="an experiment (.gradgui) to open", zh="要打开的实验文件（.gradgui）")
VERSION = Text(en="show the version", zh="显示版本")
WINDOW_OPTIONS = {
    "--projector": Text(en="large letters, for a classroom", zh="大字显示，适合课堂投影"),
    "--safe-mode": Text(en="no OpenGL, standard settings", zh="不用 OpenGL，使用默认设置"),
    "--temp-profile": Text(en="keep no settings afterwards", zh="退出后不保留设置"),
    "--kiosk": Text(
        en="the whole screen, no files, nothing kept: for a machine that stands in the open",
        zh="全屏，不碰文件，不留记录：适合公共展示的机器",
    ),
}
LESSON = Text(en="open this lesson", zh="打开这一课")
LOCK = Text(
    en="take these commands out of the window, such as play_pause,reset", zh="从窗口中去掉这些命令，如 play_pause,reset"
)
NO_SCREEN = Text(
    en="gradgui: there is no display to open a window on; these commands work without one: gradgui train FILE, "
    "gradgui trace FILE, gradgui --help.",
    zh="gradgui：没有可以打开窗口的显示器；下列命令不需要显示器："
    "gradgui train FILE、gradgui trace FILE、gradgui --help。",
)

COMMANDS = Text(en="commands (gradgui COMMAND --help tells more)", zh="命令（详见 gradgui 命令 --help）")
START = Text(
    en="""start here: save these lines as my.gradgui
{example}

then
  gradgui train my.gradgui --epochs 200                    let it learn, see its loss
  gradgui train my.gradgui --epochs 200 --save done.gradgui
  gradgui trace my.gradgui                                 one step: forward, loss, backward, update
  gradgui export my.gradgui curves.csv --epochs 200        its learning curve as a table
  gradgui export my.gradgui steps.csv --trace              every number of that one step as a table
  gradgui export my.gradgui my.py --to torch               the same network as a PyTorch script
  gradgui my.gradgui                                       open it in the window

your own numbers: "x" has one row for each example, "y" one row of targets; the first layer takes as many inputs as a
row of x has, the last layer has as many units as a row of y. Instead of a table: {{"kind": "spiral", "points": 300}},
or a file of yours: {{"kind": "csv", "path": "prices.csv", "targets": ["price"], "standardise": "both"}}
(beside the experiment, names in its first line). Let the end suit the targets:
  numbers, such as prices     last activation identity    loss half_mse
  yes or no, as 1 or 0        last activation sigmoid     loss bce
  one of several classes      last activation softmax     loss cross_entropy, one unit for each class
what there is to choose from:
  data: {data}
  activations: {activations}
  losses: {losses}
  optimizers: {optimizers}

exit codes: 0 done, 1 not in order or no display, 2 bad input (one sentence says where), 130 interrupted""",
    zh="""从这里开始：把下面几行存为 my.gradgui
{example}

然后
  gradgui train my.gradgui --epochs 200                    训练并查看损失
  gradgui train my.gradgui --epochs 200 --save done.gradgui
  gradgui trace my.gradgui                                 走一步：前向、损失、反向、更新
  gradgui export my.gradgui curves.csv --epochs 200        把学习曲线导出为表格
  gradgui export my.gradgui steps.csv --trace              把这一步的每个数导出为表格
  gradgui export my.gradgui my.py --to torch               同一个网络的 PyTorch 脚本
  gradgui my.gradgui                                       在窗口中打开

用你自己的数："x" 每行是一个样本，"y" 每行是它的目标；第一层的输入个数等于 x 一行的个数，
最后一层的神经元数等于 y 一行的个数。也可以不用表格：{{"kind": "spiral", "points": 300}}，
或者用你自己的文件：{{"kind": "csv", "path": "prices.csv", "targets": ["price"], "standardise": "both"}}
（放在实验文件旁边，第一行是列名）。最后一层要配合目标：
  数值（如价格）              最后的激活函数 identity     损失 half_mse
  是或否（1 或 0）            最后的激活函数 sigmoid      损失 bce
  几个类别之一                最后的激活函数 softmax      损失 cross_entropy，每类一个神经元
可选的有：
  数据：{data}
  激活函数：{activations}
  损失：{losses}
  优化器：{optimizers}

退出码：0 完成，1 有问题或没有显示器，2 输入有误（用一句话指出位置），130 被中断""",
)
EXAMPLE = """  {"format": "gradgui.experiment", "version": 1,
   "data": {"kind": "table", "x": [[0, 0], [0, 1], [1, 0], [1, 1]], "y": [[0], [1], [1], [0]]},
   "network": {"layers": [{"kind": "dense", "units": 4, "activation": "tanh"},
                          {"kind": "dense", "units": 1, "activation": "sigmoid"}]},
   "loss": {"kind": "bce"}, "optimizer": {"kind": "adam", "learning_rate": 0.05}}"""


def page(commands: Sequence[Command], language: Language) -> str:
    """All commands, then a worked example."""
    rows = [
        f"  {command.name + ' ' + command.usage}\n      {command.summary.in_language(language)}" for command in commands
    ]
    return f"{COMMANDS.in_language(language)}:\n" + "\n".join(rows) + "\n\n" + _start(language)


def _start(language: Language) -> str:
    from gradgui.catalog import registry

    return START.in_language(
        language,
        example=EXAMPLE,
        data=", ".join(registry.data_kinds()),
        activations=", ".join(registry.activation_kinds()),
        losses=", ".join(registry.loss_kinds()),
        optimizers=", ".join(registry.optimizer_kinds()),
    )
