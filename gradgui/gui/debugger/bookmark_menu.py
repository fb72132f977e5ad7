"""The bookmarks of a run in a menu: go to one of them, call the one of this moment something else, or remove it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.name_question import name_question
from gradgui.session.notebook import Notebook
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

_BOOKMARKS = Text(en="Bookmarks of this run", zh="这次运行的书签")
_GO = Text(en="{name} · iteration {k}", zh="{name} · 第 {k} 轮")
_RENAME = Text(en="Rename “{name}”…", zh="给“{name}”改名…")
_REMOVE = Text(en="Remove “{name}”", zh="删除“{name}”")
_RENAMING = Text(en="Rename bookmark", zh="给书签改名")
_CALLED = Text(en="What is this moment called?", zh="这个时刻叫什么？")
_HOW_MANY = Text(en="{n} marked ▾", zh="{n} 个书签 ▾")


class BookmarkButton(QToolButton):
    """Says how many there are; hidden while there are none."""

    place_chosen = Signal(object)
    """(training step, cursor) of a bookmark."""

    def __init__(self, speech: Speech, theme: Theme, notebook: Notebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._notebook = speech, theme, notebook
        self._place = (0, 0)
        self._dialog: QInputDialog | None = None
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self.fill)
        self.menu().triggered.connect(self._hear)
        notebook.bookmarks_changed.connect(self.retranslate)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remember which moment is on the screen."""
        self._place = (snapshot.iteration, snapshot.cursor)

    @Slot()
    def retranslate(self) -> None:
        """Speak the chosen language, and count again."""
        self.setText(self._speech.say(_HOW_MANY, n=len(self._notebook.bookmarks)))
        self.setToolTip(self._speech.say(_BOOKMARKS))
        self.setAccessibleName(self._speech.say(_BOOKMARKS))
        self.setVisible(bool(self._notebook.bookmarks))

    def restyle(self) -> None:
        """Follow the presenter factor."""
        self.setFont(self._theme.font(Size.SMALL, bold=True))

    @Slot()
    def fill(self) -> None:
        """What can be done now."""
        menu, say = self.menu(), self._speech.say
        menu.clear()
        here = None
        for number, mark in enumerate(self._notebook.bookmarks):
            words = say(_GO, name=mark.name, k=f"{mark.iteration + 1:,}")
            action = menu.addAction(words + (f"\tAlt+{number + 1}" if number < 9 else ""))
            action.setData(("go", number))
            action.setCheckable(True)
            action.setChecked(mark.place == self._place)
            here = number if mark.place == self._place else here
        if here is not None:
            menu.addSeparator()
            for what, question in (("rename", _RENAME), ("remove", _REMOVE)):
                action = menu.addAction(say(question, name=self._notebook.bookmarks[here].name))
                action.setData((what, here))

    @Slot(QAction)
    def _hear(self, action: QAction) -> None:
        what, number = action.data()
        if what == "go":
            self.place_chosen.emit(self._notebook.bookmarks[number].place)
        elif what == "remove":
            self._notebook.toggle_bookmark()
        else:
            self._ask_for_name(number)

    def _ask_for_name(self, number: int) -> None:
        name = self._notebook.bookmarks[number].name
        self._dialog = dialog = name_question(self.window(), self._speech, _RENAMING, _CALLED, name)
        dialog.setProperty("bookmark", number)
        dialog.textValueSelected.connect(self._rename)

    @Slot(str)
    def _rename(self, name: str) -> None:
        number = self.sender().property("bookmark")
        if number < len(self._notebook.bookmarks):
            self._notebook.rename_bookmark(number, name)
