"""Leaving a document: to open another or to close the window, and never without a question where work would be lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gradgui.gui.gallery.dialog import GalleryDialog
from gradgui.gui.leaving import Answer, LeavingDialog
from gradgui.session.examples import example_path, gallery
from gradgui.wiring.desk import Desk
from gradgui.wiring.documents import Documents, Then
from gradgui.wiring.opening import Opening


class Leaving(QObject):
    """Everything that puts another document in the place of this one goes through here."""

    begun = Signal()
    """Somebody wants to leave: whoever covers the user's document gives it back first."""

    def __init__(self, desk: Desk, documents: Documents, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._documents = desk, documents
        self._opening = Opening(desk, documents, self)
        self._opening.overtaken.connect(self.open_file)
        documents.file_chosen.connect(self._open_named)
        self._dialog: LeavingDialog | None = None
        self._then: Then | None = None
        desk.window.ask_before_closing(self.may_close)
        desk.window.example_chosen.connect(self.open_example)
        desk.actions.action("new").triggered.connect(self._show_gallery)
        desk.actions.action("open").triggered.connect(self._ask_for_file)
        desk.actions.action("quit").triggered.connect(desk.window.close)

    def leave(self, then: Then) -> None:
        """Do this once nothing can be lost; while the question stands, the newest wish counts."""
        self.begun.emit()
        self._then = then
        if not self._documents.modified:
            self._go()
        elif self._dialog is None:
            self._dialog = LeavingDialog(self._documents.title, self._desk.speech, self._desk.window)
            self._dialog.answered.connect(self._hear)
            self._dialog.open()

    def open_file(self, path: Path) -> None:
        """Open a file in place of this document."""
        self.leave(lambda: self._opening.open(path))

    @Slot(str)
    def _open_named(self, name: str) -> None:
        self._opening.open(Path(name))

    @Slot(object)
    def open_example(self, name: str) -> None:
        """Open an example in place of this document."""
        self.open_file(example_path(name))

    def may_close(self) -> bool:
        """Whether the window may close now; if not, the user has been asked."""
        self.begun.emit()
        if not self._documents.modified:
            return True
        self.leave(self._close)
        return False

    @Slot()
    def _show_gallery(self) -> None:
        dialog = GalleryDialog(gallery(), self._desk.speech, self._desk.theme, self._desk.window)
        dialog.example_chosen.connect(self.open_example)
        dialog.open()

    @Slot()
    def _ask_for_file(self) -> None:
        self.leave(self._documents.ask_for_file)

    @Slot(object)
    def _hear(self, answer: Answer) -> None:
        self._dialog = None
        if answer is Answer.SAVE:
            self._documents.save(self._go)
        elif answer is Answer.DISCARD:
            self._go()
        else:
            self._then = None

    def _close(self) -> None:
        """Either it is saved, or the user gave it up."""
        self._documents.forget_changes()
        self._desk.window.close()

    def _go(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
