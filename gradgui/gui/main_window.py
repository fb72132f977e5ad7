"""The window: a tool bar, the panes between splitters, and one line that says what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from gradgui.gui.actions import Actions
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.notices import Notices
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.tool_bar import ToolBar
from gradgui.gui.widgets.pane import Pane
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.text import Text

PROGRAM = Text(en="Gradient Playground", zh="梯度游乐场")
WINDOW_TITLE = Text(en="{title} · Gradient Playground", zh="{title} · 梯度游乐场")
TITLES = {
    "network": Text(en="Network", zh="网络"),
    "surface": Text(en="Loss surface", zh="损失曲面"),
    "data": Text(en="Data", zh="数据"),
    "curves": Text(en="Curves", zh="曲线"),
    "debugger": Text(en="Debugger", zh="调试器"),
    "lesson": Text(en="Lesson", zh="课程"),
}
STATUS = Text(en="Status", zh="状态")
MENU: tuple[str | None, ...] = ("open", None, "language", "theme", "presenter", None, "quit")
SMALLEST, USUAL = (1024, 640), (1440, 900)
LOW_MIDDLE = 440
"""Below this height Data and Curves stand beside the network instead of under it."""


@dataclass(frozen=True, slots=True)
class Panes:
    """The views, ready to be hung up."""

    network: QWidget
    surface: QWidget
    data: QWidget
    curves: QWidget
    debugger: QWidget
    lesson: QWidget | None = None
    network_corner: QWidget | None = None
    """Small words at the right of the title, such as "3 layers · 6 parameters"."""
    surface_corner: QWidget | None = None
    """Such as the badge "slice" or "complete picture"."""


class MainWindow(QMainWindow):
    """Hangs up the panes, shows one alone on demand, and knows nothing of what they show."""

    rate_committed = Signal(object)
    """A new learning rate was typed."""
    example_chosen = Signal(object)
    """The id of an example."""
    closing = Signal()
    """The window is about to close: stop what runs."""

    def __init__(
        self,
        speech: Speech,
        theme: Theme,
        icons: Icons,
        actions: Actions,
        panes: Panes,
        menu: Sequence[str | None] = MENU,
        shortcuts: Sequence[str] | None = None,
    ) -> None:
        """`menu`: commands below ☰; `shortcuts`: further commands whose keys work, by default those of training."""
        super().__init__()
        self._speech, self._theme, self._actions = speech, theme, actions
        self._title: Text | None = None
        self._training_shown, self._alone = False, ""
        self.tool_bar = ToolBar(speech, theme, icons, actions, menu, self)
        self.notices = Notices(self, speech, theme, icons)
        self._panes = self._frame(panes)
        self._ground = QWidget(self)
        self._build_splitters()
        self._status = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED)
        self._build_frame()
        self._listen_to_keys(menu, TRAINING_KEYS if shortcuts is None else shortcuts)
        self.tool_bar.rate_committed.connect(self.rate_committed)
        self.tool_bar.rate_refused.connect(self.notices.show_error)
        self.tool_bar.example_chosen.connect(self.example_chosen)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._arrange()
        self._ground.setFocus()

    def pane(self, name: str) -> Pane:
        """The frame around network, surface, data, curves, debugger or lesson."""
        return self._panes[name]

    def set_title(self, title: Text) -> None:
        """Say what the experiment is called."""
        self._title = title
        self.tool_bar.title.set_title(title)
        self.retranslate()

    def set_examples(self, examples: Sequence[tuple[str, Text]]) -> None:
        """Offer these experiments below the title, as pairs of id and name."""
        self.tool_bar.title.set_examples(examples)

    def set_rate(self, rate: float) -> None:
        """Show the learning rate in force; what is being typed stays."""
        self.tool_bar.rate.set_value(rate)

    def say(self, text: Text, **fields: object) -> None:
        """Say in the status line what happened and which key comes next."""
        self._status.say(text, **fields)

    def show_training_panes(self, shown: bool) -> None:
        """Show or fold away Data and Curves."""
        self._training_shown = shown
        self._arrange()

    def focus_pane(self, name: str) -> None:
        """Show one pane alone; the same again, or an empty name, shows all."""
        self._alone = "" if name == self._alone else name
        self._arrange()

    @property
    def focused_pane(self) -> str:
        """The pane shown alone, or an empty name."""
        return self._alone

    def retranslate(self) -> None:
        """Name the window in the language of now."""
        say = self._speech.say
        self.setWindowTitle(say(WINDOW_TITLE, title=self._title) if self._title else say(PROGRAM))
        self._status.setAccessibleDescription(say(STATUS))

    def restyle(self) -> None:
        """Take the distances of now."""
        gap = self._theme.px(Space.GAP)
        for splitter in self._splitters:
            splitter.setHandleWidth(gap)
        self._body.setContentsMargins(gap, gap, gap, 0)
        self._status.setFixedHeight(self._theme.px(Space.STATUS))
        self._status.setContentsMargins(self._theme.px(Space.SMALL), 0, 0, 0)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _frame(self, panes: Panes) -> dict[str, Pane]:
        bodies = {name: getattr(panes, name) for name in TITLES}
        corners = {"network": panes.network_corner, "surface": panes.surface_corner}
        framed = {}
        for name, body in bodies.items():
            if body is None:
                continue
            pane = Pane(
                TITLES[name], body, self._speech, self._theme, corner=corners.get(name), titled=name != "debugger"
            )
            pane.focus_requested.connect(self._hear_focus)
            framed[name] = pane
        return framed

    def _build_splitters(self) -> None:
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        panes = self._panes
        self._training = _splitter(across, [(panes["data"], 1), (panes["curves"], 1)], QSplitter())
        self._left = _splitter(down, [(panes["network"], 11), (self._training, 10)], QSplitter())
        middle: list[tuple[QWidget, int]] = [(self._left, 7), (panes["surface"], 5)]
        self._middle = _splitter(across, middle, _Middle())
        self._middle.resized.connect(self._turn_training)
        if "lesson" in panes:
            self._middle.insertWidget(0, panes["lesson"])
            self._middle.setStretchFactor(0, 0)
        self._whole = _splitter(down, [(self._middle, 1), (panes["debugger"], 0)], QSplitter())
        self._splitters = (self._training, self._left, self._middle, self._whole)
        self._set_first_sizes()

    def _set_first_sizes(self) -> None:
        width, height = USUAL
        debugger = int(Space.DEBUGGER)
        self._whole.setSizes([height - debugger, debugger])
        lesson = [int(Space.LESSON)] if "lesson" in self._panes else []
        room = width - sum(lesson)
        self._middle.setSizes([*lesson, room * 7 // 12, room * 5 // 12])
        self._left.setSizes([550, 500])
        self._training.setSizes([500, 500])

    def _build_frame(self) -> None:
        ground = self._ground
        ground.setObjectName("ground")
        # The keys belong to the window until something asks for them; a click beside a field ends typing.
        ground.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tool_bar)
        column.addWidget(self.notices)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._body.addWidget(self._whole, 1)
        self._body.addWidget(self._status)
        column.addLayout(self._body, 1)
        self.setCentralWidget(ground)

    def _listen_to_keys(self, menu: Sequence[str | None], shortcuts: Sequence[str]) -> None:
        wanted = dict.fromkeys([name for name in menu if name is not None])
        wanted.update(dict.fromkeys((*TOOL_BAR_KEYS, *shortcuts)))
        self.addActions([self._actions.action(name) for name in wanted])

    def _hear_focus(self) -> None:
        sender = self.sender()
        self.focus_pane(next(name for name, pane in self._panes.items() if pane is sender))

    def _arrange(self) -> None:
        """Show what is wanted; a splitter with nothing to show takes no room."""
        folded = set() if self._training_shown else {"data", "curves"}
        for name, pane in self._panes.items():
            pane.setVisible(name == self._alone if self._alone else name not in folded)
        for splitter in self._splitters[:-1]:
            children = (splitter.widget(i) for i in range(splitter.count()))
            splitter.setVisible(any(child is not None and not child.isHidden() for child in children))
        self._turn_training()

    def _turn_training(self) -> None:
        """In a low window Data and Curves stand beside the network, in a high one under it."""
        low = self._middle.height() < self._theme.px(LOW_MIDDLE)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._left.setOrientation(across if low else down)
        self._training.setOrientation(down if low else across)


TOOL_BAR_KEYS = ("reset", "step_back", "step", "play_pause", "language", "theme", "presenter")
TRAINING_KEYS = ("pause", "next_iteration", "previous_iteration")


class _Middle(QSplitter):
    """The row above the debugger, which tells when its height changed."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


Kind = TypeVar("Kind", bound=QSplitter)


def _splitter(orientation: Qt.Orientation, parts: Sequence[tuple[QWidget, int]], splitter: Kind) -> Kind:
    splitter.setOrientation(orientation)
    splitter.setChildrenCollapsible(False)
    for index, (widget, stretch) in enumerate(parts):
        splitter.addWidget(widget)
        splitter.setStretchFactor(index, stretch)
    return splitter
