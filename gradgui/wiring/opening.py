"""Opens files: a large table that belongs to one is read before, in a thread of its own, while the window goes on."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from gradgui.catalog.datasets._csv_text import located
from gradgui.catalog.datasets.csv import CsvSpec
from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.session.previews import Previews
from gradgui.text import Text
from gradgui.wiring.desk import Desk
from gradgui.wiring.documents import Documents

LARGE_BYTES = 500_000
"""What is smaller is read before anybody notices."""
READING = Text(en="Reading {name} …", zh="正在读取 {name}……")


class Opening(QObject):
    """The newest wish counts; what cannot be opened is told by the documents."""

    overtaken = Signal(object)
    """The path of a file that is ready; but meanwhile the document that it would replace has been changed."""

    def __init__(self, desk: Desk, documents: Documents, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._documents = desk, documents
        self._awaited: tuple[Experiment, Path, int] | None = None
        """What the file holds, the file, and the revision of the document that was given up for it."""
        self._previews = Previews(self)
        self._previews.found.connect(self._go_on)
        desk.window.closing.connect(self._previews.close)

    def open(self, path: Path) -> None:
        """Open a file now, or as soon as its table has been read."""
        self._awaited = None
        experiment = self._documents.read(path)
        if experiment is None:
            return
        found = self._large_table(experiment, path)
        if found is None:
            self._documents.begin(experiment, path)
            return
        table, spec = found
        self._awaited = experiment, path, self._desk.session.revision
        self._desk.window.say(READING, name=table.name)
        self._previews.ask(table, spec.layout, msgspec.structs.replace(spec, path=str(table)))

    @Slot(object)
    def _go_on(self, _seen: object) -> None:
        """The table is remembered now, or cannot be read, which opening tells."""
        awaited, self._awaited = self._awaited, None
        if awaited is None:
            return
        experiment, path, revision = awaited
        if revision == self._desk.session.revision:
            self._documents.begin(experiment, path)
        else:
            self.overtaken.emit(path)

    def _large_table(self, experiment: Experiment, path: Path) -> tuple[Path, CsvSpec] | None:
        """Where the table of a file lies, if it has a large one and may read it."""
        data = experiment.data
        if not isinstance(data, CsvSpec):
            return None
        try:
            table = located(data.path, path.absolute().parent, self._desk.session.chosen)
            return (table, data) if table.stat().st_size >= LARGE_BYTES else None
        except (UserError, OSError):
            return None
