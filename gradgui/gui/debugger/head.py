"""The two rows above the debugger: the whole run, and the events of the step that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QToolButton, QWidget

from gradgui.gui.debugger.bookmark_menu import BookmarkButton
from gradgui.gui.debugger.iteration_box import IterationBox
from gradgui.gui.debugger.scrubber import Scrubber
from gradgui.gui.debugger.timeline import Timeline
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.choice import Choice
from gradgui.gui.widgets.dressing import mark
from gradgui.session.levels import LEVELS, Level
from gradgui.session.notebook import Notebook
from gradgui.session.snapshot import BranchView, Snapshot
from gradgui.text import Text

_LEVEL = Text(en="How large a step is (I finer, U coarser)", zh="一步有多大（I 更细，U 更粗）")
_STEP_OF = Text(en="step: {level}", zh="一步：{level}")
_BOOKMARK = Text(en="Bookmark this moment (Ctrl+B)", zh="给此刻加书签（Ctrl+B）")
_PREDICT = Text(en="Predict first: guess each number before it is shown", zh="先预测：每个数出现之前先猜")
_LOCKED = Text(en="Predict first: locked by the teacher", zh="先预测：老师已锁定")
_BRANCHES = Text(en="Branches of this run", zh="这次运行的分支")
_BRANCH = Text(
    en="{name} · {k} updates, loss {loss}",
    zh="{name} · {k} 次更新，损失 {loss}",
)
_SHAPED = Text(
    en="{name} · {shape} · {k} updates, loss {loss}",
    zh="{name} · {shape} · {k} 次更新，损失 {loss}",
)


class Head(QWidget):
    """Iteration and whole run in the first row, step size and events in the second."""

    level_chosen = Signal(object)
    branch_chosen = Signal(object)
    """The number of a branch."""
    place_chosen = Signal(object)
    """(training step, cursor) of a bookmark."""

    def __init__(
        self, speech: Speech, theme: Theme, icons: Icons, notebook: Notebook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons, self._notebook = speech, theme, icons, notebook
        self.iteration = IterationBox(speech, theme, self)
        self.scrubber = Scrubber(speech, theme, self)
        self.timeline = Timeline(speech, theme, self)
        self.level = Choice(_LEVEL, speech, theme, icons, self)
        self._branch, self._mark, self._predict = (QToolButton(self) for _ in range(3))
        self.marks = BookmarkButton(speech, theme, notebook, self)
        self._branches: tuple[BranchView, ...] = ()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.restyle()
        self.show_level(Level.OPERATION)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where the moment lies."""
        self.iteration.show_snapshot(snapshot)
        self.scrubber.show_snapshot(snapshot)
        self.timeline.show_snapshot(snapshot)
        self.marks.show_snapshot(snapshot)
        branches = snapshot.history.branches if snapshot.history else ()
        if branches != self._branches:
            self._branches = branches
            self._name_branch()
        marks = [b for b in self._notebook.bookmarks if b.place == (snapshot.iteration, snapshot.cursor)]
        self._mark.setChecked(bool(marks))

    def show_level(self, level: Level) -> None:
        """Show the size of a step that is in force."""
        self.level.choose(level.value)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        say = self._speech.say
        self.level.set_choices([(level.value, _STEP_OF.filled(level=words)) for level, words in LEVELS.items()])
        for button, words in ((self._mark, _BOOKMARK), (self._predict, _PREDICT), (self._branch, _BRANCHES)):
            button.setToolTip(say(words))
            button.setAccessibleName(say(words))
        self._show_prediction()
        self._name_branch()

    def restyle(self) -> None:
        """Follow colours and the presenter factor."""
        px = self._theme.px
        self._grid.setContentsMargins(px(Space.SMALL), px(4), px(Space.GAP), 0)
        self._grid.setHorizontalSpacing(px(Space.SMALL))
        self._tools.setSpacing(px(2))
        for button, name in ((self._mark, "bookmark"), (self._predict, "target")):
            button.setIcon(self._icons.icon(name))
            button.setIconSize(QSize(1, 1) * px(Space.ICON))
            button.setFixedSize(px(30), px(28))
        self._branch.setFont(self._theme.font(Size.SMALL, bold=True))
        self.level.setFont(self._theme.font(Size.SMALL))
        self.level.setFixedSize(px(168), px(30))
        self.level.setStyleSheet(f"min-height: {px(26)}px; padding-left: {px(10)}px;")

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(0)
        self._tools = QHBoxLayout()
        for button in (self._branch, self.marks, self._mark, self._predict):
            mark(button, "bare", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._tools.addWidget(button)
        self._mark.setCheckable(True)
        self._predict.setCheckable(True)
        self._branch.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._branch.setMenu(QMenu(self._branch))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self.iteration, 0, 0, Qt.AlignmentFlag.AlignHCenter | middle)
        self._grid.addWidget(self.scrubber, 0, 1)
        self._grid.addLayout(self._tools, 0, 2)
        self._grid.addWidget(self.level, 1, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.timeline, 1, 1, 1, 2)
        self._grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.level.chosen.connect(self._hear_level)
        self.marks.place_chosen.connect(self.place_chosen)
        self._mark.clicked.connect(self._notebook.toggle_bookmark)
        self._predict.clicked.connect(self._notebook.predict)
        self._branch.menu().triggered.connect(self._hear_branch)
        self._notebook.bookmarks_changed.connect(self.scrubber.show_bookmarks)
        self._notebook.prediction_changed.connect(self._show_prediction)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _name_branch(self) -> None:
        """The branch in force, with the others below; nothing while there is only one."""
        here = next((branch for branch in self._branches if branch.here), None)
        self._branch.setVisible(here is not None)
        menu = self._branch.menu()
        menu.clear()
        if here is None:
            return
        self._branch.setText(self._speech.say(here.name) + " ▾")
        for branch in self._branches:
            words = self._speech.say(
                _SHAPED if branch.shape else _BRANCH,
                name=branch.name,
                shape=branch.shape,
                k=f"{branch.furthest:,}",
                loss=f"{branch.loss:.4g}".replace("-", "−"),
            )
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(branch.here)
            action.setData(branch.number)

    def _show_prediction(self) -> None:
        self._predict.setChecked(self._notebook.predicting)
        self._predict.setEnabled(not self._notebook.locked)
        self._predict.setToolTip(self._speech.say(_LOCKED if self._notebook.locked else _PREDICT))

    def _hear_level(self, choice: object) -> None:
        self.level_chosen.emit(Level(choice))

    def _hear_branch(self, action: object) -> None:
        self.branch_chosen.emit(action.data())  # type: ignore[attr-defined]
