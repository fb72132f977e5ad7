"""The window: a tool bar, the panes between splitters, and one line that says what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QVBoxLayout, QWidget

from gradgui.gui.actions import Actions
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.notices import Notices
from gradgui.gui.offer_bar import OfferBar
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.tool_bar import RECENT, ToolBar
from gradgui.gui.wall import Wall
from gradgui.gui.widgets.pane import Pane
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.gui.widgets.side_sheet import BESIDE
from gradgui.text import Text, same

PROGRAM = Text(en="Gradient Playground", zh="梯度游乐场")
WINDOW_TITLE = Text(en="{title}[*] · Gradient Playground", zh="{title}[*] · 梯度游乐场")
"""Qt shows [*] as its sign of unsaved changes, or not at all."""
TITLES = {
    "network": Text(en="Network", zh="网络"),
    "surface": Text(en="Loss surface", zh="损失曲面"),
    "data": Text(en="Data", zh="数据"),
    "curves": Text(en="Curves", zh="曲线"),
    "debugger": Text(en="Debugger", zh="调试器"),
    "lesson": Text(en="Lesson", zh="课程"),
}
STATUS = Text(en="Status", zh="状态")
MENU: tuple[str | None, ...] = (
    "lessons", None, "new", "open", "recent", "save", "save_as", "share", None, "undo", "redo", None,
    "choose_data", "layer_table", "new_start", "log_widths", "lock_predictions", None,
    "language", "theme", "contrast", "presenter", None,
    "commands", "quit",
)  # fmt: skip
SMALLEST, USUAL = (1024, 640), (1440, 900)


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
        self._may_close: Callable[[], bool] | None = None
        self.tool_bar = ToolBar(speech, theme, icons, actions, menu, self)
        self.notices = Notices(self, speech, theme, icons)
        self.offers = OfferBar(self, speech, theme, icons)
        self.troubles = OfferBar(self, speech, theme, icons, urgent=True)
        self._panes = self._frame(panes)
        self._ground = QWidget(self)
        self._wall = Wall(self._panes, theme)
        self._wall.setObjectName(BESIDE)
        self._status = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED)
        self._told = same("")
        self._key = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.CURRENT, bold=True)
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
        self._ground.setFocus()

    def pane(self, name: str) -> Pane:
        """The frame around network, surface, data, curves, debugger or lesson."""
        return self._panes[name]

    def set_title(self, title: Text, caption: Text | None = None) -> None:
        """Say what the experiment is called; `caption` is what the window's frame says instead, such as a file name."""
        self.tool_bar.title.set_title(title)
        if (caption or title) != self._title:
            self._title = caption or title
            self.retranslate()

    def set_modified(self, modified: bool) -> None:
        """Mark that there are changes which no file holds."""
        if modified != self.isWindowModified():
            self.setWindowModified(modified)
        self.tool_bar.title.set_modified(modified)

    def ask_before_closing(self, may_close: Callable[[], bool]) -> None:
        """Close only when this says so; who says no asks the user and calls `close` again."""
        self._may_close = may_close

    def set_examples(self, examples: Sequence[tuple[str, Text]]) -> None:
        """Offer these experiments below the title, as pairs of id and name."""
        self.tool_bar.title.set_examples(examples)

    def set_rate(self, rate: float) -> None:
        """Show the learning rate in force; what is being typed stays."""
        self.tool_bar.rate.set_value(rate)

    def say(self, text: Text, **fields: object) -> None:
        """Say in the status line what happened and which key comes next."""
        self._told = text.filled(**fields)
        self._status.say(self._told)

    def say_meanwhile(self, text: Text | None) -> None:
        """Say something else for as long as it lasts; None for what was said before."""
        self._status.say(self._told if text is None else text)

    def say_key(self, text: Text | None) -> None:
        """Say at the right end of the status line what one key would do now; None for nothing."""
        self._key.setVisible(text is not None)
        if text is not None:
            self._key.say(text)

    def show_training_panes(self, shown: bool) -> None:
        """Show or fold away Data and Curves."""
        self._wall.show_training_panes(shown)

    @property
    def splitter_sizes(self) -> dict[str, list[int]]:
        """How the panes share the room now."""
        return self._wall.splitter_sizes

    def share_room(self, sizes: Mapping[str, Sequence[int]]) -> None:
        """Let the panes share the room as they did before."""
        self._wall.share_room(sizes)

    def hang_lesson(self, lesson: QWidget) -> None:
        """Hang a lesson at the left of everything, over the whole height: its words need room in every window."""
        pane = Pane(TITLES["lesson"], lesson, self._speech, self._theme, titled=False)
        pane.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._panes["lesson"] = pane
        self._row.insertWidget(0, pane)

    def show_lesson(self, shown: bool) -> None:
        """Show or fold away the lesson."""
        self._panes["lesson"].setVisible(shown)

    def bring_forward(self, name: str) -> None:
        """Show a pane that shares its place with others."""
        self._wall.bring_forward(name)

    def focus_pane(self, name: str) -> None:
        """Show one pane alone; the same again, or an empty name, shows all."""
        self._wall.focus_pane(name)

    @property
    def focused_pane(self) -> str:
        """The pane shown alone, or an empty name."""
        return self._wall.focused_pane

    def retranslate(self) -> None:
        """Name the window in the language of now."""
        say = self._speech.say
        self.setWindowTitle(say(WINDOW_TITLE, title=self._title) if self._title else say(PROGRAM))
        self._status.setAccessibleDescription(say(STATUS))

    def restyle(self) -> None:
        """Take the distances of now."""
        gap = self._theme.px(Space.GAP)
        self._body.setContentsMargins(gap, gap, gap, 0)
        self._row.setSpacing(gap)
        self._status.setFixedHeight(self._theme.px(Space.STATUS))
        self._status.setContentsMargins(self._theme.px(Space.SMALL), 0, 0, 0)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close is not None and not self._may_close():
            event.ignore()
            return
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
            framed[name] = pane
        return framed

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
        column.addWidget(self.offers)
        column.addWidget(self.troubles)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.addWidget(self._wall, 1)
        self._body.addLayout(self._row, 1)
        status = QHBoxLayout()
        status.addWidget(self._status, 1)
        status.addWidget(self._key)
        self._key.hide()
        self._body.addLayout(status)
        column.addLayout(self._body, 1)
        self.setCentralWidget(ground)

    def _listen_to_keys(self, menu: Sequence[str | None], shortcuts: Sequence[str]) -> None:
        wanted = dict.fromkeys([name for name in menu if name is not None and name != RECENT])
        wanted.update(dict.fromkeys((*TOOL_BAR_KEYS, *shortcuts)))
        self.addActions([self._actions.action(name) for name in wanted])


TOOL_BAR_KEYS = ("reset", "step_back", "step", "play_pause", "language", "theme", "presenter")
TRAINING_KEYS = (
    "pause", "next_iteration", "previous_iteration", "step_into", "step_out", "reverse_continue", "breakpoint",
    "run_to_here", "bookmark", "log_widths",
)  # fmt: skip
