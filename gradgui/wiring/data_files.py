"""Data from files: picked by hand, looked into, and taken over."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from gradgui.catalog.datasets._csv_layout import Layout
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.document.edits import set_data
from gradgui.errors import UserError
from gradgui.gui.data import csv_words as words
from gradgui.gui.data.csv_dialog import CsvDialog
from gradgui.session.previews import Previews
from gradgui.wiring.desk import Desk


class DataFiles(QObject):
    """Opens the dialogs; only files picked here, now or earlier, may lie outside the experiment's folder."""

    refused = Signal(object)
    """A UserError about what was chosen."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._previews = Previews(self)
        self.dialog: CsvDialog | None = None
        desk.session.chosen.update(Path(name) for name in desk.settings.data_files)
        desk.window.closing.connect(self._previews.close)

    @Slot()
    def pick(self) -> None:
        """Ask for a file, where files may be opened."""
        if not self._desk.actions.action("open").isVisible():
            self.refused.emit(UserError(words.NO_FILES))
            return
        dialog = QFileDialog(self._desk.window)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setWindowTitle(self._desk.speech.say(words.PICK))
        dialog.setNameFilter(self._desk.speech.say(words.FILES))
        dialog.setDirectory(str(self._desk.settings.documents_folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.look_into)
        dialog.open()

    @Slot()
    def change(self) -> None:
        """Look again into the file in force."""
        experiment = self._desk.session.experiment
        if experiment is not None and isinstance(experiment.data, CsvSpec):
            spec = experiment.data
            self._open(Path(self._desk.session.folder or Path(), spec.path), spec)

    @Slot(object)
    def look_into(self, name: str | Path) -> None:
        """Show what is in a file that the user picked."""
        self._open(Path(name), None)

    def _open(self, path: Path, spec: CsvSpec | None) -> None:
        desk = self._desk
        dialog = CsvDialog(path.resolve(), spec, desk.speech, desk.theme, desk.icons, desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.look_asked.connect(self._look)
        dialog.taken.connect(self._take)
        dialog.finished.connect(self._forget)
        self._previews.found.connect(dialog.show_seen)
        self.dialog = dialog
        dialog.ask_first()
        dialog.open()

    @Slot(object, object, object)
    def _look(self, path: Path, layout: Layout, spec: CsvSpec | None) -> None:
        self._previews.ask(path, layout, spec)

    @Slot(object)
    def _take(self, spec: CsvSpec) -> None:
        session, settings, path = self._desk.session, self._desk.settings, Path(spec.path)
        folder = session.folder
        if folder is not None and path.is_relative_to(folder.resolve()):
            spec = msgspec.structs.replace(spec, path=path.relative_to(folder.resolve()).as_posix())
        else:
            session.chosen.add(path)
            settings.data_files = (str(path), *(name for name in settings.data_files if name != str(path)))
        try:
            session.editing.apply(set_data, spec, name=words.DO_IMPORT)
        except UserError as error:
            self.refused.emit(error)

    @Slot()
    def _forget(self) -> None:
        self.dialog = None
