"""Edits of the network: from the hand in the network pane to the session, and the refusals back to their place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.errors import UserError
from gradgui.gui.editor.editor_bar import EditorBar
from gradgui.gui.editor.layer_sheet import LayerSheet
from gradgui.gui.editor.layer_table import LayerTable
from gradgui.gui.editor.wishes import Wish
from gradgui.wiring.desk import Desk


class EditingNetwork(QObject):
    """Tries what the network pane and the sheet of a layer wish for."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sheet = LayerSheet(desk.speech, desk.theme, desk.icons, desk.window)
        self.table = LayerTable(desk.speech, desk.theme, desk.icons, desk.window)
        self.bar = EditorBar(desk.speech, desk.theme, desk.icons)
        desk.window.pane("network").set_corner(self.bar)
        self._connect_bar()
        pane, session = desk.views.network, desk.session
        pane.edit_asked.connect(self._try)
        pane.gesture_ended.connect(session.editing.seal)
        pane.layer_opened.connect(self.sheet.open)
        self.sheet.wished.connect(self._try_for_sheet)
        self.sheet.closed.connect(pane.view.setFocus)
        session.document_changed.connect(pane.show_document)
        session.document_changed.connect(self.sheet.show_document)
        session.document_changed.connect(self.bar.show_document)
        session.shown.connect(self.sheet.show_snapshot)
        session.shown.connect(self.table.show_snapshot)
        pane.layer_opened.connect(self._put_table_away)

    def _connect_bar(self) -> None:
        buttons, pane, session = self.bar.buttons, self._desk.views.network, self._desk.session
        buttons["same"].clicked.connect(session.reset)
        buttons["new"].clicked.connect(self._start_anew)
        buttons["out"].clicked.connect(pane.zoom_out)
        buttons["in"].clicked.connect(pane.zoom_in)
        buttons["table"].clicked.connect(self._toggle_table)
        self._desk.actions.action("layer_table").triggered.connect(self._toggle_table)
        self._desk.actions.action("new_start").triggered.connect(self._start_anew)
        self.bar.seed_committed.connect(session.editing.new_start)
        self.bar.seed.refused.connect(self._desk.window.notices.show_error)
        pane.level_changed.connect(self.bar.show_level)
        self.table.wished.connect(self._try)

    @Slot()
    def _start_anew(self) -> None:
        self._desk.session.editing.new_start()

    @Slot()
    def _toggle_table(self) -> None:
        self.sheet.hide()
        self.table.toggle()

    @Slot()
    def _put_table_away(self) -> None:
        self.table.hide()

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
