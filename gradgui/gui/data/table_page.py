"""Typing data: a table for homework, with what cannot be a number said at its cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QInputDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gradgui.catalog.datasets.table import TableSpec
from gradgui.errors import UserError
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.grid import MOST_ANSWERS, MOST_INPUTS, Grid
from gradgui.gui.data.grid_view import GridView
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.snapshot import DataView
from gradgui.text import Text


class TablePage(QWidget):
    """Shows the data as rows, and tells what was typed once it is whole."""

    typed = Signal(object, object)
    """A TableSpec, and the Text that undo shows."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._data: DataView | None = None
        self._told: TableSpec | None = None
        self._renaming = 0
        self.view = GridView(speech, theme, self)
        self._buttons = {
            text: QPushButton(self)
            for text in (words.ADD_ROW, words.DROP_ROW, words.ADD_INPUT, words.ADD_ANSWER, words.DROP_COLUMN)
        }
        self._said = SaidLabel(speech, theme, words.TABLE_HINT, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._said.setWordWrap(True)
        self._start = QWidget(self)
        self._why = SaidLabel(speech, theme, size=Size.BODY, tone=Tone.MUTED, parent=self._start)
        self._why.setWordWrap(True)
        self._begin = QPushButton(self._start)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._wire()
        self.retranslate()
        self.restyle()

    @property
    def said(self) -> str:
        """The hint, or what is wrong with a cell."""
        return self._said.text()

    @property
    def start_button(self) -> QPushButton:
        """Begins with a small table where the data are too large to be typed."""
        return self._begin

    def button(self, name: Text) -> QPushButton:
        """The button that says so."""
        return self._buttons[name]

    def show_data(self, data: DataView) -> None:
        """Show a data set; cells that are still being filled in stay while the rest is what was typed here."""
        if data is self._data:
            return
        self._data, grid, shown = data, Grid.of(data), self.view.grid_model.grid
        self._stack.setCurrentIndex(0 if grid is None else 1)
        for button in self._buttons.values():
            button.setVisible(grid is not None)
        self._said.setVisible(grid is not None)
        self._why.say(
            words.TOO_LARGE,
            rows=len(data.inputs) + len(data.test_inputs),
            columns=data.inputs.shape[1] + data.targets.shape[1],
        )
        own = grid is not None and shown is not None and self._told is not None and shown.spec() == grid.spec()
        if not own:
            self._told = None
            self.view.grid_model.show_grid(grid)
            self._said.say(words.TABLE_HINT)

    def refuse(self, error: UserError) -> None:
        """Say why what was typed cannot be learnt from; the cells stay as they are, to be mended."""
        self._said.say(error.text)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        say = self._speech.say
        self.setAccessibleName(say(words.TABLE))
        self.view.setAccessibleName(say(words.TABLE))
        for text, button in (*self._buttons.items(), (words.START_TABLE, self._begin)):
            button.setText(say(text))
            button.setAccessibleName(button.text())

    def restyle(self) -> None:
        """Take the distances of now."""
        px = self._theme.px
        self._column.setSpacing(px(Space.SMALL))
        self._row.setSpacing(px(Space.TINY))
        for button in self._buttons.values():
            button.setFont(self._theme.font(Size.SMALL))

    def eventFilter(self, _stack: QObject, event: QEvent) -> bool:
        """The table takes the height there is, less what would show a row in part."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        high = self.view.whole_height(self._stack.height())
        self.view.setMaximumHeight(high)
        self.view.resize(self.view.width(), high)  # a layout makes nothing larger only because it may be

    def _lay_out(self) -> None:
        self._row = QGridLayout()
        for place, button in enumerate(self._buttons.values()):
            self._row.addWidget(button, 0, place)
        self._row.setColumnStretch(len(self._buttons), 1)
        start = QVBoxLayout(self._start)
        start.addStretch(1)
        start.addWidget(self._why)
        start.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignLeft)
        start.addStretch(2)
        self._stack.addWidget(self._start)
        self._stack.addWidget(self.view)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, self._theme.px(Space.GAP), 0)
        self._column.addLayout(self._row)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._said)

    def _wire(self) -> None:
        self.view.grid_model.edited.connect(self._take)
        self.view.misshaped.connect(self._fit)
        self._stack.installEventFilter(self)
        self.view.rows_dropped.connect(self._drop)
        self.view.pasted.connect(self._paste)
        self.view.horizontalHeader().sectionDoubleClicked.connect(self._rename)
        slots = (self._add_row, self._drop_chosen, self._add_input, self._add_answer, self._drop_column)
        for button, slot in zip(self._buttons.values(), slots, strict=True):
            button.clicked.connect(slot)
        self._begin.clicked.connect(self._begin_small)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _take(self, grid: Grid) -> None:
        """Show it, and tell what is whole; while a cell holds no number, everything stays as it was."""
        self.view.grid_model.show_grid(grid)
        spec, wrong = grid.spec(), _first_wrong(grid)
        if wrong is not None:
            row, column, typed = wrong
            self._said.say(words.NOT_A_CELL, row=row + 1, column=grid.heading(column), typed=typed)
        elif spec is None:
            self._said.say(words.NO_WHOLE_ROW)
        else:
            self._said.say(words.TABLE_HINT)
        known = None if self._data is None else Grid.of(self._data)
        if wrong is None and spec is not None and (known is None or known.spec() != spec):
            self._told = spec
            self.typed.emit(spec, words.DO_TABLE)

    def _drop(self, rows: set[int]) -> None:
        grid = self.view.grid_model.grid
        if grid is None:
            return
        fewer = grid.without_rows(rows)
        if fewer.spec() is None:
            self._said.say(words.KEEP_ONE)
        else:
            self._take(fewer)

    def _paste(self, row: int, column: int, block: list[list[str]]) -> None:
        grid = self.view.grid_model.grid
        if grid is not None:
            self._take(grid.pasted(row, column, block))

    def _add_row(self) -> None:
        """The empty row is there already: go to it."""
        model = self.view.grid_model
        index = model.index(model.rowCount() - 1, 0)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.write_in(index)

    def _drop_chosen(self) -> None:
        rows = self.view.chosen_rows()
        if rows:
            self._drop(rows)

    def _add_input(self) -> None:
        grid = self.view.grid_model.grid
        if grid is not None and len(grid.names) < MOST_INPUTS:
            self._take(grid.with_input())

    def _add_answer(self) -> None:
        grid = self.view.grid_model.grid
        if grid is not None and grid.answers < MOST_ANSWERS:
            self._take(grid.with_answer())

    def _drop_column(self) -> None:
        grid, column = self.view.grid_model.grid, self.view.currentIndex().column()
        if grid is not None and 0 <= column < grid.width:
            self._take(grid.without_column(column))

    def _rename(self, column: int) -> None:
        """Another name for an input, typed into a small dialog."""
        grid = self.view.grid_model.grid
        if grid is None or column >= len(grid.names):
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self._speech.say(words.RENAME))
        dialog.setLabelText(self._speech.say(words.RENAME))
        dialog.setTextValue(grid.names[column])
        self._renaming = column
        dialog.textValueSelected.connect(self._take_name)
        dialog.open()

    def _take_name(self, name: str) -> None:
        grid, name = self.view.grid_model.grid, name.strip()
        if grid is None or not name or name == grid.names[self._renaming]:
            return
        if name in grid.names:
            self._said.say(words.TWIN_NAMES)
        else:
            self._take(grid.renamed(self._renaming, name))

    def _begin_small(self) -> None:
        self.typed.emit(TableSpec.first(), words.DO_TABLE)


def _first_wrong(grid: Grid) -> tuple[int, int, str] | None:
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell:
                return row, column, cell
    return None
