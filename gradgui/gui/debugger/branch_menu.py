"""The branches of a run in a menu: go on with one of them, or call the one on the screen something else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.name_question import name_question
from gradgui.session.snapshot import BranchView, HistoryView, Snapshot
from gradgui.text import Text

_BRANCHES = Text(en="Branches of this run", zh="这次运行的分支")
_NOW = Text(en="{branches}: {name}", zh="{branches}：{name}")
_BRANCH = Text(
    en="{name} · {k} updates, loss {loss}",
    zh="{name} · {k} 次更新，损失 {loss}",
)
_SET = Text(
    en="{name} · {setting} · {k} updates, loss {loss}",
    zh="{name} · {setting} · {k} 次更新，损失 {loss}",
)
_RENAME = Text(en="Rename “{name}”…", zh="给“{name}”改名…")
_RENAMING = Text(en="Rename run", zh="给运行改名")
_CALLED = Text(en="What is this run called?", zh="这次运行叫什么？")
_FORKED = Text(
    en="{name} begins here. {other} is kept: “{name} ▾” goes back to it.",
    zh="{name} 从这里开始。{other} 已保留，点“{name} ▾”可以回去。",
)
_WIDEST = 150


def forked(history: HistoryView) -> Text | None:
    """Said while a branch that has just begun has gone no step of its own; None at any other moment."""
    here = next((branch for branch in history.branches if branch.here), None)
    if here is None or here.furthest > here.forked_at:
        return None
    left = next((branch for branch in history.branches if branch.number == here.parent), None)
    return None if left is None else _FORKED.filled(name=here.name, other=left.name)


class BranchButton(QToolButton):
    """Says which branch is on the screen; hidden while there is only one."""

    branch_chosen = Signal(object)
    """The number of a branch."""
    branch_renamed = Signal(object)
    """(number of a branch, its new name)."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._branches: tuple[BranchView, ...] = ()
        self._dialog: QInputDialog | None = None
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self.fill)
        self.menu().triggered.connect(self._hear)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the branches of the run."""
        branches = snapshot.history.branches if snapshot.history else ()
        if branches != self._branches:
            self._branches = branches
            self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Speak the chosen language."""
        here = self._here
        self.setVisible(here is not None)
        self.setToolTip(self._speech.say(_BRANCHES))
        if here is not None:
            name, widest = self._speech.say(here.name), self._theme.px(_WIDEST)
            self.setAccessibleName(self._speech.say(_NOW, branches=_BRANCHES, name=name))
            self.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, widest) + " ▾")

    @Slot()
    def restyle(self) -> None:
        """Follow the presenter factor."""
        self.setFont(self._theme.font(Size.SMALL, bold=True))
        self.retranslate()

    @Slot()
    def fill(self) -> None:
        """Every branch with what sets it apart and how far it went, and another name for this one."""
        menu, say, here = self.menu(), self._speech.say, self._here
        menu.clear()
        for branch in self._branches:
            loss = f"{branch.loss:.4g}".replace("-", "−")
            words = _BRANCH if branch.setting is None else _SET
            action = menu.addAction(
                say(words, name=branch.name, setting=branch.setting, k=f"{branch.furthest:,}", loss=loss)
            )
            action.setCheckable(True)
            action.setChecked(branch.here)
            action.setData(("go", branch.number))
        if here is not None:
            menu.addSeparator()
            menu.addAction(say(_RENAME, name=here.name)).setData(("rename", here.number))

    @property
    def _here(self) -> BranchView | None:
        return next((branch for branch in self._branches if branch.here), None)

    @Slot(QAction)
    def _hear(self, action: QAction) -> None:
        what, number = action.data()
        if what == "go":
            self.branch_chosen.emit(number)
            return
        name = next(branch.name for branch in self._branches if branch.number == number)
        self._dialog = dialog = name_question(self.window(), self._speech, _RENAMING, _CALLED, self._speech.say(name))
        dialog.setProperty("branch", number)
        dialog.textValueSelected.connect(self._rename)

    @Slot(str)
    def _rename(self, name: str) -> None:
        self.branch_renamed.emit((self.sender().property("branch"), name))
