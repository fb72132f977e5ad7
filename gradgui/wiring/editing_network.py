"""Edits of the network: from the hand in the network pane to the session, and the refusals back to their place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot

from gradgui.errors import UserError
from gradgui.gui.editor.editor_bar import EditorBar
from gradgui.gui.editor.layer_sheet import LayerSheet
from gradgui.gui.editor.layer_table import LayerTable
from gradgui.gui.editor.wishes import Wish
from gradgui.gui.theme import Space
from gradgui.gui.widgets.pane import room_in_title
from gradgui.wiring.desk import Desk


class EditingNetwork(QObject):
    """Tries what the network pane and the sheet of a layer wish for."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: LayerSheet | None = None
        self.table = LayerTable(desk.speech, desk.theme, desk.icons, desk.window)
        self.bar = EditorBar(desk.speech, desk.theme, desk.icons)
        desk.window.pane("network").set_corner(self.bar)
        self._connect_bar()
        title = self.bar.parentWidget()
        assert title is not None
        title.installEventFilter(self)
        pane, session = desk.views.network, desk.session
        pane.edit_asked.connect(self._try)
        pane.gesture_ended.connect(session.editing.seal)
        pane.layer_opened.connect(self._open_sheet)
        pane.layer_entered.connect(self._enter_sheet)
        pane.dismissed.connect(self._put_sheet_away)
        session.document_changed.connect(pane.show_document)
        session.document_changed.connect(self.bar.show_document)
        session.shown.connect(self.table.show_snapshot)
        pane.layer_opened.connect(self._put_table_away)
        pane.layer_entered.connect(self._put_table_away)

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

    @property
    def sheet(self) -> LayerSheet:
        """Made when the first layer is opened: the window does not wait for it."""
        if self._sheet is None:
            self._sheet = self._make_sheet()
        return self._sheet

    def _make_sheet(self) -> LayerSheet:
        desk, session = self._desk, self._desk.session
        sheet = LayerSheet(desk.speech, desk.theme, desk.icons, desk.window)
        sheet.wished.connect(self._try_for_sheet)
        sheet.closed.connect(desk.views.network.view.setFocus)
        session.document_changed.connect(sheet.show_document)
        session.shown.connect(sheet.show_snapshot)
        if session.experiment is not None:
            sheet.show_document(session.experiment)
        if session.snapshot is not None:
            sheet.show_snapshot(session.snapshot)
        return sheet

    @Slot(object)
    def _open_sheet(self, layer: int) -> None:
        self.sheet.open(layer)

    @Slot(object)
    def _enter_sheet(self, layer: int) -> None:
        self.sheet.enter(layer)

    @Slot()
    def _put_sheet_away(self) -> None:
        if self._sheet is not None:
            self._sheet.hide()

    @Slot()
    def _start_anew(self) -> None:
        self._desk.session.editing.new_start()

    @Slot()
    def _toggle_table(self) -> None:
        self._put_sheet_away()
        self.table.toggle()

    @Slot()
    def _put_table_away(self) -> None:
        self.table.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Fit the buttons into the title whenever the title changes, or something in it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_bar()
        return False

    def _fit_bar(self) -> None:
        """Where room is short, the number of layers gives way first, then parts of the bar, then all of the summary."""
        summary, gap = self._desk.views.network_corner, self._desk.theme.px(Space.SMALL)
        room = room_in_title(self.bar, self._desk.theme, summary)
        pane, measure = self._desk.views.network, summary.fontMetrics()
        for brief in (False, True):
            pane.brief = brief
            said = pane.summary()
            wide = measure.horizontalAdvance(self._desk.speech.say(said)) + gap
            if self.bar.fits(room - wide):  # only asked: whoever hides and shows again is asked for ever
                self.bar.fit(room - wide)
                summary.say(said)
                summary.show()
                return
        told = self.bar.fits_least(room - wide)
        self.bar.fit(room - wide if told else room)
        summary.say(said)
        summary.setVisible(told)

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
