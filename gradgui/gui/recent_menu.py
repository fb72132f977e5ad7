"""The files opened last, as a menu: the newest first, those that are gone in grey."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.session.recent import RecentFile
from gradgui.text import Text

TITLE = Text(en="Open recent", zh="最近打开")
ENTRY = Text(en="{number}  {name}   {folder}", zh="{number}  {name}   {folder}")
GONE = Text(en="{number}  {name}   no longer there", zh="{number}  {name}   已不在原处")
NONE = Text(en="No files yet", zh="还没有文件")
CLEAR = Text(en="Forget these files", zh="清空这个列表")
LONGEST = 40


class RecentMenu(QMenu):
    """Says which file was chosen."""

    opening = Signal()
    """About to be shown: time for a fresh look at the files."""
    file_chosen = Signal(object)
    cleared = Signal()

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._icons = speech, icons
        self._files: tuple[RecentFile, ...] = ()
        self._clear = QAction(self)
        self.aboutToShow.connect(self.opening)
        self.triggered.connect(self._hear)
        speech.changed.connect(self.retranslate)
        theme.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def set_files(self, files: Sequence[RecentFile]) -> None:
        """Offer these files."""
        self._files = tuple(files)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setTitle(say(TITLE))
        self.clear()
        for number, file in enumerate(self._files, 1):
            words = say(ENTRY if file.exists else GONE, number=number, name=file.path.stem, folder=_folder(file))
            action = self.addAction(words.replace("&", "&&"))
            action.setEnabled(file.exists)
            action.setData(file.path)
        if not self._files:
            self.addAction(say(NONE)).setEnabled(False)
            return
        self.addSeparator()
        self._clear = self.addAction(say(CLEAR))

    def restyle(self) -> None:
        """Draw the icon in the ink of now."""
        self.setIcon(self._icons.icon("open"))

    @Slot(QAction)
    def _hear(self, action: QAction) -> None:
        if action is self._clear:
            self.cleared.emit()
        elif action.data() is not None:
            self.file_chosen.emit(action.data())


def _folder(file: RecentFile) -> str:
    """The end of a long folder says more than its beginning."""
    words = str(file.path.parent)
    return words if len(words) <= LONGEST else "…" + words[-LONGEST:]
