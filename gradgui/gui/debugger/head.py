"""The two rows above the debugger: the whole run, and the events of the step that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from gradgui.gui.debugger.bookmark_menu import BookmarkButton
from gradgui.gui.debugger.branch_menu import BranchButton
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
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

_LEVEL = Text(en="How large a step is (I finer, U coarser)", zh="一步有多大（I 更细，U 更粗）")
_STEP_OF = Text(en="step: {level}", zh="一步：{level}")
_BOOKMARK = Text(en="Bookmark this moment (Ctrl+B)", zh="给此刻加书签（Ctrl+B）")
_PREDICT = Text(en="Predict first: guess each number before it is shown", zh="先预测：每个数出现之前先猜")
_LOCKED = Text(en="Predict first: locked by the teacher", zh="先预测：老师已锁定")


class Head(QWidget):
    """Iteration and whole run in the first row, step size and events in the second."""

    level_chosen = Signal(object)
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
        self._mark, self._predict = (QToolButton(self) for _ in range(2))
        self.branch = BranchButton(speech, theme, self)
        self.marks = BookmarkButton(speech, theme, notebook, self)
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
        self.branch.show_snapshot(snapshot)
        marks = [b for b in self._notebook.bookmarks if b.place == (snapshot.iteration, snapshot.cursor)]
        self._mark.setChecked(bool(marks))

    def show_level(self, level: Level) -> None:
        """Show the size of a step that is in force."""
        self.level.choose(level.value)

    def retranslate(self) -> None:
        """Speak the chosen language."""
        say = self._speech.say
        self.level.set_choices([(level.value, _STEP_OF.filled(level=words)) for level, words in LEVELS.items()])
        for button, words in ((self._mark, _BOOKMARK), (self._predict, _PREDICT)):
            button.setToolTip(say(words))
            button.setAccessibleName(say(words))
        self._show_prediction()

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
        self.level.setFont(self._theme.font(Size.SMALL))
        self.level.setFixedSize(px(168), px(30))
        self.level.setStyleSheet(f"min-height: {px(26)}px; padding-left: {px(10)}px;")

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(0)
        self._tools = QHBoxLayout()
        for button in (self.branch, self.marks, self._mark, self._predict):
            mark(button, "bare", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._tools.addWidget(button)
        self._mark.setCheckable(True)
        self._predict.setCheckable(True)
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
        self._notebook.bookmarks_changed.connect(self.scrubber.show_bookmarks)
        self._notebook.prediction_changed.connect(self._show_prediction)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _show_prediction(self) -> None:
        self._predict.setChecked(self._notebook.predicting)
        self._predict.setEnabled(not self._notebook.locked)
        self._predict.setToolTip(self._speech.say(_LOCKED if self._notebook.locked else _PREDICT))

    def _hear_level(self, choice: object) -> None:
        self.level_chosen.emit(Level(choice))
