"""Edits of the network: from the hand in the network pane to the session, and the refusals back to their place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.errors import UserError
from gradgui.gui.editor.layer_sheet import LayerSheet
from gradgui.gui.editor.wishes import Wish
from gradgui.wiring.desk import Desk


class EditingNetwork(QObject):
    """Tries what the network pane and the sheet of a layer wish for."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sheet = LayerSheet(desk.speech, desk.theme, desk.icons, desk.window)
        pane, session = desk.views.network, desk.session
        pane.edit_asked.connect(self._try)
        pane.gesture_ended.connect(session.editing.seal)
        pane.layer_opened.connect(self.sheet.open)
        self.sheet.wished.connect(self._try_for_sheet)
        self.sheet.closed.connect(pane.view.setFocus)
        session.document_changed.connect(pane.show_document)
        session.document_changed.connect(self.sheet.show_document)
        session.shown.connect(self.sheet.show_snapshot)

    @Slot(object)
    def _try(self, wish: Wish) -> None:
        """Make the edit; where it cannot be, the network stays as it is and the pane says why."""
        try:
            self._make(wish)
        except UserError as error:
            self._desk.views.network.refuse(error, wish.at)

    @Slot(object)
    def _try_for_sheet(self, wish: Wish) -> None:
        """The same, said in the sheet."""
        try:
            self._make(wish)
        except UserError as error:
            self.sheet.refuse(error)

    def _make(self, wish: Wish) -> None:
        self._desk.session.editing.apply(wish.edit, *wish.args, key=wish.key, name=wish.name, **wish.options)
