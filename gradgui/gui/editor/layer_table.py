"""The network as a table, for those who hear it and for those who want every number: it can be read and edited."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from gradgui.gui.editor import table_rows
from gradgui.gui.editor.table_rows import COLUMNS, Row, rows_of
from gradgui.gui.editor.wishes import Wish, set_units, set_value
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.number_field import parsed
from gradgui.gui.widgets.side_sheet import SideSheet
from gradgui.session.snapshot import Snapshot

Index = QModelIndex | QPersistentModelIndex
WIDE = 560
NUMBERS = 80
"""Pixels for a column of numbers; names get the rest."""
NUMBERS_SIDE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
"""Where numbers stand in their cells, and the names of their columns above them."""


class LayerModel(QAbstractItemModel):
    """Inputs, layers and the loss; below each layer its neurons, below each neuron its weights."""

    wished = Signal(object)

    def __init__(self, speech: Speech, parent: QObject) -> None:
        super().__init__(parent)
        self._speech = speech
        self._snapshot: Snapshot | None = None
        self._roots: list[Row] = []

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Another moment: only the values change, unless the network is another one."""
        same = self._snapshot is not None and self._snapshot.network == snapshot.network
        if same:
            self._snapshot = snapshot
            last = self.index(len(self._roots) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._snapshot, self._roots = snapshot, rows_of(snapshot.network)
        self.endResetModel()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._roots:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._roots) - 1, len(COLUMNS) - 1))

    def row_at(self, index: Index) -> Row | None:
        """What a row stands for."""
        found: object = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Row) else None

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        above = self.row_at(parent)
        return len(self._roots) if above is None else len(above.below)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        above = self.row_at(parent)
        rows = self._roots if above is None else above.below
        inside = 0 <= row < len(rows) and 0 <= column < len(COLUMNS)
        return self.createIndex(row, column, rows[row]) if inside else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        row = self.row_at(index)
        if row is None or row.above is None:
            return QModelIndex()
        return self.createIndex(row.above.place, 0, row.above)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._speech.say(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 0:
            return NUMBERS_SIDE
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None or self._snapshot is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._speech.say(table_rows.words(self._snapshot, row, index.column()))
        if role == Qt.ItemDataRole.EditRole:
            return self._speech.say(table_rows.words(self._snapshot, row, index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._speech.say(table_rows.spoken(self._snapshot, row, index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 0:
            return NUMBERS_SIDE
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.row_at(index)
        editable = row is not None and index.column() == 1 and self._wish(row, 1.0) is not None
        return usual | Qt.ItemFlag.ItemIsEditable if editable else usual

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A typed value becomes a wish; the document decides."""
        row, number = self.row_at(index), parsed(str(value))
        wish = None if row is None or number is None else self._wish(row, number)
        if wish is None:
            return False
        self.wished.emit(wish)
        return True

    @staticmethod
    def _wish(row: Row, value: float) -> Wish | None:
        if row.value is not None:
            return set_value(row.value, value)
        return set_units(row.layer, round(value)) if row.counted else None


class NumberTree(QTreeView):
    """A tree whose rows are chosen as a whole: F2 or Enter types into the number of the row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        typing = self.state() is QTreeView.State.EditingState  # the key that ends it comes by here too
        number = self.currentIndex().siblingAtColumn(1)
        if asked and not typing and number.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(number)
        else:
            super().keyPressEvent(event)


class LayerTable(SideSheet):
    """Lies over the right side of the window; Escape closes it."""

    wished = Signal(object)

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(table_rows.TITLE, WIDE, speech, theme, icons, parent)
        self._snapshot: Snapshot | None = None
        self.model = LayerModel(speech, self)
        self.model.wished.connect(self.wished)
        self.tree = NumberTree(self)
        self.tree.setModel(self.model)
        self.tree.setAlternatingRowColors(False)
        self.tree.setUniformRowHeights(True)
        self._column.addWidget(self.tree, 1)
        self._begin()

    def toggle(self) -> None:
        """Open it, or close it again."""
        if self.isVisible():
            self.hide()
            return
        if self._snapshot is not None:
            self.model.show_snapshot(self._snapshot)
        self.place()
        self.show()
        self.raise_()
        self.tree.setFocus()
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))
        header = self.tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the run while the table is open."""
        self._snapshot = snapshot
        if self.isVisible():
            self.model.show_snapshot(snapshot)
            self.tree.viewport().update()

    def retranslate(self) -> None:
        """Name everything in the language of now."""
        self.tree.setAccessibleName(self._speech.say(table_rows.TITLE))
        super().retranslate()
        self.model.retranslate()

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        px = self._theme.px
        self.tree.setFont(self._theme.font(Size.SMALL))
        self.tree.header().setFont(self._theme.font(Size.SMALL))
        self._column.setContentsMargins(px(Space.WIDE), px(Space.GAP), px(Space.GAP), px(Space.GAP))
        for column in range(1, len(COLUMNS)):
            self.tree.header().resizeSection(column, px(NUMBERS))
        super().restyle()
