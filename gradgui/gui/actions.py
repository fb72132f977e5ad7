"""Every command once: its words, its icon, its keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.text import Text


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for; its id is kept for ever."""

    id: str
    text: Text
    icon: str
    shortcuts: tuple[str, ...]
    tip: Text
    """What it does, in a sentence without its keys; those are added when it is shown."""
    checkable: bool = False


COMMANDS = (
    Command(
        "step", Text(en="Step", zh="步进"), "step", ("F10", "N", "Right", "PgDown"),
        Text(en="Run the next event of this training step", zh="执行这一轮训练的下一个事件"),
    ),
    Command(
        "step_back", Text(en="Step back", zh="后退"), "step_back", ("F8", "B", "Left", "PgUp"),
        Text(en="Undo the last event, exactly", zh="精确撤回上一个事件"),
    ),
    Command(
        "play_pause", Text(en="Play", zh="播放"), "play", ("F5", "C", "Space"),
        Text(en="Train without stopping", zh="连续训练，不停顿"),
    ),
    Command(
        "pause", Text(en="Pause", zh="暂停"), "pause", ("F6", "Shift+F5"),
        Text(en="Stop where it is now", zh="就停在此刻"),
    ),
    Command(
        "reset", Text(en="Reset", zh="重置"), "reset", ("Ctrl+Shift+F5", "Ctrl+R"),
        Text(en="Back to the same start: same weights, same batches", zh="回到同一个起点：同样的权重，同样的批次"),
    ),
    Command(
        "next_iteration", Text(en="Next iteration", zh="下一轮"), "next_iteration", ("Ctrl+Right",),
        Text(en="Run on to the end of this training step", zh="执行到这一轮训练结束"),
    ),
    Command(
        "previous_iteration", Text(en="Previous iteration", zh="上一轮"), "previous_iteration", ("Ctrl+Left",),
        Text(en="Back to the start of this training step, or of the one before", zh="回到这一轮训练的开头，或再上一轮"),
    ),
    Command(
        "next_epoch", Text(en="One epoch", zh="一个 epoch"), "next_epoch", ("Ctrl+Shift+Right",),
        Text(en="Train until all examples have been seen once more", zh="训练到所有样本又看过一遍为止"),
    ),
    Command(
        "training", Text(en="Training", zh="训练设置"), "settings", ("T",),
        Text(
            en="Optimizer, loss, regularisation, batches, speed and when to stop",
            zh="优化器、损失、正则化、批次、速度和自动停止",
        ),
        checkable=True,
    ),
    Command(
        "faster", Text(en="Faster", zh="加快"), "play", ("Ctrl+Up",),
        Text(en="More training steps per second", zh="每秒训练更多步"),
    ),
    Command(
        "slower", Text(en="Slower", zh="放慢"), "play", ("Ctrl+Down",),
        Text(en="Fewer training steps per second", zh="每秒训练更少步"),
    ),
    Command(
        "step_into", Text(en="Into", zh="进入"), "chevron_down", ("F11", "I"),
        Text(en="Look inside what has just happened, in smaller steps", zh="看刚才这一步的里面，用更小的步子"),
    ),
    Command(
        "step_out", Text(en="Out", zh="跳出"), "chevron_up", ("Shift+F11", "U"),
        Text(en="Finish this part and go on in larger steps", zh="走完这一部分，之后用更大的步子"),
    ),
    Command(
        "reverse_continue", Text(en="Back to the last breakpoint", zh="倒回上一个断点"), "play_back", ("Shift+F8",),
        Text(en="Run backwards until a breakpoint, or to the start", zh="往回运行，直到断点或起点"),
    ),
    Command(
        "breakpoint", Text(en="Breakpoint here", zh="在这里设断点"), "breakpoint", ("F9",),
        Text(en="Stop at this event from now on, or no more", zh="从现在起在这个事件处停下，或取消"),
    ),
    Command(
        "run_to_here", Text(en="Run to this event again", zh="运行到下一个同样的事件"), "next_iteration", ("Ctrl+F10",),
        Text(en="Train until the same event of the next iteration", zh="训练到下一轮的同一个事件"),
    ),
    Command(
        "bookmark", Text(en="Bookmark", zh="书签"), "bookmark", ("Ctrl+B",),
        Text(en="Remember this moment; Alt+1 to Alt+9 come back to it", zh="记住此刻；按 Alt+1 到 Alt+9 回来"),
    ),
    Command(
        "lock_predictions", Text(en="Predict before every step", zh="每一步都先预测"), "target", ("Ctrl+Shift+K",),
        Text(
            en="For teachers: no number is shown before it was predicted, and students cannot switch that off",
            zh="教师用：每个数出现之前都要先预测，学生不能自行关闭",
        ),
        checkable=True,
    ),
    Command(
        "log_widths", Text(en="Widths by powers of ten", zh="线宽按数量级"), "network", ("Ctrl+G",),
        Text(en="Draw small gradients so that they can be told apart", zh="让很小的梯度也看得出粗细"), checkable=True,
    ),
    Command(
        "lessons", Text(en="Lessons", zh="课程"), "lessons", ("F1", "Ctrl+E"),
        Text(en="All lessons at a glance", zh="一览所有课程"),
    ),
    Command(
        "tour", Text(en="Show me around", zh="带我看看"), "information", ("Ctrl+F1",),
        Text(en="What is where in this window, in half a minute", zh="半分钟了解窗口里各是什么"),
    ),
    Command(
        "new", Text(en="New…", zh="新建…"), "new", ("Ctrl+N",),
        Text(en="Start from an example or from an almost empty sheet", zh="从示例或几乎空白的实验开始"),
    ),
    Command(
        "open", Text(en="Open…", zh="打开…"), "open", ("Ctrl+O",),
        Text(en="Open an experiment from a file", zh="从文件打开实验"),
    ),
    Command(
        "save", Text(en="Save", zh="保存"), "save", ("Ctrl+S",),
        Text(en="Save the experiment", zh="保存实验"),
    ),
    Command(
        "save_as", Text(en="Save as…", zh="另存为…"), "save", ("Ctrl+Shift+S",),
        Text(en="Save the experiment under another name", zh="以另一个名字保存实验"),
    ),
    Command(
        "undo", Text(en="Undo", zh="撤销"), "undo", ("Ctrl+Z",),
        Text(en="Take back the last change", zh="收回上一次修改"),
    ),
    Command(
        "redo", Text(en="Redo", zh="重做"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y"),
        Text(en="Make the change again after all", zh="重新做一次刚才撤销的修改"),
    ),
    Command(
        "choose_data", Text(en="Data…", zh="数据…"), "data", ("Ctrl+T",),
        Text(en="Choose a data set, draw points, type a table", zh="选择数据集、画点、填写表格"),
    ),
    Command(
        "layer_table", Text(en="Layer table", zh="层表"), "table", ("Ctrl+Shift+L",),
        Text(en="All layers and their numbers, to read, hear and edit", zh="所有层和它们的数，可看、可听、可改"),
    ),
    Command(
        "new_start", Text(en="New start", zh="换一个起点"), "dice", ("Ctrl+Shift+R",),
        Text(en="Draw other weights, with the next seed", zh="用下一个种子重新产生权重"),
    ),
    Command(
        "language", Text(en="中文", zh="English"), "language", ("Ctrl+L",),
        Text(en="Switch the window to Chinese (切换到中文)", zh="把界面切换为英文（switch to English）"),
    ),
    Command(
        "theme", Text(en="Light or dark", zh="浅色／深色"), "theme", ("Ctrl+D",),
        Text(en="Switch between light and dark colours", zh="在浅色与深色之间切换"),
    ),
    Command(
        "presenter", Text(en="Presenter mode", zh="演示模式"), "presenter", ("Ctrl+Shift+F",),
        Text(en="Larger text and lines, for a projector", zh="放大文字和线条，适合投影"), checkable=True,
    ),
    Command(
        "spotlight", Text(en="Spotlight", zh="聚光灯"), "target", ("Ctrl+Shift+H",),
        Text(en="Dim all of the network but what the current event is about", zh="只照亮当前事件涉及的部分，其余变暗"),
        checkable=True,
    ),
    Command(
        "class_on", Text(en="On with the class", zh="接着讲"), "chevron_right", ("Ctrl+PgDown",),
        Text(
            en="Whatever comes next in the lesson: a vote, its result, the answer, the task, the next step",
            zh="按课程往下讲：请全班表决、公布票数、锁定答案、演示操作、进入下一步",
        ),
    ),
    Command(
        "class_back", Text(en="Back with the class", zh="退回去讲"), "chevron_left", ("Ctrl+PgUp",),
        Text(en="Vote again, begin the step again, or the step before", zh="重新表决、这一步重来，或回到上一步"),
    ),
    Command(
        "contrast", Text(en="High contrast", zh="高对比度"), "theme", ("Ctrl+Shift+D",),
        Text(en="Black on white or white on black, with stronger lines", zh="黑白分明，线条更重"), checkable=True,
    ),
    Command(
        "motion", Text(en="Less motion", zh="减少动画"), "pause", ("Ctrl+Shift+M",),
        Text(en="Nothing glides or turns by itself", zh="不再有滑动和转动"), checkable=True,
    ),
    Command(
        "sound", Text(en="Hear the loss", zh="听见损失"), "sound", ("Ctrl+M",),
        Text(en="A tone that falls as the loss falls, while it trains", zh="训练时用音高表示损失：损失越小，音越低"),
        checkable=True,
    ),
    Command(
        "zoom_in", Text(en="Larger", zh="放大"), "plus", ("Ctrl+=", "Ctrl++"),
        Text(en="Make all text and lines larger", zh="放大所有文字和线条"),
    ),
    Command(
        "zoom_out", Text(en="Smaller", zh="缩小"), "minus", ("Ctrl+-",),
        Text(en="Make all text and lines smaller", zh="缩小所有文字和线条"),
    ),
    Command(
        "zoom_reset", Text(en="Usual size", zh="原始大小"), "reset", ("Ctrl+0",),
        Text(en="All text and lines at 100 %", zh="所有文字和线条恢复为 100%"),
    ),
    Command(
        "commands", Text(en="Find a command…", zh="查找命令…"), "search", ("Ctrl+Shift+P",),
        Text(en="Type a few letters of what you want, in either language", zh="输入想做的事的几个字，中英文都行"),
    ),
    Command(
        "show_network", Text(en="Only the network", zh="只看网络"), "network", ("Ctrl+1",),
        Text(en="Show the network alone; the same key again shows all", zh="只显示网络；再按一次显示全部"),
    ),
    Command(
        "show_surface", Text(en="Only the loss surface", zh="只看损失曲面"), "surface", ("Ctrl+2",),
        Text(en="Show the loss surface alone; the same key again shows all", zh="只显示损失曲面；再按一次显示全部"),
    ),
    Command(
        "show_debugger", Text(en="Only the debugger", zh="只看调试器"), "table", ("Ctrl+3",),
        Text(en="Show the debugger alone; the same key again shows all", zh="只显示调试器；再按一次显示全部"),
    ),
    Command(
        "show_data", Text(en="Only the data", zh="只看数据"), "data", ("Ctrl+4",),
        Text(en="Show the data alone; the same key again shows all", zh="只显示数据；再按一次显示全部"),
    ),
    Command(
        "show_curves", Text(en="Only the curves", zh="只看曲线"), "curve", ("Ctrl+5",),
        Text(en="Show the curves alone; the same key again shows all", zh="只显示曲线；再按一次显示全部"),
    ),
    Command(
        "poll", Text(en="Show of hands", zh="举手表决"), "check", ("Ctrl+Shift+V",),
        Text(en="Count the answers of the class to the open question", zh="统计全班对当前问题的答案"),
    ),
    Command(
        "auto_play", Text(en="Play the lesson", zh="自动播放课程"), "play", ("Ctrl+Shift+A",),
        Text(en="Tasks are done before the eyes of the class; questions wait", zh="任务自动演示，遇到问题停下等回答"),
        checkable=True,
    ),
    Command(
        "handout", Text(en="Worksheet…", zh="学习单…"), "save", ("Ctrl+P",),
        Text(en="Save this lesson's worksheet, answers or teacher's page", zh="保存本课的学习单、答案或教师用页"),
    ),
    Command(
        "share", Text(en="Share with students…", zh="发给学生…"), "save", ("Ctrl+Shift+O",),
        Text(en="One file for students, with what they may not do locked", zh="存成一个文件发给学生，并锁定不许做的事"),
    ),
    Command(
        "hand_in", Text(en="Save my progress…", zh="保存我的学习进度…"), "save", ("Ctrl+Shift+I",),
        Text(en="What you have done in the lessons, as a file for your teacher", zh="把学习进度存成文件，交给老师"),
    ),
    Command(
        "class_progress", Text(en="Progress of the class…", zh="全班学习进度…"), "table", ("Ctrl+Shift+T",),
        Text(en="The progress files of your students as one table", zh="把学生交来的进度文件汇总成一张表"),
    ),
    Command(
        "class_votes", Text(en="Votes of the class…", zh="全班表决结果…"), "table", ("Ctrl+Shift+E",),
        Text(en="Save all votes as a table", zh="把所有表决结果存为表格"),
    ),
    Command(
        "quit", Text(en="Quit", zh="退出"), "quit", ("Ctrl+Q",),
        Text(en="Close the window", zh="关闭窗口"),
    ),
)  # fmt: skip
KEYS = Text(en="{tip} ({keys})", zh="{tip}（{keys}）")
ARROWS = {
    "Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "左方向": "←", "右方向": "→", "上方向": "↑", "下方向": "↓",
}  # fmt: skip


class Actions(QObject):
    """One QAction a command, in the language and the ink of now."""

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech, self._icons = speech, icons
        self._commands = {command.id: command for command in COMMANDS}
        self._actions = {command.id: self._make(command) for command in COMMANDS}
        self._playing = False
        self._words: dict[str, Text] = {}
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def action(self, command_id: str) -> QAction:
        """The action of a command; connect to its `triggered`."""
        return self._actions[command_id]

    def command(self, command_id: str) -> Command:
        """The command as it reads now: Play reads Pause while the network trains."""
        if command_id == "play_pause" and self._playing:
            pause, play = self._commands["pause"], self._commands["play_pause"]
            return Command(play.id, pause.text, pause.icon, play.shortcuts, pause.tip)
        return self._commands[command_id]

    def ids(self) -> tuple[str, ...]:
        """Every command there is."""
        return tuple(self._commands)

    def rename(self, command_id: str, text: Text) -> None:
        """Let a command say what it would do now: "Undo add layer"."""
        if self._words.get(command_id) != text:
            self._words[command_id] = text
            self._name(command_id)

    def show_playing(self, playing: bool) -> None:
        """Make the one button read Pause while the network trains, Play otherwise."""
        if playing != self._playing:
            self._playing = playing
            self._name("play_pause")
            self._draw("play_pause")

    def retranslate(self) -> None:
        """Say every command in the language of now."""
        for command_id in self._actions:
            self._name(command_id)

    def restyle(self) -> None:
        """Draw every icon in the ink of now."""
        for command_id in self._actions:
            self._draw(command_id)

    def _make(self, command: Command) -> QAction:
        action = QAction(self)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        action.setCheckable(command.checkable)
        return action

    def _name(self, command_id: str) -> None:
        action, command = self._actions[command_id], self.command(command_id)
        say = self._speech.say
        action.setText(say(self._words.get(command_id, command.text)).replace("&", "&&"))
        tip = say(command.tip)
        action.setStatusTip(tip)
        action.setToolTip(say(KEYS, tip=tip, keys=_keys(action)))

    def _draw(self, command_id: str) -> None:
        self._actions[command_id].setIcon(self._icons.icon(self.command(command_id).icon))


def keys_said(keys: QKeySequence) -> str:
    """As they stand on the keyboard; of an arrow Qt writes the name, in Chinese a long one."""
    parts = keys.toString(QKeySequence.SequenceFormat.NativeText).split("+")
    return "+".join(ARROWS.get(part, part) for part in parts)


def _keys(action: QAction) -> str:
    """The first two ways to press it: a function key and a letter."""
    return ", ".join(keys_said(keys) for keys in action.shortcuts()[:2])
