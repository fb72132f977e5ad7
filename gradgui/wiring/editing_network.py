"""Edits of the network: from the hand in the network pane to the session, and the refusals back to their place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.errors import UserError
from gradgui.gui.editor.wishes import Wish
from gradgui.wiring.desk import Desk


class EditingNetwork(QObject):
    """Tries what the network pane wishes for."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        pane, session = desk.views.network, desk.session
        pane.edit_asked.connect(self._try)
        pane.gesture_ended.connect(session.editing.seal)
        session.document_changed.connect(pane.show_document)

    @Slot(object)
    def _try(self, wish: Wish) -> None:
        """Make the edit; where it cannot be, the network stays as it is and the pane says why."""
        try:
            self._desk.session.editing.apply(wish.edit, *wish.args, key=wish.key, name=wish.name, **wish.options)
        except UserError as error:
            self._desk.views.network.refuse(error, wish.at)
