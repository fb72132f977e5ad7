"""Undo and redo: from the keys to the session, and every refusal into the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.wiring.desk import Desk


class EditingWires(QObject):
    """Lets edits be taken back and made again, and says why one cannot be."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, editing = desk, desk.session.editing
        desk.actions.action("undo").triggered.connect(editing.undo)
        desk.actions.action("redo").triggered.connect(editing.redo)
        desk.window.addActions([desk.actions.action("undo"), desk.actions.action("redo")])
        editing.refused.connect(desk.window.notices.show_error)
        editing.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Only what is possible can be chosen, and it says what it would do."""
        history, actions = self._desk.session.editing.history, self._desk.actions
        actions.action("undo").setEnabled(history is not None and history.can_undo)
        actions.action("redo").setEnabled(history is not None and history.can_redo)
        if history is not None:
            actions.rename("undo", history.undo_text)
            actions.rename("redo", history.redo_text)
