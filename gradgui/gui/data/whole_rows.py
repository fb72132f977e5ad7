"""A table that ends with a whole row, if whoever places it asks how high it may be."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView


class WholeRowsView(QTableView):
    """Knows how high it may be so that no row is seen in part."""

    misshaped = Signal()
    """Another height would show whole rows: a scroll bar has come or gone."""

    def whole_height(self, height: int) -> int:
        """The largest height that is not more than this and shows no row in part; rows are alike, but for the first."""
        bar, row = self.horizontalScrollBar(), self.verticalHeader().defaultSectionSize()
        first = self.rowHeight(0) if self.model().rowCount() else row
        frame = self.horizontalHeader().sizeHint().height() + (bar.height() if bar.isVisible() else 0) + first - row
        return height if height < frame + row else frame + (height - frame) // row * row

    def _ask_for_whole_rows(self) -> None:
        """To be called once the table has another size, and its columns have theirs."""
        if self.whole_height(self.height()) != self.height():
            self.misshaped.emit()
