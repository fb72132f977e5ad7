"""The table one can type into: the number in a cell, the words that are no number yet, and an empty row to go on."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.grid import Grid, block_of
from gradgui.gui.data.whole_rows import WholeRowsView
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Theme
from gradgui.gui.widgets.naming import compact
from gradgui.gui.widgets.number_field import shown

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class GridModel(QAbstractTableModel):
    """A Grid with one empty row below it and a column of ticks for testing."""

    edited = Signal(object)
    """The Grid after something was typed."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._grid: Grid | None = None

    @property
    def grid(self) -> Grid | None:
        """What is shown."""
        return self._grid

    def show_grid(self, grid: Grid | None) -> None:
        """Show other cells; the frame is only rebuilt when its shape changed."""
        before = self._grid
        if before is None or grid is None or before.width != grid.width or len(before.rows) > len(grid.rows):
            self.beginResetModel()
            self._grid = grid
            self.endResetModel()
            return
        if len(grid.rows) > len(before.rows):  # a reset would take the line away in which somebody is typing
            self.beginInsertRows(QModelIndex(), len(before.rows) + 1, len(grid.rows))
            self._grid = grid
            self.endInsertRows()
        self._grid = grid
        self.dataChanged.emit(self.index(0, 0), self.index(len(grid.rows), grid.width))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, grid.width - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Rows, and an empty one."""
        return 0 if self._grid is None or parent.isValid() else len(self._grid.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Inputs, answers, and the ticks."""
        return 0 if self._grid is None or parent.isValid() else self._grid.width + 1

    def is_wrong(self, index: Index) -> bool:
        """Whether a cell holds words that are no number."""
        cell = self._cell(index)
        return isinstance(cell, str) and cell != ""

    def is_missing(self, index: Index) -> bool:
        """Whether a cell of a row that was begun is still empty."""
        return self._cell(index) == ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be typed into, ticks be set."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._grid is not None and index.column() == self._grid.width:
            return base | Qt.ItemFlag.ItemIsUserCheckable if index.row() < len(self._grid.rows) else base
        return base | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """A cell's words, or its tick."""
        grid = self._grid
        if grid is None or not index.isValid():
            return None
        row, ticks = index.row(), index.column() == grid.width
        if ticks and role == Role.CheckStateRole and row < len(grid.rows):
            return Qt.CheckState.Checked if grid.test[row] else Qt.CheckState.Unchecked
        if role == Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Role.DisplayRole, Role.EditRole):
            return None
        cell = self._cell(index)
        if cell is None or isinstance(cell, str):
            return cell
        return shown(cell) if role == Role.EditRole or cell == int(cell) else compact(cell)

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """What was typed, or ticked."""
        grid = self._grid
        if grid is None:
            return False
        if role == Role.CheckStateRole:
            self.edited.emit(grid.tested(index.row(), Qt.CheckState(value) is Qt.CheckState.Checked))
            return True
        typed = str(value)
        if typed == (self.data(index, Role.EditRole) or ""):
            return False
        self.edited.emit(grid.typed(index.row(), index.column(), typed))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Names of columns, numbers of rows."""
        grid = self._grid
        if role == Role.TextAlignmentRole and orientation is Qt.Orientation.Horizontal and grid is not None:
            side = Qt.AlignmentFlag.AlignRight if section < grid.width else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)  # above its numbers, or its ticks
        if grid is None or role != Role.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if section < len(grid.rows) else self._speech.say(words.NEW_ROW)
        return grid.heading(section) if section < grid.width else self._speech.say(words.TEST_COLUMN)

    def _cell(self, index: Index) -> float | str | None:
        grid = self._grid
        if grid is None or index.row() >= len(grid.rows) or index.column() >= grid.width:
            return None
        return grid.rows[index.row()][index.column()]


class GridCell(QStyledItemDelegate):
    """Draws answers bolder, what is missing hatched, and what is wrong with a frame."""

    def __init__(self, theme: Theme, model: GridModel) -> None:
        super().__init__(model)
        self._theme, self._model = theme, model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line as large as the cell."""
        line = QLineEdit(parent)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setFont(self._theme.font(Size.BODY))
        p = self._theme.palette
        line.setStyleSheet(
            f"QLineEdit {{ background: {p.panel}; border: 1px solid {p.current}; border-radius: 0; padding: 0 4px;"
            " min-height: 0; }"
        )
        line.setAccessibleName(str(self._model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Exactly over the cell."""
        editor.setGeometry(option.rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        p, px, grid = self._theme.palette, self._theme.px, self._model.grid
        if grid is not None and index.column() == grid.width:
            super().paint(painter, option, index)
            return
        box = QRectF(option.rect)
        if self._model.is_missing(index):
            hatch = box.adjusted(px(10), px(6), -px(10), -px(6))
            painter.fillRect(hatch, QBrush(QColor(p.forward), Qt.BrushStyle.BDiagPattern))
        super().paint(painter, option, index)
        if self._model.is_wrong(index):
            painter.setPen(QPen(QColor(p.gradient_plus), px(2)))
            painter.drawRect(box.adjusted(px(1), px(1), -px(1), -px(1)))


class GridView(WholeRowsView):
    """Enter goes down, Tab to the right; Ctrl+C and Ctrl+V know spreadsheets; Delete empties or removes."""

    rows_dropped = Signal(object)
    """A set of row numbers."""
    pasted = Signal(object, object, object)
    """Row, column, and a block of cells."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.grid_model = GridModel(speech)
        self.grid_model.setParent(self)
        self.setModel(self.grid_model)
        self.setItemDelegate(GridCell(theme, self.grid_model))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.horizontalHeader().setHighlightSections(False)
        theme.changed.connect(self.restyle)
        speech.changed.connect(self.viewport().update)
        self.restyle()

    def restyle(self) -> None:
        """Take the sizes of now."""
        px = self._theme.px
        self.setFont(self._theme.font(Size.BODY))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(self._theme.font(Size.SMALL))
        self.verticalHeader().setDefaultSectionSize(px(34))
        self.horizontalHeader().setDefaultSectionSize(px(92))
        self.horizontalHeader().setMinimumSectionSize(px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A scroll bar may have come or gone."""
        super().resizeEvent(event)
        self._ask_for_whole_rows()

    def chosen_rows(self) -> set[int]:
        """Rows with a chosen cell in them."""
        grid = self.grid_model.grid
        rows = {index.row() for index in self.selectedIndexes()} or {self.currentIndex().row()}
        return {row for row in rows if grid is not None and 0 <= row < len(grid.rows)}

    def write_in(self, index: QModelIndex) -> None:
        """Open a cell to be typed in; while another one is open, or without a cell, nothing happens."""
        may = index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if may and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on in the row below, as in every spreadsheet."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            here = self.currentIndex()
            below = self.grid_model.index(here.row() + 1, here.column())
            if below.isValid():
                self.setCurrentIndex(below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, delete, and Enter to edit."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.write_in(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Copy and paste are the table's own here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for key in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste):
                if event.matches(key):
                    event.accept()
                    return True
        return super().event(event)

    def _delete(self) -> None:
        """Whole rows go; single cells are emptied."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        if rows:
            self.rows_dropped.emit(rows)
            return
        here = self.currentIndex()
        if here.isValid():
            self.grid_model.setData(here, "")

    def _copy(self) -> None:
        cells = {(index.row(), index.column()): index.data(Role.EditRole) for index in self.selectedIndexes()}
        rows = sorted({row for row, _ in cells})
        lines = ["\t".join(str(cells[at] or "") for at in sorted(cells) if at[0] == row) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines).replace("−", "-"))

    def _paste(self) -> None:
        here, text = self.currentIndex(), QGuiApplication.clipboard().text()
        if text.strip():
            self.pasted.emit(max(here.row(), 0), max(here.column(), 0), block_of(text))
