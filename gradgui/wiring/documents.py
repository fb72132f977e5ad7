"""Files and examples: what is opened, and what the window calls it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from gradgui.document.experiment import Experiment
from gradgui.document.file import read
from gradgui.errors import UserError
from gradgui.session.examples import example_path, examples
from gradgui.session.snapshot import DataView
from gradgui.text import Text
from gradgui.wiring.desk import Desk

FILES = Text(en="Experiments (*.gradgui)", zh="实验 (*.gradgui)")
UNTITLED = Text(en="Untitled", zh="未命名")


class Documents(QObject):
    """Opens experiments; what is wrong with one is said in the window, and what was open stays."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.window.set_examples(examples())
        desk.window.example_chosen.connect(self._open_example)
        desk.actions.action("open").triggered.connect(self._ask_for_file)
        desk.session.document_changed.connect(self._show_document)
        desk.session.data_changed.connect(self._show_data)

    def open(self, path: Path) -> bool:
        """Open a file; False if it cannot be opened."""
        try:
            self._desk.session.open(read(path), path.parent)
        except UserError as error:
            self._desk.window.notices.show_error(error)
            return False
        return True

    @Slot(object)
    def _open_example(self, name: str) -> None:
        self.open(example_path(name))

    @Slot()
    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self._desk.window)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._desk.speech.say(FILES))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._open_named)
        dialog.open()

    @Slot(str)
    def _open_named(self, name: str) -> None:
        self.open(Path(name))

    @Slot(object)
    def _show_document(self, experiment: Experiment) -> None:
        self._desk.window.set_title(experiment.title or UNTITLED)
        self._desk.window.set_rate(experiment.optimizer.learning_rate)

    @Slot(object)
    def _show_data(self, data: DataView) -> None:
        self._desk.views.data.show_data(data)
        self._desk.window.show_training_panes(len(data.inputs) > 1)
