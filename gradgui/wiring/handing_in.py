"""What a student has done, as a file to hand in; and the files of a class as one table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from gradgui.document.disk import write_bytes
from gradgui.errors import UserError
from gradgui.session.class_table import class_table
from gradgui.session.lesson_progress import Progress
from gradgui.text import Text
from gradgui.wiring.desk import Desk

HAND_IN = Text(en="Save my progress: call the file by your name", zh="保存我的学习进度：用自己的姓名作文件名")
COLLECT = Text(en="Choose the progress files of your students", zh="选择学生交来的进度文件")
TABLE = Text(en="Save the table of the class", zh="保存全班进度表")
PROGRESS, CSV = Text(en="Progress (*.json)", zh="学习进度 (*.json)"), Text(en="Table (*.csv)", zh="表格 (*.csv)")
MINE = Text(en="my name.json", zh="姓名.json")
CLASS = Text(en="class.csv", zh="全班进度.csv")
SAVED = Text(en="Saved as {name}.", zh="已保存为 {name}。")
TABLED = Text(en="Saved as {name}. Students: {count}.", zh="已保存为 {name}：{count} 名学生。")


class HandingIn(QObject):
    """Files only: nothing is sent anywhere."""

    def __init__(self, desk: Desk, progress: Progress, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._progress = desk, progress
        self._files: tuple[Path, ...] = ()
        actions = desk.actions
        actions.action("hand_in").triggered.connect(self._hand_in)
        actions.action("class_progress").triggered.connect(self._collect)
        desk.window.addActions([actions.action("hand_in"), actions.action("class_progress")])

    @Slot()
    def _hand_in(self) -> None:
        dialog = self._dialog(HAND_IN, PROGRESS, MINE)
        dialog.fileSelected.connect(self._write_mine)
        dialog.open()

    @Slot()
    def _collect(self) -> None:
        dialog = self._dialog(COLLECT, PROGRESS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._tabulate)
        dialog.open()

    def _dialog(self, title: Text, kind: Text, name: Text | None = None) -> QFileDialog:
        """To save under this name; without one, to open."""
        say = self._desk.speech.say
        dialog = QFileDialog(self._desk.window, say(title))
        dialog.setNameFilter(say(kind))
        dialog.setDirectory(str(self._desk.settings.documents_folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if name is not None:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(say(name).rpartition(".")[2])
            dialog.selectFile(say(name))
        return dialog

    @Slot(str)
    def _write_mine(self, name: str) -> None:
        path = Path(name)
        self._try(lambda: write_bytes(path, self._progress.as_file()), SAVED.filled(name=path.name))

    @Slot(list)
    def _tabulate(self, names: list[str]) -> None:
        """Every file is read before anybody is asked where to save."""
        self._files = tuple(map(Path, names))
        if self._try(lambda: class_table(self._files)):
            dialog = self._dialog(TABLE, CSV, CLASS)
            dialog.fileSelected.connect(self._write_table)
            dialog.open()

    @Slot(str)
    def _write_table(self, name: str) -> None:
        path = Path(name)
        done = TABLED.filled(name=path.name, count=len(self._files))
        self._try(lambda: write_bytes(path, class_table(self._files)), done)

    def _try(self, what: Callable[[], object], done: Text | None = None) -> bool:
        try:
            what()
        except UserError as error:
            self._desk.window.notices.show_error(error)
            return False
        if done is not None:
            self._desk.window.notices.tell(done)
        return True
