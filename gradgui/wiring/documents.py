"""Files: what is open, where it is kept, and whether a file holds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from gradgui.document.experiment import Experiment
from gradgui.document.file import read, write
from gradgui.document.history import History
from gradgui.document.locks import LocksSpec
from gradgui.errors import UserError
from gradgui.session.examples import is_example
from gradgui.session.keeping import beside, bring_data
from gradgui.session.recent import RecentFiles
from gradgui.text import Text, same
from gradgui.wiring.desk import Desk

FILES = Text(en="Experiments (*.gradgui)", zh="实验 (*.gradgui)")
OPEN = Text(en="Open an experiment", zh="打开实验")
SAVE_AS = Text(en="Save the experiment as", zh="实验另存为")
SHARE_AS = Text(en="Save the file for students", zh="保存发给学生的文件")
UNTITLED = Text(en="Untitled", zh="未命名")
SAVED = Text(en="Saved as {name}.", zh="已保存为 {name}。")
SAVED_WITH_DATA = Text(en="Saved as {name}, with {data} beside it.", zh="已保存为 {name}，{data} 也复制到了它旁边。")
SAVED_START = Text(
    en="Saved as {name}. The parameters are no longer finite numbers, so the file holds the start of this run.",
    zh="已保存为 {name}。参数已不是有限的数，所以文件里保存的是这次训练的起点。",
)
SHARED = Text(
    en="Saved as {name}: give this file to your students. Your own window stays as it is.",
    zh="已保存为 {name}：把它发给学生即可。您自己的窗口不变。",
)
SUFFIX = "gradgui"
Then = Callable[[], object]


class Documents(QObject):
    """Opens and saves; what goes wrong is said in the window, and what was open stays."""

    changed = Signal()
    """Another document, another place for it, or another answer to whether it is saved."""
    saved = Signal()
    file_chosen = Signal(str)
    """The user wants to open this file."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.recent = RecentFiles(desk.settings)
        self._path: Path | None = None
        self._history: History | None = None
        self._then: Then | None = None
        self._complaint: Text | None = None
        desk.actions.action("save").triggered.connect(self.save)
        desk.actions.action("save_as").triggered.connect(self.save_as)
        desk.session.editing.changed.connect(self.changed)

    @property
    def path(self) -> Path | None:
        """The file that is open; None for an example, or for what has never been saved."""
        return self._path if self._is_ours else None

    @property
    def modified(self) -> bool:
        """Whether there are changes that no file holds."""
        return self._history is not None and self._is_ours and self._history.modified

    @property
    def put_aside(self) -> bool:
        """Whether unsaved changes wait behind a lesson."""
        return self._history is not None and not self._is_ours and self._history.modified

    @property
    def title(self) -> Text:
        """What the document is called: its own title, else its file's name."""
        experiment = self._desk.session.experiment
        if experiment is not None and experiment.title is not None:
            return experiment.title
        return same(self.path.stem) if self.path is not None else UNTITLED

    def open(self, path: Path) -> bool:
        """Open a file or an example, asking nothing; False if it cannot be opened."""
        experiment = self.read(path)
        return experiment is not None and self.begin(experiment, path)

    def read(self, path: Path) -> Experiment | None:
        """What a file or an example holds; None, and told why, if it cannot be read."""
        try:
            return read(path)
        except UserError as error:
            self._complain(error)
            return None

    def begin(self, experiment: Experiment, path: Path) -> bool:
        """Go on with what was read from a file or an example; False if it cannot be opened."""
        try:
            self._desk.session.open(experiment, path.absolute().parent)
        except UserError as error:
            self._complain(error)
            return False
        self._settle(None if is_example(path) else path.absolute())
        return True

    def open_unsaved(self, experiment: Experiment, folder: Path | None, path: Path | None) -> bool:
        """Go on with an experiment that no file holds as it is; `path` is the file it once came from."""
        try:
            self._desk.session.open(experiment, folder)
        except UserError as error:
            self._complain(error)
            return False
        self._settle(path)
        if self._history is not None:
            self._history.mark_unsaved()
        self.changed.emit()
        return True

    def forget_changes(self) -> None:
        """Whatever is not saved may be lost: nobody will be asked."""
        if self._history is not None:
            self._history.mark_saved()
        self.changed.emit()

    def ask_for_file(self) -> None:
        """Let the user choose a file to open."""
        dialog = self._dialog(OPEN)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()

    @Slot()
    def save(self, then: Then | None = None) -> None:
        """Write the file, or ask for one if there is none; `then` follows once it is done."""
        if self.path is None:
            self.save_as(then)
        elif self._write(self.path) and callable(then):
            then()

    @Slot()
    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file, write it, and go on with it."""
        self._then = then if callable(then) else None
        dialog = self._dialog(SAVE_AS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(f"{_file_name(self._desk.speech.say(self.title))}.{SUFFIX}")
        dialog.fileSelected.connect(self._save_named)
        dialog.open()

    def save_copy(self, locks: LocksSpec) -> None:
        """Ask for a file and write a copy with these locks; what is open stays as it is, and unsaved if it was."""
        dialog = self._dialog(SHARE_AS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(f"{_file_name(self._desk.speech.say(self.title))}.{SUFFIX}")
        dialog.fileSelected.connect(lambda name: self._write_copy(Path(name), locks))
        dialog.open()

    # --- inside

    @property
    def _is_ours(self) -> bool:
        """Not a lesson, which another part of the program has opened: that is no document of the user's."""
        return self._history is self._desk.session.editing.history

    def _dialog(self, title: Text) -> QFileDialog:
        dialog = QFileDialog(self._desk.window, self._desk.speech.say(title))
        dialog.setNameFilter(self._desk.speech.say(FILES))
        here = self.path.parent if self.path is not None else self._desk.settings.documents_folder
        dialog.setDirectory(str(here))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    @Slot(str)
    def _save_named(self, name: str) -> None:
        then, self._then = self._then, None
        if self._write(Path(name)) and then is not None:
            then()

    def _write(self, path: Path) -> bool:
        session, words, data = self._desk.session, SAVED, None
        drawn = session.experiment
        if drawn is None:
            return False
        try:
            try:
                now = session.editing.to_save() or drawn
            except UserError:
                now, words = drawn, SAVED_START
            data = bring_data(now, session.folder, path.absolute().parent)
            write(path, beside(now, path.absolute().parent))
        except UserError as error:
            self._complain(error)
            return False
        self._settle(path.absolute())
        self._desk.window.say((SAVED_WITH_DATA if data else words).filled(name=path.name, data=data or ""))
        self.saved.emit()
        return True

    def _write_copy(self, path: Path, locks: LocksSpec) -> None:
        session = self._desk.session
        try:
            now = session.editing.to_save() or session.experiment
            if now is not None:
                bring_data(now, session.folder, path.absolute().parent)
                write(path, beside(now, path.absolute().parent).with_(locks=None if locks == LocksSpec() else locks))
        except UserError as error:
            self._complain(error)
            return
        self._desk.window.notices.tell(SHARED.filled(name=path.name))

    def _complain(self, error: UserError) -> None:
        self._complaint = error.text
        self._desk.window.notices.show_error(error)

    def _settle(self, path: Path | None) -> None:
        """From now on this file holds the document; what was said about an earlier attempt is past."""
        if self._complaint is not None and self._desk.window.notices.text == self._complaint:
            self._desk.window.notices.dismiss()
        self._path, self._history = path, self._desk.session.editing.history
        if self._history is not None:
            self._history.mark_saved()
        if path is not None:
            self.recent.add(path)
            self._desk.settings.documents_folder = path.parent
        self.changed.emit()


def _file_name(title: str) -> str:
    """A title as the name of a file: without what file systems refuse."""
    plain = "".join("-" if letter in '<>:"/\\|?*' or not letter.isprintable() else letter for letter in title)
    return plain.strip(" .")[:80] or SUFFIX
