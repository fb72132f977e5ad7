"""Data: from the sheet where they are chosen and changed to the document, and back to the views."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from gradgui.catalog.datasets._base import DataSpec
from gradgui.catalog.registry import data_kinds
from gradgui.document.edits import choose_set, set_data, set_data_option, set_feature
from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.gui.data.draw_page import DrawPage
from gradgui.gui.data.set_button import SetButton
from gradgui.gui.data.sheet import DataSheet
from gradgui.gui.data.table_page import TablePage
from gradgui.gui.editor.details import Hit, NodeHit
from gradgui.session.data_views import kind_of
from gradgui.session.editing import AnyEdit
from gradgui.session.snapshot import DataView, Snapshot
from gradgui.session.units import lines_in_units
from gradgui.text import Text
from gradgui.wiring.data_files import DataFiles
from gradgui.wiring.data_tracing import DataTracing
from gradgui.wiring.desk import Desk

FRAME_MS = 30
"""A slider that is dragged changes the data at most this often."""


class DataWires(QObject):
    """Puts the sheet in the window and its wishes into the document."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._data: DataView | None = None
        self._wish: tuple[str, object] | None = None
        self._sheet: DataSheet | None = None
        self.button = SetButton(desk.speech, desk.theme, desk.icons)
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(FRAME_MS)
        self._pace.timeout.connect(self._fulfil)
        self.files = DataFiles(desk, self)
        self.tracing = DataTracing(desk, self)
        for corner in (self.tracing.batches, self.button):
            desk.window.pane("data").set_corner(corner)
        self._connect()

    @property
    def sheet(self) -> DataSheet:
        """Made when it is first wanted: a window that only opens does not wait for every data set to be drawn."""
        if self._sheet is None:
            self._sheet = self._make_sheet()
        return self._sheet

    def _connect(self) -> None:
        session = self._desk.session
        self._desk.actions.action("choose_data").triggered.connect(self._toggle)
        self.button.clicked.connect(self._toggle)
        session.data_changed.connect(self._take_data)
        session.document_changed.connect(self._show_document)
        self._desk.views.data.set_chosen.connect(self._choose_set)
        self.files.refused.connect(self._refuse)
        session.shown.connect(self._show_snapshot)
        self._desk.views.network.pointed.connect(self._look_at)

    def _make_sheet(self) -> DataSheet:
        desk = self._desk
        sheet = DataSheet(desk.speech, desk.theme, desk.icons, desk.window.centralWidget())
        sheet.opened.connect(self._show)
        gallery = sheet.gallery
        gallery.set_chosen.connect(self._choose_set)
        gallery.option_changed.connect(self._wish_for)
        gallery.gesture_ended.connect(self._end_gesture)
        gallery.feature_asked.connect(self._set_feature)
        gallery.other_file_asked.connect(self.files.pick)
        gallery.elsewhere_asked.connect(self._go_elsewhere)
        sheet.pictures.digits_asked.connect(self._take_digits)
        sheet.draw.drawn.connect(self._take_drawn)
        sheet.table.typed.connect(self._take_drawn)
        self.tracing.follow(sheet)
        return sheet

    @Slot()
    def _toggle(self) -> None:
        self.sheet.toggle()

    @Slot(object)
    def _refuse(self, error: UserError) -> None:
        self.sheet.gallery.refuse(error)

    @Slot(object)
    def _take_data(self, data: DataView) -> None:
        self._data = data
        self._show()

    @Slot(object)
    def _show_document(self, _experiment: Experiment) -> None:
        self._show()

    @Slot()
    def _show(self) -> None:
        """Only what can be seen costs anything."""
        experiment = self._desk.session.experiment
        if experiment is not None:
            kind = kind_of(experiment.data)
            self.button.show_name(data_kinds()[kind].name)
            self._desk.views.data.show_kind(kind)
        sheet = self._open_sheet
        if experiment is None or self._data is None or sheet is None:
            return
        if sheet.page is sheet.gallery:
            sheet.gallery.show_spec(experiment.data, experiment.features, self._data)
        elif sheet.page is sheet.draw:
            sheet.draw.show_data(self._data)
        elif sheet.page is sheet.table:
            sheet.table.show_data(self._data)
        else:
            sheet.pictures.show_data(self._data)
        self._show_snapshot(self._desk.session.snapshot)

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot | None) -> None:
        sheet = self._open_sheet
        if snapshot is None or sheet is None:
            return
        if sheet.page is sheet.draw:
            sheet.draw.show_snapshot(snapshot)
        elif sheet.page is sheet.gallery:
            compiled = self._desk.session.compiled
            if compiled is not None and snapshot.revision == self._desk.session.revision:
                scaled = compiled.examples.scaling is not None
                sheet.gallery.show_units(lines_in_units(compiled, snapshot), scaled)

    @property
    def _open_sheet(self) -> DataSheet | None:
        return self._sheet if self._sheet is not None and self._sheet.isVisible() else None

    @Slot(object)
    def _look_at(self, hit: Hit | None) -> None:
        """A neuron that is pointed at shows its map large."""
        self._desk.views.data.look_at((hit.layer, hit.unit) if isinstance(hit, NodeHit) else None)

    @Slot(object, object)
    def _take_drawn(self, spec: DataSpec, name: Text) -> None:
        """One gesture is one step of undo."""
        try:
            self._desk.session.editing.apply(set_data, spec, name=name)
        except UserError as error:
            page = self.sheet.page
            if isinstance(page, DrawPage | TablePage):
                page.refuse(error)

    @Slot(object)
    def _go_elsewhere(self, kind: str) -> None:
        pages = {"points": self.sheet.draw, "table": self.sheet.table, "digits": self.sheet.pictures}
        if kind == "csv":
            self.files.change()
        elif kind in pages:
            self.sheet.show_page(pages[kind])

    @Slot(object)
    def _choose_set(self, kind: str) -> None:
        """A file is picked and looked into before it is learnt from."""
        if kind == "csv":
            self.files.pick()
            return
        self._try(choose_set, kind)
        self._desk.window.bring_forward("data")

    @Slot()
    def _take_digits(self) -> None:
        self._choose_set("digits")

    @Slot(object, object)
    def _set_feature(self, feature: str, on: bool) -> None:
        if self._data is not None:
            self._try(set_feature, feature, on, self._data.features)

    @Slot(object, object)
    def _wish_for(self, name: str, value: object) -> None:
        """The newest wish counts; the first one is fulfilled at once."""
        self._wish = (name, value)
        if not self._pace.isActive():
            self._fulfil()
            self._pace.start()

    @Slot()
    def _fulfil(self) -> None:
        wish, self._wish = self._wish, None
        if wish is None:
            return
        name, value = wish
        try:
            self._desk.session.editing.apply(set_data_option, name, value, key=("data", name))
        except UserError as error:
            self.sheet.gallery.refuse(error, name)

    @Slot()
    def _end_gesture(self) -> None:
        self._fulfil()
        self._desk.session.editing.seal()

    def _try(self, edit: AnyEdit, *args: object) -> None:
        try:
            self._desk.session.editing.apply(edit, *args)
        except UserError as error:
            self._refuse(error)
