"""What the window calls the document: its title, its file, the mark of unsaved changes, the list of recent files."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.session.alike import alike
from gradgui.session.examples import examples
from gradgui.session.snapshot import DataView
from gradgui.text import same
from gradgui.wiring.desk import Desk
from gradgui.wiring.documents import Documents
from gradgui.wiring.leaving import Leaving


class Captions(QObject):
    """Follows the document with words."""

    def __init__(self, desk: Desk, documents: Documents, leaving: Leaving, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._documents, self._leaving = desk, documents, leaving
        self._data: DataView | None = None
        self._menu = desk.window.tool_bar.recent
        desk.window.set_examples(examples())
        desk.session.data_changed.connect(self._show_data)
        documents.changed.connect(self._show)
        self._menu.opening.connect(self._show_recent)
        self._menu.cleared.connect(self._clear_recent)
        self._menu.file_chosen.connect(leaving.open_file)
        self._show_recent()

    @Slot()
    def _show(self) -> None:
        documents, window, experiment = self._documents, self._desk.window, self._desk.session.experiment
        window.set_title(documents.title, None if documents.path is None else same(documents.path.name))
        window.set_modified(documents.modified)
        window.setWindowFilePath("" if documents.path is None else str(documents.path))
        if experiment is not None:
            window.set_rate(experiment.optimizer.learning_rate)

    @Slot(object)
    def _show_data(self, data: DataView) -> None:
        """Only where the data have changed: most edits are about the network, and many points take their time."""
        before, self._data = self._data, data
        if alike(before, data):
            return
        self._desk.views.data.show_data(data)
        self._desk.window.show_training_panes(len(data.inputs) > 1)

    @Slot()
    def _show_recent(self) -> None:
        self._menu.set_files(self._documents.recent.files())

    @Slot()
    def _clear_recent(self) -> None:
        self._documents.recent.clear()
        self._show_recent()
